#include "ui/normalize/arithmetic.h"

#include <QLocale>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/sample_tensors.h"

namespace normscope {
namespace {

SheetState stateOf(Tensor4 input, NormKind kind, int groups = 2) {
    SheetState state;
    const int channels = input.shape.channels;
    state.input = std::make_shared<const Tensor4>(std::move(input));
    state.spec.kind = kind;
    state.spec.groups = groups;
    state.affine = Affine::identity(channels);
    state.running = RunningStatistics::initial(channels);
    return state;
}

std::vector<ArithmeticStep> stepsOf(const SheetState& state, const CellIndex& cell) {
    const NormTrace trace = state.usesRunning() ? normalizeWithRunning(*state.input, state.spec,
                                                                       state.affine, state.running)
                                                : normalize(*state.input, state.spec, state.affine);
    return arithmeticSteps(state, trace, cell);
}

/// The number after the last equals sign.
double resultOf(const ArithmeticStep& step) {
    QString text = step.numbers.section(QLatin1Char('='), -1).trimmed();
    text.replace(QChar(0x2212), QLatin1Char('-'));
    bool ok = false;
    const double number = QLocale().toDouble(text, &ok);
    return ok ? number : std::nan("");
}

bool near(double shown, long double exact) {
    return std::abs(shown - static_cast<double>(exact)) <=
           1e-5 * std::max(1.0, std::abs(static_cast<double>(exact)));
}

}  // namespace

class ArithmeticTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    /// One to four, worked out by hand: mean 2.5, squares 5, variance 1.25.
    void oneToFour() {
        SheetState state = stateOf({{1, 1, 2, 2}, {1, 2, 3, 4}}, NormKind::Layer);
        state.affine = {{2.0}, {-1.0}};
        const auto steps = stepsOf(state, {0, 0, 0, 0});
        QCOMPARE(steps.size(), std::size_t{6});
        QCOMPARE(steps[0].numbers, QStringLiteral("1 + 2 + 3 + 4 = 10"));
        QCOMPARE(steps[0].formula, QStringLiteral("Σx over the m = 4 cells of S1"));
        QCOMPARE(steps[1].numbers, QStringLiteral("10 / 4 = 2.5"));
        QCOMPARE(steps[2].numbers,
                 QStringLiteral("(1 − 2.5)² + (2 − 2.5)² + (3 − 2.5)² + (4 − 2.5)² = 5"));
        QCOMPARE(steps[3].numbers, QStringLiteral("5 / 4 = 1.25"));
        QCOMPARE(steps[3].mistake, QStringLiteral("dividing by m − 1 = 3 gives 1.66667."));
        QCOMPARE(steps[4].numbers,
                 QStringLiteral("(1 − 2.5) / √(1.25 + 1e−05) = −1.5 / 1.11804 = −1.34164"));
        QVERIFY2(steps[4].mistake.contains(QStringLiteral("without the root gives −1.19999")),
                 qPrintable(steps[4].mistake));
        QVERIFY2(steps[4].mistake.contains(QStringLiteral("without the parentheses: −1.23606")),
                 qPrintable(steps[4].mistake));
        QCOMPARE(steps[5].numbers, QStringLiteral("2 · (−1.34164) + (−1) = −3.68327"));
    }

    void everyNumberIsRight_data() {
        QTest::addColumn<NormKind>("kind");
        QTest::addColumn<QLocale>("locale");
        for (const NormKind kind :
             {NormKind::Batch, NormKind::Layer, NormKind::Group, NormKind::Instance}) {
            const std::string name(nameOf(kind));
            QTest::newRow(name.c_str()) << kind << QLocale::c();
            QTest::newRow((name + " in German").c_str())
                << kind << QLocale(QLocale::German, QLocale::Germany);
        }
    }

