#include "ui/chart/line_raster.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace normscope;

namespace {

constexpr int kSide = 90;
const QColor kInk(10, 200, 30);

QImage blank() {
    QImage image(kSide, kSide, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    return image;
}

/// Points inside and outside the picture, in order of x as those of curves.
std::vector<QPointF> randomLine(std::mt19937& random, std::size_t points) {
    std::uniform_real_distribution<double> x(-20.0, kSide + 20.0);
    std::uniform_real_distribution<double> y(-60.0, kSide + 60.0);
    std::vector<QPointF> line(points);
    for (QPointF& point : line) {
        point = {x(random), y(random)};
    }
    std::ranges::sort(line, {}, &QPointF::x);
    return line;
}

double distance(QPointF point, QPointF from, QPointF to) {
    const QPointF step = to - from;
    const double square = QPointF::dotProduct(step, step);
    const double place =
        square > 0.0 ? std::clamp(QPointF::dotProduct(point - from, step) / square, 0.0, 1.0) : 0.0;
    const QPointF away = point - from - place * step;
    return std::hypot(away.x(), away.y());
}

/// Of 255.
double wantedAlpha(const std::vector<QPointF>& line, double width, int x, int y) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t point = 1; point < line.size(); ++point) {
        nearest = std::min(nearest, distance({x + 0.5, y + 0.5}, line[point - 1], line[point]));
    }
    return 255.0 * std::clamp(width / 2.0 + 0.5 - nearest, 0.0, 1.0);
}

int inked(const QImage& image) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += qAlpha(image.pixel(x, y)) > 127 ? 1 : 0;
        }
    }
    return count;
}

}  // namespace

class LineRasterTest : public QObject {
    Q_OBJECT

  private slots:
    void aWideLineCoversByDistance_data() {
        QTest::addColumn<double>("width");
        QTest::newRow("2 pixels") << 2.0;
        QTest::newRow("on a fine screen") << 4.0;
    }

    void aWideLineCoversByDistance() {
        QFETCH(double, width);
        std::mt19937 random(1);
        for (int trial = 0; trial < 60; ++trial) {
            const auto line = randomLine(random, 2 + static_cast<std::size_t>(trial) % 5);
            QImage image = blank();
            LineRaster(image).drawWide(line, width, {}, 0.0, kInk);
            for (int y = 0; y < kSide; ++y) {
                for (int x = 0; x < kSide; ++x) {
                    // Steep lines are drawn at the nearest eighth of a pixel.
                    const double wanted = wantedAlpha(line, width, x, y);
                    QVERIFY(std::abs(qAlpha(image.pixel(x, y)) - wanted) < 255.0 / 15.0);
                }
            }
        }
    }

    void onlyTheClipIsTouched() {
        std::mt19937 random(2);
        for (const QVector<double>& dashes : {QVector<double>{}, QVector<double>{6.0, 4.0}}) {
            for (int trial = 0; trial < 40; ++trial) {
                const auto line = randomLine(random, 12);
                QImage whole = blank();
                LineRaster wholeRaster(whole);
                wholeRaster.drawWide(line, 2.0, dashes, 3.0, kInk);
                wholeRaster.drawThin(line, Qt::red);

                QImage parts = blank();
                parts.fill(Qt::blue);  // cleared before anything is drawn
                LineRaster raster(parts);
                const int middle = 1 + trial * 2;
                for (const QRect& clip :
                     {QRect(0, 0, middle, kSide), QRect(middle, 0, kSide - middle, kSide)}) {
                    raster.setClip(clip);
                    raster.clear();
                    raster.drawWide(line, 2.0, dashes, 3.0, kInk);
                    raster.drawThin(line, Qt::red);
                }
                QCOMPARE(parts, whole);
            }
        }
    }

    void dashesCoverTheirShare_data() {
        QTest::addColumn<QPointF>("to");
        QTest::newRow("flat") << QPointF(1080.0, 47.3);
        QTest::newRow("slanting") << QPointF(1000.0, 700.0);
        QTest::newRow("steep") << QPointF(120.0, 1040.0);
        QTest::newRow("upwards") << QPointF(60.0, -900.0);
    }

