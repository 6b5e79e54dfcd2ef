#include <sys/resource.h>
#include <sys/stat.h>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPicture>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <clocale>
#include <csignal>
#include <cstdlib>
#include <limits>

#include "core/numbers.h"
#include "ui/chart/chart_csv.h"
#include "ui/chart/chart_picture.h"
#include "ui/chart/metric_chart.h"
#include "ui/picture/export_panel.h"
#include "ui/picture/picture_export.h"

using namespace normscope;

namespace {

const QString kCaption = QStringLiteral("20 epochs, batch size 64, learning rate 0.05, seed 1");

ChartContent sample(const QString& title) {
    ChartContent content;
    content.description = {title, QStringLiteral("Loss (nats)"), QStringLiteral("Epoch"),
                           false, /*onePointAnEpoch=*/true,      true};
    content.curves.push_back({{QStringLiteral("batch"), NormKind::Batch, 0}, {}, true});
    content.curves.push_back({{QStringLiteral("hidden one"), NormKind::Group, 0}, {}, false});
    for (int epoch = 1; epoch <= 5; ++epoch) {
        content.curves[0].data.append(epoch, 0.5 / epoch);
        content.curves[1].data.append(epoch, 0.3 / epoch);
    }
    return content;
}

Picture pictureOf(const std::vector<PictureChart>& charts) {
    const QString title =
        charts.size() == 1 ? charts.front().content->description.title : QStringLiteral("Charts");
    return {title, QSize(1200, 800),
            [charts](QPainter& painter, QSize size) { paintCharts(painter, size, charts); }};
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// So coarse that how lines are smoothed makes no difference.
QImage blurred(const QImage& image) {
    return image.scaled(60, 40, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

/// How much two pictures differ, from 0 to 255, as the mean over all their pixels.
double meanDifference(const QImage& one, const QImage& other) {
    double sum = 0.0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            sum += std::abs(qGray(one.pixel(x, y)) - qGray(other.pixel(x, y)));
        }
    }
    return sum / one.width() / one.height();
}

class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    Q_DISABLE_COPY_MOVE(FileSizeLimit)

  private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

bool hasColour(const QImage& image, const QColor& colour) {
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == colour) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

class ChartExportTest : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    ChartContent content_ = sample(QStringLiteral("Test loss"));
    std::vector<PictureChart> one_{{&content_, fittedView(content_)}};

    QString path(const QString& name) const { return folder_.filePath(name); }

    std::optional<QString> writeAny(const QString& file) const {
        for (const PictureFormat format :
             {PictureFormat::Png, PictureFormat::Svg, PictureFormat::Pdf}) {
            if (file.endsWith(fileSuffix(format))) {
                return writePicture(file, format, pictureOf(one_), kCaption, {{400, 300}, 1.0});
            }
        }
        return writeChartCsv(file, content_);
    }

  private slots:
    /// All but what the offscreen platform says of every window.
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }

    void initTestCase() { QVERIFY(folder_.isValid()); }

    void pngHasThePixelsAskedFor() {
        const QString file = path(QStringLiteral("a.png"));
        QVERIFY(
            !writePicture(file, PictureFormat::Png, pictureOf(one_), kCaption, {{600, 400}, 1.5}));
        const QImage image(file);
        QCOMPARE(image.size(), QSize(900, 600));
        QVERIFY(hasColour(image, QColor(0xd5, 0x5e, 0x00)));   // the curve
        QVERIFY(!hasColour(image, QColor(0x00, 0x72, 0xb2)));  // the hidden one
    }

    void moreDotsPerInchShowTheSameFiner() {
        const Picture chart = pictureOf(one_);
        const Picture text{QStringLiteral("Text"), QSize(600, 400), [](QPainter& painter, QSize) {
                               painter.setFont(QFont(QApplication::font().family(), 24));
                               painter.drawText(QPoint(20, 200), QStringLiteral("In points"));
                           }};
        const Picture nothing{{}, {}, [](QPainter&, QSize) {}};
        const QImage empty = pictureImage(nothing, kCaption, {{600, 400}, 1.0});
        for (const Picture& picture : {chart, text}) {
            const QImage once = pictureImage(picture, kCaption, {{600, 400}, 1.0});
            const QImage twice = pictureImage(picture, kCaption, {{600, 400}, 2.0});
            QVERIFY(meanDifference(blurred(once), blurred(twice)) <
                    0.2 * meanDifference(blurred(once), blurred(empty)));
            QCOMPARE(twice.dotsPerMeterX(), qRound(2 * 96 / 0.0254));
        }
    }

