#include "ui/normalize/cube_picture.h"

#include <QImage>
#include <QRegularExpression>
#include <QTest>

#include "ui/normalize/sheet_painter.h"
#include "ui/theme.h"

using namespace normscope;

namespace {

constexpr Shape4 kShape{4, 6, 3, 3};

QImage cube(const NormSpec& spec, int set, const Shape4& shape = kShape) {
    QImage image(300, 260, QImage::Format_ARGB32_Premultiplied);
    image.fill(lightPalette().color(QPalette::Window));
    QPainter painter(&image);
    paintCube(painter, image.rect(), shape, spec, set, lightPalette(), applicationFont(100));
    return image;
}

/// Pixels that are the full colour of this set.
int filled(const QImage& image, int set) {
    const QRgb colour = setColours(set, lightPalette()).line.rgb();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += image.pixel(x, y) == colour ? 1 : 0;
        }
    }
    return count;
}

NormSpec spec(NormKind kind, int groups = 1) {
    return {.kind = kind, .groups = groups};
}

}  // namespace

class CubePictureTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    /// The front is that of the first image: layer norm's first set is all of it, batch norm's one
    /// of six channels, group norm's with two groups half.
    void theFrontShowsTheShareOfTheChannels() {
        const double whole = filled(cube(spec(NormKind::Layer), 0), 0);
        QVERIFY(whole > 5000);
        const auto share = [&](const NormSpec& of) { return filled(cube(of, 0), 0) / whole; };
        QVERIFY(std::abs(share(spec(NormKind::Batch)) - 1.0 / 6) < 0.03);
        QVERIFY(std::abs(share(spec(NormKind::Instance)) - 1.0 / 6) < 0.03);
        QVERIFY(std::abs(share(spec(NormKind::Group, 2)) - 1.0 / 2) < 0.03);
        QVERIFY(std::abs(share(spec(NormKind::Group, 3)) - 1.0 / 3) < 0.03);
        QVERIFY(std::abs(share(spec(NormKind::Group, 1)) - 1.0) < 1e-9);
    }

    void everySetLooksDifferent() {
        for (const NormSpec& of : {spec(NormKind::Batch), spec(NormKind::Layer),
                                   spec(NormKind::Group, 2), spec(NormKind::Instance)}) {
            const int sets = static_cast<int>(statisticsSets(kShape, of).size());
            for (int set = 1; set < sets; ++set) {
                QVERIFY(cube(of, set) != cube(of, set - 1));
            }
        }
    }

    void aSetThatIsNotThereIsTheNearest() {
        QCOMPARE(cube(spec(NormKind::Layer), 99), cube(spec(NormKind::Layer), 3));
        QCOMPARE(cube(spec(NormKind::Layer), -1), cube(spec(NormKind::Layer), 0));
    }

    void theLargestTensorIsDrawn() {
        const Shape4 largest{32, 32, 28, 28};
        QVERIFY(cube(spec(NormKind::Instance), 500, largest) !=
                cube(spec(NormKind::Instance), 501, largest));
    }

    void wordsSayWhichCellsShare() {
        QCOMPARE(setInWords(kShape, spec(NormKind::Batch), 1),
                 QStringLiteral("Set S2: channel 2 of all 4 images. These 36 cells share one mean "
                                "and one variance."));
        QCOMPARE(setInWords(kShape, spec(NormKind::Layer), 3),
                 QStringLiteral("Set S4: all 6 channels of image 4. These 54 cells share one mean "
                                "and one variance."));
        QCOMPARE(setInWords(kShape, spec(NormKind::Group, 2), 2),
                 QStringLiteral("Set S3: channels 1 to 3 of image 2. These 27 cells share one mean "
                                "and one variance."));
        QCOMPARE(setInWords(kShape, spec(NormKind::Group, 3), 1),
                 QStringLiteral("Set S2: channels 3 and 4 of image 1. These 18 cells share one "
                                "mean and one variance."));
        QCOMPARE(setInWords(kShape, spec(NormKind::Instance), 6),
                 QStringLiteral("Set S7: channel 1 of image 2. These 9 cells share one mean and "
                                "one variance."));
    }

    void theViewSaysWhatItShows() {
        CubeView view;
        QCOMPARE(view.accessibleName(), QStringLiteral("Cube"));
        view.display(kShape, spec(NormKind::Group, 2), 2);
        QCOMPARE(view.accessibleDescription(), setInWords(kShape, spec(NormKind::Group, 2), 2));
        view.resize(view.sizeHint());
        const QImage before = view.grab().toImage();
        view.display(kShape, spec(NormKind::Group, 2), 3);
        QVERIFY(view.grab().toImage() != before);
    }
};

QTEST_MAIN(CubePictureTest)
#include "cube_picture_test.moc"
