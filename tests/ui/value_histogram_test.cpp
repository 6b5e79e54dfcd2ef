#include "ui/normalize/value_histogram.h"

#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <array>
#include <vector>

#include "core/sample_tensors.h"
#include "ui/normalize/histogram_panel.h"
#include "ui/normalize/sheet_document.h"
#include "ui/theme.h"

namespace normscope {
namespace {

Distribution of(const std::vector<double>& values, const ValueRange& range, int bins) {
    const std::array pieces{std::span<const double>(values)};
    return distributionOf(pieces, range, bins);
}

QImage painted(const ValueHistogram& content, QSize size) {
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintHistogram(painter, image.rect(), content, lightPalette(), applicationFont(100));
    return image;
}

/// How many pixels of this column are of this colour.
int count(const QImage& image, int column, QRgb colour) {
    int pixels = 0;
    for (int row = 0; row < image.height(); ++row) {
        pixels += image.pixel(column, row) == colour ? 1 : 0;
    }
    return pixels;
}

}  // namespace

class ValueHistogramTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void momentsAreThoseOfAllPieces();
    void roundingIsNotShownAsAMean();
    void barsAreAsHighAsTheirShare();
    void thePartIsDrawnInItsColour();
    void nothingIsPaintedOutside();
    void constantsHaveABar();
    void countsOnlyWhatIsSeenAndOnce();
};

void ValueHistogramTest::momentsAreThoseOfAllPieces() {
    const std::vector<double> first{1.0, 2.0, 3.0};
    const std::vector<double> second{6.0};
    const std::array<std::span<const double>, 2> pieces{first, second};
    const Distribution both = distributionOf(pieces, {0.0, 8.0}, 4);
    QCOMPARE(both.count, 4U);
    QCOMPARE(both.mean, 3.0);
    QCOMPARE(both.deviation, std::sqrt(14.0 / 4.0));
    QCOMPARE(both.histogram.counts, (std::vector<std::int64_t>{1, 2, 0, 1}));
    QCOMPARE(momentsText(both), "Mean 3, SD 1.871");
}

void ValueHistogramTest::roundingIsNotShownAsAMean() {
    Distribution distribution = of({-1.0, 1.0}, {-1.0, 1.0}, 2);
    distribution.mean = 4e-17;
    QCOMPARE(momentsText(distribution), "Mean 0, SD 1");
}

void ValueHistogramTest::barsAreAsHighAsTheirShare() {
    const ValueHistogram content{"x", of({0.1, 0.2, 0.3, 0.9}, {0.0, 1.0}, 2), {}};
    const QImage image = painted(content, {200, 200});
    const QRgb bar = image.pixel(50, 170);
    const int left = count(image, 50, bar);
    const int right = count(image, 130, bar);
    QVERIFY(left > 60);
    QVERIFY(std::abs(left - 3 * right) <= 3);
}

void ValueHistogramTest::thePartIsDrawnInItsColour() {
    const QColor colour(0, 120, 90);
    ValueHistogram content{"x", of({0.1, 0.2, 0.3, 0.9}, {0.0, 1.0}, 2), {}};
    const auto pixels = [&] {
        const QImage image = painted(content, {200, 200});
        int sum = 0;
        for (int column = 0; column < image.width(); ++column) {
            sum += count(image, column, colour.rgb());
        }
        return sum;
    };
    QCOMPARE(pixels(), 0);
    content.part = {"S2", colour, of({0.1, 0.9}, {0.0, 1.0}, 2)};
    QVERIFY(pixels() > 100);
}

void ValueHistogramTest::nothingIsPaintedOutside() {
    const ValueHistogram content{"A title that has no room on one line of this picture",
                                 of({-1.5, 0.2, 0.3, 0.9}, {-1.5, 1.0}, 9),
                                 {}};
    QImage image(300, 260, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    const QRect area(100, 80, 100, 150);
    paintHistogram(painter, area, content, lightPalette(), applicationFont(100));
    painter.end();
    int inside = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != qRgb(255, 255, 255)) {
                ++inside;
                QVERIFY2(area.adjusted(-1, -1, 1, 1).contains(x, y),
                         qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
            }
        }
    }
    QVERIFY(inside > 200);
}

void ValueHistogramTest::constantsHaveABar() {
    const Distribution constant = of({4.0, 4.0}, {4.0, 4.0}, 5);
    QCOMPARE(constant.deviation, 0.0);
    QCOMPARE(constant.histogram.outside, 0);
    QVERIFY(constant.histogram.low < 4.0 && constant.histogram.high > 4.0);
    painted({"x", constant, {}}, {100, 100});
}

void ValueHistogramTest::countsOnlyWhatIsSeenAndOnce() {
    SheetDocument document;
    HistogramPanel panel(document);
    QSignalSpy counted(&panel, &HistogramPanel::counted);
    document.setBeta({}, 1.0);
    QTest::qWait(60);
    QCOMPARE(counted.size(), 0);
    panel.resize(600, 200);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    QTRY_COMPARE(counted.size(), 1);
    QVERIFY(panel.accessibleDescription().contains("y. All: Mean 1, SD 1"));
    for (int beta = 2; beta < 10; ++beta) {
        document.setBeta({}, beta);
        panel.setSet(beta % 4);
    }
    QTRY_COMPARE(counted.size(), 2);
    QVERIFY(panel.accessibleDescription().contains("y. All: Mean 9, SD 1"));
    QVERIFY(panel.accessibleDescription().contains("S2: Mean 9"));
    QTest::qWait(60);
    QCOMPARE(counted.size(), 2);
    panel.setSet({});
    QTRY_VERIFY(!panel.accessibleDescription().contains("S2"));
}

}  // namespace normscope

QTEST_MAIN(normscope::ValueHistogramTest)
#include "value_histogram_test.moc"
