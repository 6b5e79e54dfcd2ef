#include "ui/chart/curve_data.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "ui/chart/chart_fit.h"
#include "ui/chart/chart_zoom.h"
#include "ui/chart/growing_thinning.h"

using namespace normscope;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Noise with ties, gaps and points at the same x.
CurveData randomCurve(std::mt19937& random, std::size_t size, double gapShare = 0.02) {
    std::uniform_int_distribution<int> level(-50, 50);
    std::uniform_real_distribution<double> share(0.0, 1.0);
    CurveData curve;
    double x = 0.0;
    for (std::size_t point = 0; point < size; ++point) {
        x += share(random) < 0.1 ? 0.0 : share(random);
        const double value = level(random) / 10.0;
        curve.append(x, share(random) < gapShare ? (point % 2 ? kNaN : kInfinity) : value);
    }
    return curve;
}

Extremes bruteExtremes(const ValuePyramid& values, std::size_t first, std::size_t last) {
    Extremes found;
    for (std::size_t index = first; index < last; ++index) {
        if (!std::isfinite(values[index])) {
            continue;
        }
        if (found.empty() || values[index] < values[found.lowest]) {
            found.lowest = index;
        }
        if (found.highest == Extremes::kNone || values[index] > values[found.highest]) {
            found.highest = index;
        }
    }
    return found;
}

ChartContent contentOf(const std::vector<double>& values, bool percent = false) {
    ChartContent content;
    content.description.percent = percent;
    content.curves.resize(1);
    for (std::size_t point = 0; point < values.size(); ++point) {
        content.curves[0].data.append(0.01 * static_cast<double>(point + 1), values[point]);
    }
    return content;
}

}  // namespace

class CurveDataTest : public QObject {
    Q_OBJECT

  private slots:
    void pyramidFindsWhatASearchFinds() {
        std::mt19937 random(1);
        for (const std::size_t size : {1U, 15U, 16U, 17U, 255U, 256U, 257U, 4096U, 5000U}) {
            const CurveData curve = randomCurve(random, size, 0.2);
            std::uniform_int_distribution<std::size_t> place(0, size);
            for (int trial = 0; trial < 300; ++trial) {
                const auto [first, last] = std::minmax({place(random), place(random)});
                const Extremes found = curve.raw().extremes(first, last);
                const Extremes wanted = bruteExtremes(curve.raw(), first, last);
                QCOMPARE(found.lowest, wanted.lowest);
                QCOMPARE(found.highest, wanted.highest);
            }
        }
    }

    void thinningKeepsTheExtremesOfEveryColumn() {
        std::mt19937 random(2);
        for (int trial = 0; trial < 40; ++trial) {
            const CurveData curve = randomCurve(random, 3000);
            const auto& xs = curve.xs();
            const double lower = 0.1 * trial;
            const double upper = xs.back() * (0.4 + 0.02 * trial);
            const int columns = 20 + 7 * trial;
            const auto points = thinned(xs, curve.raw(), lower, upper, columns);
            for (int column = 0; column < columns; ++column) {
                const double left = lower + (upper - lower) * column / columns;
                const double right = column + 1 == columns
                                         ? std::nextafter(upper, kInfinity)
                                         : lower + (upper - lower) * (column + 1) / columns;
                const auto range = [&](auto at) {
                    double lowest = kInfinity;
                    double highest = -kInfinity;
                    at([&](double x, double y) {
                        if (left <= x && x < right && std::isfinite(y)) {
                            lowest = std::min(lowest, y);
                            highest = std::max(highest, y);
                        }
                    });
                    return std::pair(lowest, highest);
                };
                const auto kept = range([&](auto see) {
                    for (const CurvePoint& point : points) {
                        see(point.x, point.y);
                    }
                });
                const auto all = range([&](auto see) {
                    for (std::size_t index = 0; index < xs.size(); ++index) {
                        see(xs[index], curve.raw()[index]);
                    }
                });
                QCOMPARE(kept, all);
            }
        }
    }

