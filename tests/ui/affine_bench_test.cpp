#include "ui/affine/affine_bench.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "core/recovery.h"
#include "core/sample_tensors.h"
#include "ui/affine/axis_ticks.h"
#include "ui/affine/relu_histogram.h"
#include "ui/affine/value_colors.h"

using namespace normscope;

namespace {

constexpr double kTiny = 1e-12;

NormSpec specOf(NormKind kind, int groups = 1) {
    NormSpec spec;
    spec.kind = kind;
    spec.groups = groups;
    return spec;
}

Tensor4 someImages() {
    return smallIntegers({3, 4, 5, 6}, /*seed=*/7);
}

/// Images of unlike scale and place, as activations are.
Tensor4 unevenImages() {
    Tensor4 images = smallIntegers({5, 4, 5, 6}, /*seed=*/8);
    for (int n = 0; n < 5; ++n) {
        for (int c = 0; c < 4; ++c) {
            for (int i = 0; i < 30; ++i) {
                double& x = images.at({n, c, i / 6, i % 6});
                x = x * std::abs(0.3 + 0.7 * std::sin(3.0 * n + c)) + std::cos(5.0 * n - c);
            }
        }
    }
    return images;
}

double largestDifferenceOf(const std::vector<double>& a, const std::vector<double>& b) {
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(a[i] - b[i]));
    }
    return largest;
}

/// mean and sqrt(variance + eps) by hand, over the cells for which `belongs` says so.
template <typename Belongs>
AffinePair statisticsOf(const Tensor4& input, double eps, Belongs belongs) {
    double sum = 0.0;
    double squares = 0.0;
    double count = 0.0;
    for (int n = 0; n < input.shape.images; ++n) {
        for (int c = 0; c < input.shape.channels; ++c) {
            for (int i = 0; belongs(n, c) && i < input.shape.plane(); ++i) {
                const double x =
                    input.values[offsetOf(input.shape, {n, c, 0, 0}) + static_cast<std::size_t>(i)];
                sum += x;
                squares += x * x;
                count += 1.0;
            }
        }
    }
    const double mean = sum / count;
    return {std::sqrt(squares / count - mean * mean + eps), mean};
}

/// By hand: what a pair of image `from` leaves in all images, layer norm.
double errorOfLayerNorm(const Tensor4& input, int from, double eps) {
    const auto pairOf = [&](int image) {
        return statisticsOf(input, eps, [&](int n, int) { return n == image; });
    };
    const AffinePair theirs = pairOf(from);
    double largest = 0.0;
    for (int n = 0; n < input.shape.images; ++n) {
        const AffinePair own = pairOf(n);
        for (std::size_t i = offsetOf(input.shape, {n, 0, 0, 0}), end = i + 4 * 30; i < end; ++i) {
            const double x = input.values[i];
            const double y = theirs.gamma * (x - own.beta) / own.gamma + theirs.beta;
            largest = std::max(largest, std::abs(y - x));
        }
    }
    return largest;
}

/// The smallest largest error of one channel, by narrowing gamma down: it is a convex function.
double leastErrorByHand(const Tensor4& input, const NormTrace& trace, int channel) {
    const auto errorWith = [&](double gamma) {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (int n = 0; n < input.shape.images; ++n) {
            const std::size_t first = offsetOf(input.shape, {n, channel, 0, 0});
            for (std::size_t i = first; i < first + 30; ++i) {
                const double rest = input.values[i] - gamma * trace.normalized.values[i];
                low = std::min(low, rest);
                high = std::max(high, rest);
            }
        }
        return (high - low) / 2.0;
    };
    double low = -100.0;
    double high = 100.0;
    for (int i = 0; i < 300; ++i) {
        const double third = (high - low) / 3.0;
        (errorWith(low + third) < errorWith(high - third) ? high : low) +=
            errorWith(low + third) < errorWith(high - third) ? -third : third;
    }
    return errorWith((low + high) / 2.0);
}

}  // namespace