    void recordingsKeepTheirSizeOnEveryDevice() {
        QPicture recording;
        QPainter recorder(&recording);
        recorder.fillRect(0, 0, 50, 30, Qt::black);
        recorder.end();
        QImage fine(100, 60, QImage::Format_RGB32);
        fine.fill(Qt::white);
        fine.setDotsPerMeterX(3 * fine.dotsPerMeterX());
        fine.setDotsPerMeterY(3 * fine.dotsPerMeterY());
        QPainter painter(&fine);
        drawRecording(painter, QPoint(10, 10), recording);
        painter.end();
        QCOMPARE(fine.pixelColor(11, 11), QColor(Qt::black));
        QCOMPARE(fine.pixelColor(58, 38), QColor(Qt::black));
        QCOMPARE(fine.pixelColor(62, 11), QColor(Qt::white));
        QCOMPARE(fine.pixelColor(11, 42), QColor(Qt::white));
    }

    void picturesAreLightOnADarkScreen() {
        const QPalette before = QGuiApplication::palette();
        QGuiApplication::setPalette(QPalette(Qt::black));
        const QImage image = pictureImage(pictureOf(one_), kCaption, {{400, 300}, 1.0});
        QGuiApplication::setPalette(before);
        QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
        QCOMPARE(image.pixelColor(200, 150).lightness() > 128, true);
    }

    void svgHoldsText() {
        const QString file = path(QStringLiteral("a.svg"));
        QVERIFY(
            !writePicture(file, PictureFormat::Svg, pictureOf(one_), kCaption, {{800, 500}, 2.0}));
        const QString svg = QString::fromUtf8(bytesOf(file));
        QVERIFY(svg.contains(QStringLiteral(">Test loss<")));
        QVERIFY(svg.contains(QStringLiteral("<text")));
        QVERIFY(svg.count(QStringLiteral("learning rate 0.05")) >= 2);  // description and caption
        QVERIFY(svg.contains(QStringLiteral(">Loss (nats)<")));
        QVERIFY(svg.contains(QStringLiteral(">batch<")));
        QVERIFY(!svg.contains(QStringLiteral("hidden one")));
        QVERIFY(!svg.contains(QStringLiteral("<image")));
        QSvgRenderer renderer(file);
        QCOMPARE(renderer.viewBox(), QRect(0, 0, 800, 500));
    }

