#include "ui/findings/summary_chart.h"

#include <QAccessible>
#include <QFile>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <ranges>

#include "tests/ui/measured_models.h"
#include "ui/findings/summary_grid.h"
#include "ui/picture/picture_export.h"
#include "ui/theme.h"

namespace normscope {
namespace {

using testing::comparisonOf;
using testing::images;
using testing::runOf;

Comparison someModels() {
    return comparisonOf(runOf({{"batch", {NormKind::Batch}, 0.0, {80, 60, 72}, images(0, 72)},
                               {"group", {NormKind::Group}, 0.0, {58, 59, 58}, images(5, 58)}}));
}

/// The last column, from the left, that has a pixel of this colour; -1 if none has.
int lastColumnOf(const QImage& image, const QColor& colour) {
    for (int x = image.width() - 1; x >= 0; --x) {
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixel(x, y) == colour.rgb()) {
                return x;
            }
        }
    }
    return -1;
}

QImage painted(const SummaryContent& content, bool dark = false) {
    const FigureLook look{dark ? darkPalette() : lightPalette(), applicationFont(100)};
    QImage image(600, 400, QImage::Format_RGB32);
    image.fill(look.palette.color(QPalette::Window));
    QPainter painter(&image);
    paintSummary(painter, image.rect(), content, look);
    return image;
}

QColor fillOf(NormKind kind) {
    return blend(curveStyle(kind, 0, false).color, lightPalette().color(QPalette::Window), 0.55);
}

/// What hangs down, from left to right.
QImage upright(const SummaryContent& content) {
    return painted(content).transformed(QTransform().rotate(-90));
}

/// How far bars of this colour reach to the right. A few pixels of a marker may blend to it as
/// well.
int endOfBars(const QImage& image, const QColor& fill) {
    constexpr int kOfMarkers = 50;
    for (int x = image.width() - 1; x >= 0; --x) {
        const auto pixels = std::ranges::count_if(std::views::iota(0, image.height()), [&](int y) {
            return image.pixel(x, y) == fill.rgb();
        });
        if (pixels > kOfMarkers) {
            return x;
        }
    }
    return -1;
}

/// The bars of batch norm as those of group norm, which both begin at the left.
void checkTwiceAsLong(const QImage& image) {
    const int longer = endOfBars(image, fillOf(NormKind::Batch));
    const int shorter = endOfBars(image, fillOf(NormKind::Group));
    const int start =
        image.width() - 1 - endOfBars(image.mirrored(true, false), fillOf(NormKind::Batch));
    QVERIFY(longer > shorter && shorter > start && start >= 0);
    QVERIFY2(std::abs((longer - start) - 2 * (shorter - start)) <= 4,
             qPrintable(QString("%1 %2 %3").arg(start).arg(shorter).arg(longer)));
}

}  // namespace

class SummaryChartTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void tellsWrongWithItsInterval();
    void tellsTheAccuracyOfEachDigit();
    void leavesOutDigitsWithoutImages();
    void tellsTheLastEpochs();
    void tellsAsManyLastEpochsOfEach();
    void leavesOutWhatIsNotMeasured();
    void comparesSharesWhereTheTotalsDiffer();
    void barsAreAsLongAsTheirNumbers();
    void accuraciesHangFromTheWhole();
    void drawsEveryKindInBothPalettes();
    void anEmptyChartSaysSo();
    void isReadOut();
    void picturesAreVectors();
};

void SummaryChartTest::tellsWrongWithItsInterval() {
    const SummaryContent content = wrongSummary(someModels());
    QCOMPARE(content.axis, "of 1,000 test images");
    QCOMPARE(content.series.size(), 2U);
    QCOMPARE(content.series[0].label, "batch");
    QCOMPARE(content.series[0].values, std::vector{72.0});
    const Interval share = wilsonInterval(72, 1000);
    QCOMPARE(content.series[0].interval->low, 1000.0 * share.low);
    QCOMPARE(content.series[0].interval->high, 1000.0 * share.high);
    QCOMPARE(spokenSummary(content),
             "batch: 72, 95 % interval 58 to 90. group: 58, 95 % interval 45 to 74.");
}

void SummaryChartTest::tellsTheAccuracyOfEachDigit() {
    const SummaryContent content = digitSummary(someModels());
    // Images 0 to 71 are eight of the digits 0 and 1 and seven of each other one, of 100 each.
    QCOMPARE(content.series[0].values,
             (std::vector{92.0, 92.0, 93.0, 93.0, 93.0, 93.0, 93.0, 93.0, 93.0, 93.0}));
    QVERIFY(spokenSummary(content).startsWith("batch: digit 0 92.00 %, digit 1 92.00 %, "));
}

void SummaryChartTest::leavesOutDigitsWithoutImages() {
    SummaryContent content = digitSummary(someModels());
    for (SummarySeries& series : content.series) {
        series.values[9] = kNotMeasured;
    }
    QVERIFY(!spokenSummary(content).contains("digit 9"));
    QVERIFY(spokenSummary(content).contains("digit 8"));
    // The bars of the others are where they were.
    const int before = endOfBars(upright(digitSummary(someModels())), fillOf(NormKind::Batch));
    QCOMPARE(endOfBars(upright(content), fillOf(NormKind::Batch)), before);
}

