#include "ui/picture/picture_export.h"

#include <QComboBox>
#include <QFileDialog>
#include <QPainter>
#include <QPdfWriter>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/named_widget.h"
#include "ui/picture/export_panel.h"

using namespace normscope;

namespace {

const QString kCaption = QStringLiteral("Four images, batch norm");
constexpr QColor kRed(255, 0, 0);

/// Fills its room, and tells how large that was.
Picture plainPicture(const QString& title, QSize naturalSize, QSize* painted = nullptr) {
    return {title, naturalSize, [title, painted](QPainter& painter, QSize size) {
                painter.fillRect(QRect(QPoint(), size), kRed);
                painter.drawText(20, 40, title);
                if (painted) {
                    *painted = size;
                }
            }};
}

QRect areaOf(const QImage& image, const QColor& colour) {
    QRect area;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == colour) {
                area |= QRect(x, y, 1, 1);
            }
        }
    }
    return area;
}

}  // namespace

class PictureExportTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }

    void thePictureGetsWhatMarginAndCaptionLeave() {
        QSize painted;
        const Picture picture = plainPicture(QStringLiteral("Sheet"), {400, 300}, &painted);
        const QImage bare = pictureImage(picture, QString(), {{400, 300}, 1.0});
        const QSize alone = painted;
        QCOMPARE(areaOf(bare, kRed), QRect(QPoint(24, 24), alone));
        QCOMPARE(alone, QSize(400 - 48, 300 - 48));

        const QImage image = pictureImage(picture, kCaption, {{400, 300}, 1.0});
        QVERIFY(painted.height() < alone.height());
        QCOMPARE(areaOf(image, kRed), QRect(QPoint(24, 24), painted));
        const QImage foot = image.copy(0, 24 + painted.height(), 400, 276 - painted.height());
        QVERIFY(areaOf(foot, QColor(0x55, 0x55, 0x55)).isValid());
    }

    void theScaleMultipliesPixelsAndNotTheLayout() {
        QSize painted;
        const Picture picture = plainPicture(QStringLiteral("Sheet"), {400, 300}, &painted);
        const QImage image = pictureImage(picture, QString(), {{400, 300}, 2.5});
        QCOMPARE(image.size(), QSize(1000, 750));
        QCOMPARE(painted, QSize(352, 252));
        QCOMPARE(areaOf(image, kRed), QRect(60, 60, 880, 630));
    }

    void aPictureTooSmallForItsMarginIsBlank() {
        const Picture picture = plainPicture(QStringLiteral("Sheet"), {400, 300});
        const QImage image = pictureImage(picture, kCaption, {{40, 30}, 1.0});
        QCOMPARE(image.size(), QSize(40, 30));
        QVERIFY(!areaOf(image, kRed).isValid());
    }

    void everyPictureIsPrintedOnItsOwnPage() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("printed.pdf"));
        {
            QPdfWriter paper(file);
            paper.setPageOrientation(QPageLayout::Landscape);
            const std::array pictures{plainPicture(QStringLiteral("First"), {400, 300}),
                                      plainPicture(QStringLiteral("Second"), {400, 300})};
            QVERIFY(printPictures(paper, pictures, kCaption));
        }
        const QString reader = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
        if (reader.isEmpty()) {
            QSKIP("pdftotext is not installed");
        }
        QProcess process;
        process.start(reader, {file, QStringLiteral("-")});
        QVERIFY(process.waitForFinished());
        const QStringList pages =
            QString::fromUtf8(process.readAllStandardOutput()).split(QChar::FormFeed);
        QCOMPARE(pages.size(), 3);  // the last is what follows the last form feed
        QVERIFY(pages[0].contains(QStringLiteral("First")) && pages[0].contains(kCaption));
        QVERIFY(pages[1].contains(QStringLiteral("Second")) && pages[1].contains(kCaption));
    }

    void thePanelStartsFromTheSizeThatSuitsThePicture() {
        ExportPanel panel;
        panel.setPictures({plainPicture(QStringLiteral("Sheet"), {640, 480}),
                           plainPicture(QStringLiteral("Histogram"), {500, 250}),
                           plainPicture(QStringLiteral("Huge"), {32000, 8000})});
        QCOMPARE(panel.options().size, QSize(640, 480));
        testing::namedWidget<QSpinBox>(panel, QStringLiteral("Picture width"))->setValue(1000);
        QCOMPARE(panel.options().size, QSize(1000, 480));
        testing::namedWidget<QComboBox>(panel, QStringLiteral("Picture"))->setCurrentIndex(1);
        QCOMPARE(panel.options().size, QSize(500, 250));
        panel.choose(2);
        QCOMPARE(panel.options().size, QSize(8000, 2000));
    }

    void theFileIsNamedAfterThePicture() {
        ExportPanel panel;
        panel.setPictures({plainPicture(QStringLiteral("Normalization sheet"), {640, 480})});
        panel.show();
        for (QPushButton* button : panel.findChildren<QPushButton*>()) {
            if (button->isDefault()) {
                button->click();
            }
        }
        auto* dialog = panel.findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->selectedFiles().size(), 1);
        QVERIFY(
            dialog->selectedFiles().first().endsWith(QStringLiteral("/Normalization sheet.png")));
    }

    void aPageWithoutPicturesHasNothingToSave() {
        ExportPanel panel;
        panel.show();
        QVERIFY(!panel.save(QStringLiteral("/nowhere/a.png")));
        panel.copyToClipboard();
    }
};

QTEST_MAIN(PictureExportTest)
#include "picture_export_test.moc"