    void zoomedVectorsStayInTheirFrame() {
        std::vector<PictureChart> zoomed = one_;
        zoomed[0].view = {{2.2, 3.8}, {0.15, 0.2}};
        const QString file = path(QStringLiteral("zoomed.svg"));
        QVERIFY(!writePicture(file, PictureFormat::Svg, pictureOf(zoomed), QString(),
                              {{800, 500}, 1.0}));
        // Far above and below the plot there would be ink if the curve were not cut.
        QImage image(800, 500, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        QSvgRenderer(file).render(&painter);
        painter.end();
        QVERIFY(hasColour(image.copy(0, 100, 800, 340), QColor(0xd5, 0x5e, 0x00)));
        QVERIFY(!hasColour(image.copy(300, 0, 500, 80), QColor(0xd5, 0x5e, 0x00)));
        QVERIFY(!hasColour(image.copy(0, 440, 800, 60), QColor(0xd5, 0x5e, 0x00)));
    }

    void pdfHoldsTitleAndCaption() {
        const QString file = path(QStringLiteral("a.pdf"));
        QVERIFY(
            !writePicture(file, PictureFormat::Pdf, pictureOf(one_), kCaption, {{800, 500}, 2.0}));
        QVERIFY(bytesOf(file).startsWith("%PDF-"));
        const QString reader = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
        if (reader.isEmpty()) {
            QSKIP("pdftotext is not installed");
        }
        QProcess process;
        process.start(reader, {file, QStringLiteral("-")});
        QVERIFY(process.waitForFinished());
        const QString text = QString::fromUtf8(process.readAllStandardOutput());
        QVERIFY(text.contains(QStringLiteral("Test loss")));
        QVERIFY(text.contains(kCaption));
    }

    void aSheetHoldsAllCharts() {
        const ChartContent other = sample(QStringLiteral("Training loss"));
        std::vector<PictureChart> sheet = one_;
        sheet.push_back({&other, fittedView(other)});
        sheet.push_back({&other, fittedView(other)});
        const QString file = path(QStringLiteral("sheet.svg"));
        QVERIFY(!writePicture(file, PictureFormat::Svg, pictureOf(sheet), kCaption,
                              {{1200, 800}, 1.0}));
        const QString svg = QString::fromUtf8(bytesOf(file));
        QCOMPARE(svg.count(QStringLiteral(">Test loss<")), 1);
        QCOMPARE(svg.count(QStringLiteral(">Training loss<")), 2);
    }

    void failuresNameTheFile() {
        const QString file = path(QStringLiteral("no/such/folder/a.png"));
        for (const PictureFormat format :
             {PictureFormat::Png, PictureFormat::Svg, PictureFormat::Pdf}) {
            const auto problem =
                writePicture(file, format, pictureOf(one_), kCaption, {{400, 300}, 1.0});
            QVERIFY(problem && problem->contains(file));
        }
        const auto problem = writeChartCsv(file, content_);
        QVERIFY(problem && problem->contains(file));
    }

    /// A limit on the size of files makes writes fail as a full disk does.
    void fullDiskIsSaidAndLeavesTheOldFile() {
        for (const QString& name : {QStringLiteral("full.csv"), QStringLiteral("full.png"),
                                    QStringLiteral("full.svg"), QStringLiteral("full.pdf")}) {
            const QString file = path(name);
            QFile old(file);
            QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
            old.close();
            std::optional<QString> problem;
            {
                const FileSizeLimit limit(50);
                problem = writeAny(file);
            }
            QVERIFY2(problem && problem->contains(file), qPrintable(name));
            QCOMPARE(bytesOf(file), QByteArray("old"));
        }
    }

    void specialFilesAreNotReplaced() {
        const QString pipe = path(QStringLiteral("pipe"));
        QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
        const auto problem = writeChartCsv(pipe, content_);
        QVERIFY(problem && problem->contains(pipe));
        QVERIFY(!QFileInfo(pipe).isFile());
        QVERIFY(writeChartCsv(folder_.path(), content_));
    }

    void csvIsTheSameInEveryLocale() {
        const char* german = std::setlocale(LC_ALL, "de_DE.UTF-8");
        QLocale::setDefault(QLocale(QLocale::German));
        ChartContent content = sample(QStringLiteral("Test loss"));
        content.curves.resize(1);
        content.curves[0].description.label = QStringLiteral("batch, \"L1\" 0,5");
        content.curves[0].data.append(5.5, 0.1 + 0.2);
        content.curves[0].data.append(6.0, std::numeric_limits<double>::quiet_NaN());
        const QString file = path(QStringLiteral("a.csv"));
        const auto problem = writeChartCsv(file, content);
        QLocale::setDefault(QLocale::c());
        if (german) {
            std::setlocale(LC_ALL, "C");
        }
        QVERIFY(!problem);
        const QList<QByteArray> lines = bytesOf(file).split('\n');
        QCOMPARE(lines.size(), 9);  // header, seven points, end
        QCOMPARE(lines[0], QByteArray("label,epoch,value"));
        QCOMPARE(lines[1], QByteArray("\"batch, \"\"L1\"\" 0,5\",1,0.5"));
        const QByteArray value = lines[6].mid(lines[6].lastIndexOf(',') + 1);
        QCOMPARE(parseNumber(value.toStdString()), std::optional(0.1 + 0.2));
        QVERIFY(lines[7].endsWith(",nan"));
    }

    void panelSavesAndCopies() {
        MetricChart first(content_.description);
        first.setCurves({{QStringLiteral("batch"), NormKind::Batch, 0}});
        first.append(0, 1.0, 0.5);
        MetricChart second(content_.description);
        ExportPanel panel;
        panel.setPictures({chartSheet(QStringLiteral("Training charts"), {&first, &second}),
                           chartPicture(first), chartPicture(second)});
        panel.setCaption(kCaption);
        panel.choose(1);
        QCOMPARE(panel.options().size, chartPicture(first).naturalSize);
        panel.show();
        const QString file = path(QStringLiteral("panel.png"));
        QVERIFY(panel.save(file));
        QCOMPARE(QImage(file).size(), panel.options().size * panel.options().scale);
        QVERIFY(!panel.save(path(QStringLiteral("missing/panel.png"))));
        panel.copyToClipboard();
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    }
};

QTEST_MAIN(ChartExportTest)
#include "chart_export_test.moc"
