#include <QImage>
#include <QRegularExpression>
#include <QTest>
#include <cstdlib>

#include "ui/themed_icon.h"

namespace normscope {

/// The picture that desktops without SVG show is the drawing that the window has.
class ApplicationIconTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void thePictureIsTheDrawing() {
        const QImage picture(NORMSCOPE_MNIST "/../../icons/org.normscope.Normscope.png");
        QCOMPARE(picture.size(), QSize(256, 256));
        const QImage drawing = applicationIcon().pixmap(picture.size()).toImage();
        QCOMPARE(drawing.size(), picture.size());
        // Edges may be smoothed in another way.
        int different = 0;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                const QColor a = picture.pixelColor(x, y);
                const QColor b = drawing.pixelColor(x, y);
                constexpr int kVisible = 32;
                different += std::abs(a.alpha() - b.alpha()) > kVisible ||
                             (a.alpha() == 255 && (std::abs(a.red() - b.red()) > kVisible ||
                                                   std::abs(a.blue() - b.blue()) > kVisible));
            }
        }
        QVERIFY2(different < 100, qPrintable(QString::number(different)));
    }
};

}  // namespace normscope

QTEST_MAIN(normscope::ApplicationIconTest)
#include "application_icon_test.moc"
