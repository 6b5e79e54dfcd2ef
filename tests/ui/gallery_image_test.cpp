#include "ui/misclassified/gallery_image.h"

#include <QPainter>
#include <QTest>
#include <array>

#include "ui/theme.h"

using namespace normscope;

class GalleryImageTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }

    void chooseWholeDevicePixels_data() {
        QTest::addColumn<double>("ratio");
        for (const double ratio : {1.0, 1.25, 1.5, 2.0, 3.0}) {
            QTest::addRow("%g", ratio) << ratio;
        }
    }

    /// On every screen each pixel of the digit is a square of one colour, on paper of another.
    void chooseWholeDevicePixels() {
        QFETCH(double, ratio);
        std::array<std::uint8_t, kImagePixels> ink{};
        for (std::size_t pixel = 0; pixel < ink.size(); ++pixel) {
            ink[pixel] = static_cast<std::uint8_t>(pixel * 37 % 256);
        }
        for (const bool dark : {false, true}) {
            for (const double magnification : {1.0, 2.0, 3.0}) {
                const DigitScale scale = digitScale(magnification, ratio);
                QVERIFY(std::abs(scale.devicePixels - magnification * ratio) <= 0.5);
                const int side = kImageSide * scale.devicePixels;
                QImage screen(side + 40, side + 40, QImage::Format_RGB32);
                screen.setDevicePixelRatio(ratio);
                screen.fill(Qt::magenta);
                QPainter painter(&screen);
                paintDigit(painter, QPointF(7.3, 3.9), ink, scale, dark);
                painter.end();

                const QImage expected = digitImage(ink, {1, 1.0}, dark);
                const QPoint corner(qRound(7.3 * ratio), qRound(3.9 * ratio));
                for (int y = 0; y < side; ++y) {
                    for (int x = 0; x < side; ++x) {
                        QCOMPARE(screen.pixel(corner + QPoint(x, y)),
                                 expected.pixel(x / scale.devicePixels, y / scale.devicePixels));
                    }
                }
                QCOMPARE(screen.pixelColor(corner - QPoint(1, 1)), QColor(Qt::magenta));
                QCOMPARE(screen.pixelColor(corner + QPoint(side, side)), QColor(Qt::magenta));
            }
        }
    }

    /// Also through a projector, which dims what is faint.
    void readsInLightAndDark() {
        std::array<std::uint8_t, kImagePixels> ink{};
        ink[0] = 255;
        for (const bool dark : {false, true}) {
            const QImage image = digitImage(ink, {1, 1.0}, dark);
            QVERIFY(contrastRatio(image.pixelColor(0, 0), image.pixelColor(1, 0)) > 12.0);
            QCOMPARE(image.pixelColor(0, 0).lightnessF() > image.pixelColor(1, 0).lightnessF(),
                     dark);
        }
    }
};

QTEST_MAIN(GalleryImageTest)
#include "gallery_image_test.moc"