void SummaryChartTest::tellsTheLastEpochs() {
    const SummaryContent content = lastEpochsSummary(someModels());
    QCOMPARE(content.title, "Wrong after each of the last 3 epochs");
    QCOMPARE(content.series[0].values, (std::vector{80.0, 60.0, 72.0}));
    QCOMPARE(spokenSummary(content),
             "batch: median 72, from 60 to 80. group: median 58, from 58 to 59.");
}

void SummaryChartTest::tellsAsManyLastEpochsOfEach() {
    const Comparison models =
        comparisonOf(runOf({{"batch", {NormKind::Batch}, 0.0, {80, 60, 72}, images(0, 72)},
                            {"group", {NormKind::Group}, 0.0, {90, 58}, images(0, 58)}}));
    const SummaryContent content = lastEpochsSummary(models);
    QCOMPARE(content.title, "Wrong after each of the last 2 epochs");
    QCOMPARE(content.series[0].values, (std::vector{60.0, 72.0}));
    QCOMPARE(content.series[1].values, (std::vector{90.0, 58.0}));
}

void SummaryChartTest::leavesOutWhatIsNotMeasured() {
    const Comparison models =
        comparisonOf(runOf({{"batch", {NormKind::Batch}, 0.0, {72}, images(0, 72)},
                            {"group", {NormKind::Group}, 0.0, {}, {}}}));
    QCOMPARE(wrongSummary(models).series.size(), 1U);
    QCOMPARE(digitSummary(models).series.size(), 1U);
    QCOMPARE(lastEpochsSummary(models).series.size(), 1U);
    QCOMPARE(lastEpochsSummary(models).title, "Wrong after the last epoch");
    QCOMPARE(lastEpochsSummary({}).title, "Wrong after the last epoch");
    QVERIFY(wrongSummary({}).series.empty());
}

void SummaryChartTest::comparesSharesWhereTheTotalsDiffer() {
    Run other = runOf({{"other", {NormKind::Layer}, 0.0, {72}, images(0, 72)}});
    other.dataset.testTotal = 2000;
    Comparison models = someModels();
    models.push_back(comparisonOf(other).front());
    const SummaryContent content = wrongSummary(models);
    QVERIFY(content.inPercent);
    QCOMPARE(content.series[0].values.front(), 7.2);
    QCOMPARE(content.series[2].values.front(), 7.2);  // the same accuracy of twice as many
}

/// Qt Charts lays out a chart that no view shows: the bars must stand where the axis says.
void SummaryChartTest::barsAreAsLongAsTheirNumbers() {
    SummaryContent content = wrongSummary(someModels());
    content.series[0].values = {80.0};
    content.series[1].values = {40.0};
    for (SummarySeries& series : content.series) {
        series.interval.reset();
    }
    checkTwiceAsLong(painted(content));
}

/// A bar is as long as what its digit lacks, so twice as many wrong are twice as long.
void SummaryChartTest::accuraciesHangFromTheWhole() {
    SummaryContent content = digitSummary(someModels());
    content.series[0].values.assign(10, 96.0);
    content.series[1].values.assign(10, 98.0);
    checkTwiceAsLong(upright(content));
}

void SummaryChartTest::drawsEveryKindInBothPalettes() {
    const Comparison models = someModels();
    for (const SummaryContent& content :
         {wrongSummary(models), digitSummary(models), lastEpochsSummary(models)}) {
        for (const bool dark : {false, true}) {
            const QImage image = painted(content, dark);
            for (const NormKind kind : {NormKind::Batch, NormKind::Group}) {
                const QColor ground =
                    (dark ? darkPalette() : lightPalette()).color(QPalette::Window);
                const QColor fill = blend(curveStyle(kind, 0, dark).color, ground, 0.55);
                QVERIFY2(lastColumnOf(image, fill) > 0, qPrintable(content.title));
            }
        }
    }
}

void SummaryChartTest::anEmptyChartSaysSo() {
    SummaryChart chart;
    chart.resize(400, 300);
    chart.setContent(wrongSummary({}));
    QVERIFY(!chart.grab().isNull());
    QCOMPARE(chart.spokenValues(), QString());
}

void SummaryChartTest::isReadOut() {
    SummaryChart chart;
    chart.setContent(wrongSummary(someModels()));
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&chart);
    QVERIFY(interface != nullptr);
    QCOMPARE(interface->role(), QAccessible::Chart);
    QCOMPARE(interface->text(QAccessible::Name), "Wrong, with 95 % Wilson interval");
    QVERIFY(interface->text(QAccessible::Value).startsWith("batch: 72, 95 % interval"));
}

void SummaryChartTest::picturesAreVectors() {
    SummaryGrid grid;
    grid.setComparison(someModels());
    const std::vector<Picture> pictures = grid.pictures();
    QCOMPARE(pictures.size(), 4U);
    const QTemporaryDir folder;
    for (const Picture& picture : pictures) {
        const QString path = folder.filePath("picture.svg");
        QVERIFY(!writePicture(path, PictureFormat::Svg, picture, "caption",
                              {picture.naturalSize, 1.0}));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray svg = file.readAll();
        QVERIFY(!svg.contains("<image"));
        QVERIFY(svg.contains("batch"));
        QVERIFY(!pictureImage(picture, "caption", {picture.naturalSize, 1.0}).isNull());
    }
}

}  // namespace normscope

QTEST_MAIN(normscope::SummaryChartTest)
#include "summary_chart_test.moc"