class AffineBenchTest : public QObject {
    Q_OBJECT

  private slots:
    void goesFromNormalizedToOriginal_data() {
        QTest::addColumn<int>("kind");
        for (const NormKind kind : kComparedNorms) {
            QTest::newRow(nameOf(kind).data()) << static_cast<int>(kind);
        }
    }

    void goesFromNormalizedToOriginal() {
        QFETCH(int, kind);
        AffineBench bench;
        bench.setInput(someImages(), specOf(static_cast<NormKind>(kind), 2));
        bench.choose(1, 2);
        bench.setBetween(0.0);
        QCOMPARE(bench.pair(), AffinePair());
        QCOMPARE(bench.planes().output, bench.planes().normalized);

        bench.setBetween(1.0);
        ThreePlanes planes = bench.planes();
        QVERIFY(largestDifferenceOf(planes.output, planes.original) < kTiny);

        bench.setBetween(AffineBench::kBeyond);
        planes = bench.planes();
        for (std::size_t i = 0; i < planes.output.size(); ++i) {
            const double expected =
                planes.normalized[i] + 1.25 * (planes.original[i] - planes.normalized[i]);
            QVERIFY(std::abs(planes.output[i] - expected) < kTiny);
            QVERIFY(planes.output[i] >= bench.rangeOnTheLine().low - kTiny);
            QVERIFY(planes.output[i] <= bench.rangeOnTheLine().high + kTiny);
        }
    }

    void normalizesTheChosenPlane() {
        AffineBench bench;
        bench.setInput(someImages(), specOf(NormKind::Group, 2));
        bench.choose(2, 3);
        const AffinePair own =
            statisticsOf(bench.input(), 1e-5, [](int n, int c) { return n == 2 && c >= 2; });
        QVERIFY(std::abs(bench.mean() - own.beta) < kTiny);
        QVERIFY(std::abs(bench.restoringPair(2, 3).gamma - own.gamma) < kTiny);
        QCOMPARE(bench.set().count, 60);
        const ThreePlanes planes = bench.planes();
        QCOMPARE(planes.original.front(), bench.input().at({2, 3, 0, 0}));
        QVERIFY(std::abs(planes.normalized.front() -
                         (planes.original.front() - own.beta) / own.gamma) < kTiny);
    }

    /// Pairs belong to channels: what brings back one image need not bring back another.
    void keepsThePairsOfTheChannels() {
        AffineBench bench;
        bench.setInput(someImages(), specOf(NormKind::Layer));
        bench.setBetween(1.0);
        const AffinePair pair = bench.pair();
        bench.choose(1, 0);
        QCOMPARE(bench.pair(), pair);
        QVERIFY(!bench.between());
        bench.choose(0, 0);
        QVERIFY(std::abs(bench.between().value() - 1.0) < 1e-9);

        bench.setSpec(specOf(NormKind::Batch));
        bench.setBetween(1.0);
        bench.choose(1, 0);
        QVERIFY(std::abs(bench.between().value() - 1.0) < 1e-9);
    }

    void findsAPairOnTheLine() {
        AffineBench bench;
        bench.setInput(someImages(), specOf(NormKind::Batch));
        const AffinePair half = AffineBench::onTheLine(bench.restoringPair(0, 0), 0.5);
        bench.setPair(half);
        QVERIFY(std::abs(bench.between().value() - 0.5) < 1e-9);
        // As typed, with the three decimals that fields show.
        bench.setPair(
            {std::round(half.gamma * 1000.0) / 1000.0, std::round(half.beta * 1000.0) / 1000.0});
        QVERIFY(bench.between().has_value());
        bench.setPair({half.gamma, half.beta + 1.0});
        QVERIFY(!bench.between());
        QVERIFY(bench.nearestBetween() >= 0.0 && bench.nearestBetween() <= AffineBench::kBeyond);
        bench.setPair(AffineBench::onTheLine(bench.restoringPair(0, 0), 2.0));
        QVERIFY(!bench.between());
        QCOMPARE(bench.nearestBetween(), AffineBench::kBeyond);
    }

