#include "ui/normalize/sheet_picture.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QTest>

#include "core/sample_tensors.h"
#include "tests/picture_svg.h"
#include "ui/normalize/sheet_painter.h"
#include "ui/theme.h"

using namespace normscope;

namespace {

SheetState stateOf(const Tensor4& input, const NormSpec& spec) {
    SheetState state;
    state.input = std::make_shared<const Tensor4>(input);
    state.spec = spec;
    state.affine = Affine::identity(input.shape.channels);
    state.running = RunningStatistics::initial(input.shape.channels);
    return state;
}

QImage painted(const Picture& picture, QSize size) {
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::red);
    QPainter painter(&image);
    picture.paint(painter, size);
    return image;
}

constexpr NormSpec kBatch{.kind = NormKind::Batch};

}  // namespace

class SheetPictureTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void coversAllOfItsSizeInLightColours() {
        QApplication::setPalette(darkPalette());
        const Picture picture = sheetPicture(stateOf(classExample(), kBatch));
        for (const QSize size : {picture.naturalSize, QSize(900, 300), QSize(300, 900)}) {
            const QImage image = painted(picture, size);
            for (const QPoint corner :
                 {QPoint(0, 0), QPoint(size.width() - 1, 0), QPoint(0, size.height() - 1),
                  QPoint(size.width() - 1, size.height() - 1)}) {
                QCOMPARE(image.pixelColor(corner), lightPalette().color(QPalette::Base));
            }
        }
        QApplication::setPalette(lightPalette());
    }

    void showsEverySet() {
        const Picture picture = sheetPicture(stateOf(classExample(), kBatch));
        const QImage image = painted(picture, picture.naturalSize);
        for (int set = 0; set < 4; ++set) {
            const QRgb tint = setColours(set, lightPalette()).tint.rgb();
            int count = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    count += image.pixel(x, y) == tint ? 1 : 0;
                }
            }
            QVERIFY(count > 1000);
        }
    }

    /// The closure keeps what it needs: the state may be gone, or another.
    void outlivesTheState() {
        auto state = std::make_unique<SheetState>(stateOf(classExample(), kBatch));
        const Picture picture = sheetPicture(*state);
        const QImage before = painted(picture, picture.naturalSize);
        state->input = std::make_shared<const Tensor4>(constantTensor({4, 4, 2, 2}, 9.0));
        state.reset();
        QCOMPARE(painted(picture, picture.naturalSize), before);
    }

    void runningStatisticsAreThoseOfTheState() {
        SheetState state = stateOf(classExample(), kBatch);
        const Picture training = sheetPicture(state);
        state.training = false;
        const Picture running = sheetPicture(state);
        QVERIFY(painted(training, training.naturalSize) != painted(running, training.naturalSize));
    }

    void isAsLargeAsTheSheetButNoMonster() {
        const QSize toy = sheetPicture(stateOf(classExample(), kBatch)).naturalSize;
        QVERIFY(toy.width() > 500 && toy.height() > 300);
        const QSize largest =
            sheetPicture(stateOf(smallIntegers({32, 32, 28, 28}, 1), kBatch)).naturalSize;
        QVERIFY(largest.width() <= 4100 && largest.height() <= 4100);
    }

    void vectorsKeepTheNumbersAsText() {
        const Picture picture = sheetPicture(stateOf(classExample(), kBatch));
        const QByteArray svg = testing::svgOf(picture);
        QVERIFY(svg.contains(">-1.091</text>"));
        QVERIFY(svg.contains(">S4</text>"));
        QVERIFY(!svg.contains("<image"));
    }
};

QTEST_MAIN(SheetPictureTest)
#include "sheet_picture_test.moc"