    /// Against the cells of the set picked one by one, in long double.
    void everyNumberIsRight() {
        QFETCH(NormKind, kind);
        QFETCH(QLocale, locale);
        QLocale::setDefault(locale);
        SheetState state = stateOf(smallIntegers({3, 4, 3, 2}, 7), kind);
        state.affine = {{1.5, -2, 0.5, 1}, {0, 1, -1, 0.25}};
        const Shape4& shape = state.input->shape;
        for (int image = 0; image < shape.images; ++image) {
            for (int channel = 0; channel < shape.channels; ++channel) {
                const CellIndex cell{image, channel, 1, 1};
                long double sum = 0;
                long double squares = 0;
                int count = 0;
                const auto inSet = [&](int otherImage, int otherChannel) {
                    const bool sameImage = otherImage == image;
                    switch (kind) {
                        case NormKind::Batch:
                            return otherChannel == channel;
                        case NormKind::Layer:
                            return sameImage;
                        case NormKind::Group:
                            return sameImage && otherChannel / 2 == channel / 2;
                        default:
                            return sameImage && otherChannel == channel;
                    }
                };
                const auto visit = [&](auto function) {
                    for (int n = 0; n < shape.images; ++n) {
                        for (int c = 0; c < shape.channels; ++c) {
                            for (int i = 0; inSet(n, c) && i < 6; ++i) {
                                function(static_cast<long double>(
                                    state.input->at({n, c, i / 2, i % 2})));
                            }
                        }
                    }
                };
                visit([&](long double x) {
                    sum += x;
                    ++count;
                });
                const long double mean = sum / count;
                visit([&](long double x) { squares += (x - mean) * (x - mean); });
                const long double variance = squares / count;
                const long double normalized =
                    (static_cast<long double>(state.input->at(cell)) - mean) /
                    std::sqrt(variance + 1e-5L);
                const auto c = static_cast<std::size_t>(channel);
                const auto steps = stepsOf(state, cell);
                QVERIFY(near(resultOf(steps[0]), sum));
                QVERIFY(near(resultOf(steps[1]), mean));
                QVERIFY(near(resultOf(steps[2]), squares));
                QVERIFY(near(resultOf(steps[3]), variance));
                QVERIFY(near(resultOf(steps[4]), normalized));
                QVERIFY(near(resultOf(steps[5]),
                             static_cast<long double>(state.affine.gamma[c]) * normalized +
                                 static_cast<long double>(state.affine.beta[c])));
            }
        }
    }

    void longSumsAreCutShort() {
        const auto steps =
            stepsOf(stateOf(constantTensor({1, 1, 4, 4}, 2.0), NormKind::Layer), {0, 0, 0, 0});
        QCOMPARE(steps[0].numbers, QStringLiteral("2 + 2 + 2 + 2 + … + 2 = 32"));
    }

    void zeroVarianceShowsWhatEpsilonDoes() {
        const auto steps =
            stepsOf(stateOf(constantTensor({1, 1, 2, 2}, 2.0), NormKind::Layer), {0, 0, 0, 0});
        QCOMPARE(steps[4].numbers, QStringLiteral("(2 − 2) / √(0 + 1e−05) = 0 / 0.00316228 = 0"));
        QCOMPARE(steps[4].mistake,
                 QStringLiteral("leaving out ε divides by 0: all cells of the set are equal."));
    }

    void oneCellHasNoUnbiasedVariance() {
        const auto steps =
            stepsOf(stateOf(constantTensor({2, 2, 1, 1}, 2.0), NormKind::Instance), {0, 0, 0, 0});
        QCOMPARE(steps[3].mistake, QStringLiteral("dividing by m − 1 = 0 gives no number at all."));
    }

    void runningStatisticsSayWhereTheyCameFrom() {
        SheetState state = stateOf(classExample(), NormKind::Batch);
        state.training = false;
        state.running.mean[1] = 0.5;
        state.running.variance[1] = 4.0;
        state.running.batches = 12;
        const auto steps = stepsOf(state, {0, 1, 0, 1});
        QCOMPARE(steps.size(), std::size_t{3});
        QVERIFY2(steps[0].numbers.startsWith(QStringLiteral("μ = 0.5, σ² = 4 (after 12 batches")),
                 qPrintable(steps[0].numbers));
        QVERIFY(near(resultOf(steps[1]), 0.5L / std::sqrt(4.00001L)));
    }
};

}  // namespace normscope

QTEST_MAIN(normscope::ArithmeticTest)
#include "arithmetic_test.moc"