    void linksTheChannels() {
        AffineBench bench;
        bench.setInput(someImages(), specOf(NormKind::Instance));
        bench.choose(0, 1);
        bench.setPair({2.0, -1.0});
        QCOMPARE(AffineBench::pairOf(bench.affine(), 0), AffinePair());
        bench.setLinked(true);
        QCOMPARE(AffineBench::pairOf(bench.affine(), 0), (AffinePair{2.0, -1.0}));
        bench.setPair({3.0, 0.5});
        QCOMPARE(AffineBench::pairOf(bench.affine(), 3), (AffinePair{3.0, 0.5}));
        bench.setBetween(1.0);
        QCOMPARE(AffineBench::pairOf(bench.affine(), 3), bench.restoringPair(0, 1));

        bench.setLinked(false);
        bench.setBetween(1.0);
        QCOMPARE(AffineBench::pairOf(bench.affine(), 3), bench.restoringPair(0, 3));
        bench.setLinked(true);
        Affine learned = Affine::identity(4);
        learned.gamma = {1.0, 2.0, 3.0, 4.0};
        bench.setAffine(learned);
        QVERIFY(!bench.isLinked());
        QCOMPARE(bench.pair(), (AffinePair{2.0, 0.0}));
    }

    void refusesASpecThatDoesNotFit() {
        AffineBench bench;
        bench.setInput(someImages(), specOf(NormKind::Batch));
        QVERIFY_EXCEPTION_THROWN(bench.setSpec(specOf(NormKind::Group, 3)), std::invalid_argument);
        QCOMPARE(bench.spec(), specOf(NormKind::Batch));
        QCOMPARE(bench.planes().output, bench.planes().normalized);
    }

    void takesOtherImages() {
        AffineBench bench;
        bench.setInput(someImages(), specOf(NormKind::Layer));
        bench.choose(2, 3);
        bench.setBetween(1.0);
        bench.setInput(smallIntegers({2, 1, 3, 3}, 1));
        QCOMPARE(bench.image(), 1);
        QCOMPARE(bench.channel(), 0);
        QCOMPARE(bench.between().value(), 1.0);
        bench.setPair({5.0, 5.0});
        bench.setInput(someImages());
        QCOMPARE(bench.pair(), AffinePair());
    }

    /// A constant image has no variance; epsilon alone keeps everything finite.
    void bearsAConstantImage() {
        AffineBench bench;
        bench.setInput(constantTensor({2, 1, 4, 4}, 3.0), specOf(NormKind::Batch));
        bench.setBetween(1.0);
        QVERIFY(largestDifferenceOf(bench.planes().output, bench.planes().original) < kTiny);
        QCOMPARE(bench.alive().image, 1.0);
        bench.setBetween(0.0);
        QCOMPARE(bench.alive().image, 0.0);
        const HistogramContent content = histogramContent(bench.planes(), bench.rangeOnTheLine());
        QCOMPARE(content.rows[2].below + content.rows[2].above, 0);
    }

    void sharesWhatReluLetsThrough() {
        AffineBench bench;
        Tensor4 images = someImages();
        for (double& x : images.values) {
            x *= 0.37;
        }
        bench.setInput(images, specOf(NormKind::Batch));
        // At the original, alive is what is above 0; the zeros, back but for rounding, are not.
        bench.setBetween(1.0);
        for (int channel = 0; channel < 4; ++channel) {
            double all = 0.0;
            for (int image = 0; image < 3; ++image) {
                const auto cells = images.values.begin() + (image * 4 + channel) * 30;
                const auto alive = static_cast<double>(
                    std::count_if(cells, cells + 30, [](double x) { return x > 0.1; }));
                all += alive;
                bench.choose(image, channel);
                QCOMPARE(bench.alive().image, alive / 30.0);
            }
            QCOMPARE(bench.alive().channel, all / 90.0);
        }
        bench.setPair({1e-15, 0.0});
        QCOMPARE(bench.alive().image, 0.0);
        bench.setPair({1.0, -100.0});
        QCOMPARE(bench.alive().image, 0.0);
        bench.setPair({1.0, 100.0});
        QCOMPARE(bench.alive().channel, 1.0);
    }

