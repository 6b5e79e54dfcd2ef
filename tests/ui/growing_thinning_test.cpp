#include "ui/chart/growing_thinning.h"

#include <QTest>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace normscope;

namespace {

/// Noise with ties, gaps and points at the same x.
class Walk {
  public:
    explicit Walk(unsigned seed) : random_(seed) {}

    void extend(CurveData& curve, int points) {
        std::uniform_int_distribution<int> level(-50, 50);
        std::uniform_real_distribution<double> share(0.0, 1.0);
        for (int point = 0; point < points; ++point) {
            x_ += share(random_) < 0.1 ? 0.0 : share(random_);
            const bool isGap = share(random_) < 0.02;
            curve.append(x_,
                         isGap ? std::numeric_limits<double>::quiet_NaN() : level(random_) / 10.0);
        }
    }
    int upTo(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

  private:
    std::mt19937 random_;
    double x_ = 0.0;
};

bool isSame(const CurvePoint& a, const CurvePoint& b) {
    return std::bit_cast<std::uint64_t>(a.x) == std::bit_cast<std::uint64_t>(b.x) &&
           (a.y == b.y || (std::isnan(a.y) && std::isnan(b.y)));
}

void compare(const std::vector<CurvePoint>& found, const std::vector<CurvePoint>& wanted) {
    QCOMPARE(found.size(), wanted.size());
    for (std::size_t point = 0; point < wanted.size(); ++point) {
        QVERIFY2(isSame(found[point], wanted[point]), qPrintable(QString::number(point)));
    }
}

}  // namespace

class GrowingThinningTest : public QObject {
    Q_OBJECT

  private slots:
    void growingIsTheSameAsAtOnce_data() {
        QTest::addColumn<double>("lower");
        QTest::addColumn<double>("upper");
        QTest::addColumn<int>("columns");
        QTest::newRow("all of it") << 0.0 << 2000.0 << 50;
        QTest::newRow("from its middle on") << 300.0 << 2000.0 << 33;
        QTest::newRow("only its middle") << 300.0 << 700.0 << 40;
        QTest::newRow("hardly any points") << 200.0 << 230.0 << 100;
        QTest::newRow("before it") << -20.0 << -10.0 << 10;
        QTest::newRow("beyond it") << 5000.0 << 6000.0 << 10;
        QTest::newRow("nothing") << 5.0 << 5.0 << 10;
        QTest::newRow("no columns") << 0.0 << 100.0 << 0;
    }

    void growingIsTheSameAsAtOnce() {
        QFETCH(double, lower);
        QFETCH(double, upper);
        QFETCH(int, columns);
        Walk walk(1);
        CurveData curve;
        GrowingThinning growing;
        while (curve.size() < 3000) {
            walk.extend(curve, walk.upTo(30));
            const std::vector<CurvePoint> before = growing.points();
            growing.update(curve.xs(), curve.raw(), {lower, upper, columns});
            compare(growing.points(), thinned(curve.xs(), curve.raw(), lower, upper, columns));
            // What it says it has kept is the same as before, and most of it.
            QVERIFY(growing.kept() <= before.size());
            for (std::size_t point = 0; point < growing.kept(); ++point) {
                QVERIFY(isSame(growing.points()[point], before[point]));
            }
        }
    }

    void aCurveThatGrowsKeepsAllButItsLastColumn() {
        Walk walk(2);
        CurveData curve;
        walk.extend(curve, 2000);
        GrowingThinning growing;
        const GrowingThinning::Window window{0.0, 2000.0, 100};
        growing.update(curve.xs(), curve.raw(), window);
        QCOMPARE(growing.kept(), std::size_t{0});
        for (int frame = 0; frame < 200; ++frame) {
            walk.extend(curve, 3);
            const std::size_t before = growing.points().size();
            growing.update(curve.xs(), curve.raw(), window);
            QVERIFY(growing.kept() + 4 >= before);
        }
    }

    void anotherWindowStartsOver() {
        Walk walk(3);
        CurveData curve;
        walk.extend(curve, 1000);
        GrowingThinning growing;
        growing.update(curve.xs(), curve.raw(), {0.0, 600.0, 20});
        growing.update(curve.xs(), curve.raw(), {100.0, 400.0, 20});
        QCOMPARE(growing.kept(), std::size_t{0});
        compare(growing.points(), thinned(curve.xs(), curve.raw(), 100.0, 400.0, 20));
    }

    void otherValuesAreSeenAfterAReset() {
        Walk walk(4);
        CurveData curve;
        walk.extend(curve, 1000);
        GrowingThinning growing;
        growing.update(curve.xs(), curve.smoothed(), {0.0, 600.0, 20});
        curve.setSmoothing(0.9);
        growing.reset();
        growing.update(curve.xs(), curve.smoothed(), {0.0, 600.0, 20});
        compare(growing.points(), thinned(curve.xs(), curve.smoothed(), 0.0, 600.0, 20));
    }
};

QTEST_APPLESS_MAIN(GrowingThinningTest)
#include "growing_thinning_test.moc"