    void dashesCoverTheirShare() {
        QFETCH(QPointF, to);
        QImage image(1200, 1200, QImage::Format_ARGB32_Premultiplied);
        const std::vector<QPointF> line{{50.0, to.y() < 0.0 ? 1000.0 : 40.0},
                                        {to.x(), std::abs(to.y())}};
        image.fill(Qt::transparent);
        LineRaster(image).drawWide(line, 2.0, {}, 0.0, kInk);
        const int solid = inked(image);
        image.fill(Qt::transparent);
        LineRaster(image).drawWide(line, 2.0, {12.0, 8.0}, 0.0, kInk);
        QVERIFY(std::abs(inked(image) / static_cast<double>(solid) - 0.6) < 0.06);
    }

    void aThinLineFillsItsRowsInEveryColumn() {
        std::mt19937 random(3);
        for (int trial = 0; trial < 60; ++trial) {
            const auto line = randomLine(random, 2 + static_cast<std::size_t>(trial) % 9);
            QImage image = blank();
            LineRaster(image).drawThin(line, kInk);
            for (int x = 0; x < kSide; ++x) {
                // What a fine comb of places within the column comes by.
                double lowest = std::numeric_limits<double>::infinity();
                double highest = -lowest;
                for (std::size_t point = 1; point < line.size(); ++point) {
                    const QPointF& from = line[point - 1];
                    const QPointF& to = line[point];
                    for (double place = x; place < x + 1.0; place += 1.0 / 512.0) {
                        if (from.x() <= place && place <= to.x()) {
                            const double share = (place - from.x()) / (to.x() - from.x());
                            const double y = from.y() + share * (to.y() - from.y());
                            lowest = std::min(lowest, y);
                            highest = std::max(highest, y);
                        }
                    }
                }
                for (int y = 0; y < kSide; ++y) {
                    const bool isInked = qAlpha(image.pixel(x, y)) != 0;
                    // The comb may miss the outermost pixels.
                    if (lowest < y - 0.01 && highest > y + 1.01) {
                        QVERIFY(isInked);
                    }
                    if (highest < y - 1.0 || lowest > y + 2.0) {
                        const bool isPoint = std::ranges::any_of(line, [&](const QPointF& point) {
                            return std::abs(point.x() - x) < 2.0 && std::abs(point.y() - y) < 40.0;
                        });
                        QVERIFY(!isInked || isPoint);
                    }
                }
            }
        }
    }

    void farEndsAreNoTrouble() {
        const std::vector<QPointF> line{{-4e9, -3e12}, {-3e9, 45.0}, {5e9, 45.0}, {6e9, 2e12}};
        for (const QVector<double>& dashes : {QVector<double>{}, QVector<double>{6.0, 4.0}}) {
            QImage image = blank();
            LineRaster raster(image);
            raster.drawWide(line, 2.0, dashes, 0.0, kInk);
            QVERIFY(std::abs(inked(image) - (dashes.isEmpty() ? 2.0 : 1.2) * kSide) < 20.0);
            raster.clear();
            raster.drawThin(line, kInk);
            QCOMPARE(inked(image), kSide);
        }
    }

    void gapsStayOpen() {
        const double gap = std::numeric_limits<double>::quiet_NaN();
        const std::vector<QPointF> line{
            {5.0, 20.0}, {30.0, 20.0}, {40.0, gap}, {50.0, 20.0}, {85.0, 20.0}};
        for (const bool wide : {false, true}) {
            QImage image = blank();
            LineRaster raster(image);
            wide ? raster.drawWide(line, 2.0, {}, 0.0, kInk) : raster.drawThin(line, kInk);
            QVERIFY(qAlpha(image.pixel(20, 20)) > 0);
            QVERIFY(qAlpha(image.pixel(70, 20)) > 0);
            for (int x = 33; x < 48; ++x) {
                QCOMPARE(qAlpha(image.pixel(x, 20)), 0);
            }
        }
    }
};

QTEST_APPLESS_MAIN(LineRasterTest)
#include "line_raster_test.moc"