    void countsDeadAndAliveApart() {
        const ThreePlanes planes{
            1, 5, {-1.0, 0.0, 1e-16, 0.001, 2.0}, {0, 0, 0, 0, 0}, {-9, 9, 9, 1, 1}};
        const HistogramContent content = histogramContent(planes, {-1.0, 2.0});
        std::int64_t dead = 0;
        std::int64_t alive = 0;
        for (std::size_t bin = 0; bin < content.rows[0].dead.counts.size(); ++bin) {
            dead += content.rows[0].dead.counts[bin];
            alive += content.rows[0].alive.counts[bin];
        }
        QCOMPARE(dead, 3);
        QCOMPARE(alive, 2);
        QCOMPARE(content.rows[2].below, 1);
        QCOMPARE(content.rows[2].above, 2);
        // 0 is the middle of a bin.
        const Histogram& bins = content.rows[0].dead;
        const double place = (0.0 - bins.low) / bins.binWidth();
        QVERIFY(std::abs(place - std::floor(place) - 0.5) < 1e-6);
    }

    void measuresRecovery() {
        const Tensor4 input = someImages();
        for (const NormKind kind : kComparedNorms) {
            const Recovery recovery = measureRecovery(input, specOf(kind, 2), 1);
            QVERIFY(recovery.imageWithItsPairs < kTiny);
            QVERIFY(recovery.batchAtBest <= recovery.batchWithItsPairs + kTiny);
            QCOMPARE(recovery.batchWithItsPairs < kTiny, kind == NormKind::Batch);
        }
        const double byHand = errorOfLayerNorm(input, 1, 1e-5);
        QVERIFY(byHand > 0.1);
        QVERIFY(std::abs(measureRecovery(input, specOf(NormKind::Layer), 1).batchWithItsPairs -
                         byHand) < 1e-9);
    }

    void findsTheBestPairs() {
        const Tensor4 input = unevenImages();
        for (const NormKind kind : kComparedNorms) {
            const NormSpec spec = specOf(kind, 2);
            const NormTrace trace = normalize(input, spec, Affine::identity(4));
            double byHand = 0.0;
            for (int channel = 0; channel < 4; ++channel) {
                byHand = std::max(byHand, leastErrorByHand(input, trace, channel));
            }
            const double best = measureRecovery(input, spec, 0).batchAtBest;
            QVERIFY2(std::abs(best - byHand) < 1e-9, qPrintable(QString::number(best - byHand)));
        }
    }

    void coloursTellTheSign() {
        for (const bool dark : {false, true}) {
            const ValueColors colors(2.0, dark);
            QCOMPARE(QColor(colors.of(0.0)), QColor(ValueColors::paper(dark).rgb()));
            QCOMPARE(QColor(colors.of(5.0)), QColor(ValueColors::ink(dark).rgb()));
            QCOMPARE(QColor(colors.of(-2.0)), QColor(ValueColors::belowZero(dark).rgb()));
            for (double value = 0.1; value <= 2.0; value += 0.1) {
                QVERIFY(QColor(colors.of(value)).saturation() < 12);
                QVERIFY(QColor(colors.of(-value)).saturation() > 12);
            }
        }
    }

    void ticksAreRound() {
        const AxisTicks ticks = ticksFor({-0.45, 3.1}, 8);
        QCOMPARE(ticks.values.size(), std::size_t{7});
        QVERIFY(std::abs(ticks.values[1] - ticks.values[0] - 0.5) < kTiny);
        QCOMPARE(ticks.decimals, 1);
        QVERIFY(ticksFor({1.0, 1.0}, 5).values.empty());
    }
};

QTEST_GUILESS_MAIN(AffineBenchTest)
#include "affine_bench_test.moc"