    void thinningKeepsOrderAndIsSmall() {
        std::mt19937 random(3);
        const CurveData curve = randomCurve(random, 100'000, 0.0);
        const auto points = thinned(curve.xs(), curve.raw(), 100.0, 20'000.0, 500);
        QVERIFY(points.size() <= 2 * 500 + 2);
        QVERIFY(std::is_sorted(points.begin(), points.end(),
                               [](const auto& a, const auto& b) { return a.x < b.x; }));
    }

    void thinningKeepsTheNeighboursJustOutside() {
        CurveData curve;
        for (int point = 0; point <= 10; ++point) {
            curve.append(point, point);
        }
        const auto some = thinned(curve.xs(), curve.raw(), 2.5, 4.5, 100);
        QCOMPARE(some.size(), std::size_t{4});
        QCOMPARE(some.front().x, 2.0);
        QCOMPARE(some.back().x, 5.0);
        // Between two points there is still a line to be drawn.
        const auto none = thinned(curve.xs(), curve.raw(), 2.2, 2.8, 100);
        QCOMPARE(none.size(), std::size_t{2});
        QVERIFY(thinned(curve.xs(), curve.raw(), 3.0, 3.0, 100).empty());
        QVERIFY(thinned({}, ValuePyramid(), 0.0, 1.0, 100).empty());
    }

    void thinningKeepsGapsThatCanBeSeen() {
        CurveData curve;
        for (int point = 0; point < 10'000; ++point) {
            curve.append(point, 4'000 <= point && point < 6'000 ? kNaN : 1.0 * point);
        }
        const auto points = thinned(curve.xs(), curve.raw(), 0.0, 10'000.0, 100);
        const auto gaps = std::count_if(points.begin(), points.end(),
                                        [](const CurvePoint& point) { return point.isGap(); });
        QVERIFY(gaps >= 1);
        for (const CurvePoint& point : points) {
            QCOMPARE(point.isGap(), 4'000 <= point.x && point.x < 6'000);
        }
    }

    void smoothingFollowsTheFormula() {
        const std::vector<double> values{1.0, 3.0, -2.0, 8.0, 0.5};
        for (const double weight : {0.1, 0.6, 0.999}) {
            CurveData curve;
            curve.setSmoothing(weight);
            for (std::size_t point = 0; point < values.size(); ++point) {
                curve.append(static_cast<double>(point), values[point]);
            }
            for (std::size_t n = 1; n <= values.size(); ++n) {
                double sum = 0.0;
                for (std::size_t i = 1; i <= n; ++i) {
                    sum += std::pow(weight, static_cast<double>(n - i)) * (1.0 - weight) *
                           values[i - 1];
                }
                const double wanted = sum / (1.0 - std::pow(weight, static_cast<double>(n)));
                QVERIFY(std::abs(curve.smoothed()[n - 1] - wanted) < 1e-9);
            }
        }
    }

    void smoothingLaterIsTheSameAsFromTheStart() {
        std::mt19937 random(4);
        const CurveData plain = randomCurve(random, 1000);
        CurveData early;
        early.setSmoothing(0.9);
        CurveData late;
        for (std::size_t point = 0; point < plain.size(); ++point) {
            early.append(plain.xs()[point], plain.raw()[point]);
            late.append(plain.xs()[point], plain.raw()[point]);
        }
        late.setSmoothing(0.9);
        QCOMPARE(late.smoothed().size(), early.smoothed().size());
        for (std::size_t point = 0; point < plain.size(); ++point) {
            QCOMPARE(std::isfinite(late.smoothed()[point]), std::isfinite(plain.raw()[point]));
            QVERIFY(late.smoothed()[point] == early.smoothed()[point] ||
                    !std::isfinite(plain.raw()[point]));
        }
        late.setSmoothing(0.0);
        QCOMPARE(&late.smoothed(), &late.raw());
    }

    void smoothingInPortionsIsTheSameAsAtOnce() {
        std::mt19937 random(5);
        const CurveData all = randomCurve(random, 2000);
        CurveData atOnce;
        CurveData inPortions;
        const auto append = [&](std::size_t point) {
            atOnce.append(all.xs()[point], all.raw()[point]);
            inPortions.append(all.xs()[point], all.raw()[point]);
        };
        std::size_t point = 0;
        for (; point < 1000; ++point) {
            append(point);
        }
        atOnce.setSmoothing(0.95);
        inPortions.setSmoothing(0.3);
        const std::uint64_t revision = inPortions.smoothedRevision();
        inPortions.prepareSmoothing(0.95);
        // Points come in all the while, and what is shown stays as it was.
        while (inPortions.prepareSome(37) == 37) {
            append(point++);
            QCOMPARE(inPortions.smoothed().size(), point);
            QCOMPARE(inPortions.smoothedRevision(), revision);
        }
        append(point++);
        inPortions.applySmoothing();
        QVERIFY(inPortions.smoothedRevision() != revision);
        for (int more = 0; more < 10; ++more) {
            append(point++);
        }
        QCOMPARE(inPortions.smoothed().size(), atOnce.smoothed().size());
        for (std::size_t index = 0; index < point; ++index) {
            QVERIFY(inPortions.smoothed()[index] == atOnce.smoothed()[index] ||
                    std::isnan(atOnce.smoothed()[index]));
        }
        const Extremes found = inPortions.smoothed().extremes(3, 900);
        QCOMPARE(found.lowest, bruteExtremes(atOnce.smoothed(), 3, 900).lowest);
        inPortions.applySmoothing();  // nothing is waiting
        QCOMPARE(inPortions.smoothed().size(), point);
    }

    void nearestPoint() {
        CurveData curve;
        for (const double x : {1.0, 2.0, 4.0}) {
            curve.append(x, 0.0);
        }
        QCOMPARE(curve.nearest(-5.0), std::size_t{0});
        QCOMPARE(curve.nearest(1.6), std::size_t{1});
        QCOMPARE(curve.nearest(3.5), std::size_t{2});
        QCOMPARE(curve.nearest(99.0), std::size_t{2});
        curve.append(3.0, 0.0);  // backwards: no place for it
        QCOMPARE(curve.size(), std::size_t{3});
    }

    void aWildStartDoesNotFlattenTheRest() {
        std::vector<double> values(2000, 0.3);
        values[0] = values[1] = values[2] = 1000.0;
        const ChartView view = fittedView(contentOf(values));
        QCOMPARE(view.y.lower, 0.0);
        QVERIFY(view.y.upper >= 0.3 && view.y.upper <= 0.5);
    }

    void fewPointsAreAllShown() {
        const ChartView view = fittedView(contentOf({9.0, 0.3, 0.2}));
        QVERIFY(view.y.upper >= 9.0);
    }

    void percentReachesUpToAHundred() {
        const ChartView view = fittedView(contentOf({0.973, 0.99, 1.0}, true));
        QVERIFY(view.y.upper > 100.0 && view.y.upper < 101.0);
        QVERIFY(view.y.lower >= 95.0 && view.y.lower <= 97.3);
    }

    void logarithmicFitIgnoresZeros() {
        ChartContent content = contentOf({0.0, 0.03, 0.7, -1.0, kNaN});
        content.logarithmic = true;
        const ChartView view = fittedView(content);
        QVERIFY(view.y.lower > 0.0 && view.y.lower <= 0.03);
        QVERIFY(view.y.upper >= 0.7);
        content = contentOf({0.0, 0.0});
        content.logarithmic = true;
        QVERIFY(fittedView(content).y.lower > 0.0);
    }

    void axesDoNotFlicker() {
        ChartContent content = contentOf({0.5});
        ChartView view = fittedView(content);
        int changes = 0;
        for (int point = 0; point < 500; ++point) {
            content.curves[0].data.append(0.02 + point * 1e-4, 0.95 + 0.03 * std::sin(point));
            const ChartView next = fittedView(content, &view);
            changes += next.y == view.y ? 0 : 1;
            view = next;
        }
        QVERIFY(changes <= 2);
    }

    void epochsGrowUpToThePlan() {
        ChartContent content = contentOf({});
        content.plannedEpochs = 7;
        double last = 0.0;
        for (double x = 0.05; x <= 7.0; x += 0.05) {
            content.curves[0].data.append(x, 1.0);
            const AxisRange shown = fittedView(content).x;
            QVERIFY(shown.upper >= x && shown.upper >= last);
            QVERIFY(shown.upper <= 1.02 * 7);
            last = shown.upper;
        }
    }

    void zoomKeepsItsCentre() {
        ChartContent content;
        const ChartView view{{0.0, 10.0}, {1.0, 100.0}};
        const ChartView closer = zoomed(content, view, 0.5, {4.0, 10.0}, ZoomAxes::Both);
        QCOMPARE(closer.x, (AxisRange{2.0, 7.0}));
        QCOMPARE(closer.y, (AxisRange{5.5, 55.0}));
        QVERIFY(covers(view, closer) && !covers(closer, view));
        QCOMPARE(zoomed(content, view, 0.5, {4.0, 10.0}, ZoomAxes::X).y, view.y);
        content.logarithmic = true;
        const ChartView log = zoomed(content, view, 0.5, {4.0, 10.0}, ZoomAxes::Y);
        QCOMPARE(log.x, view.x);
        QCOMPARE(log.y.lower, std::sqrt(10.0));
        QCOMPARE(log.y.upper, std::sqrt(1000.0));
    }
};

QTEST_APPLESS_MAIN(CurveDataTest)
#include "curve_data_test.moc"
