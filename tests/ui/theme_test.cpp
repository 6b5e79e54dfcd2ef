#include "ui/theme.h"

#include <QComboBox>
#include <QFontMetricsF>
#include <QImage>
#include <QPushButton>
#include <QStyleOptionComboBox>
#include <QTest>

#include "ui/calm_style.h"
#include "ui/themed_icon.h"

namespace normscope {
namespace {

constexpr double kReadable = 4.5;
constexpr double kVisible = 3.0;

double contrast(const QPalette& palette, QPalette::ColorRole a, QPalette::ColorRole b) {
    return contrastRatio(palette.color(QPalette::Active, a), palette.color(QPalette::Active, b));
}

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void cleanup();
    void contrastIsTheOneOfWcag();
    void textIsReadable_data();
    void textIsReadable();
    void everyDigitIsEquallyWide();
    void proportionalDigitsAreNoticed();
    void theTextScaleScalesTheFont();
    void theGridGrowsWithTheText();
    void themesAreAppliedToWidgets();
    void iconsTakeTheTextColour();
    void iconsAreSharpOnDenseScreens();
    void theArrowOfANarrowBarFollowsTheTheme();
    void choicesEndWithDotsWhereTheyDoNotFit();
};

void ThemeTest::cleanup() {
    applyTheme(/*dark=*/false, /*textScale=*/100);
}

void ThemeTest::contrastIsTheOneOfWcag() {
    QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastRatio(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
    QVERIFY(std::abs(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.005);
}

void ThemeTest::textIsReadable_data() {
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << lightPalette();
    QTest::newRow("dark") << darkPalette();
}

void ThemeTest::textIsReadable() {
    QFETCH(QPalette, palette);
    for (const auto ground : {QPalette::Window, QPalette::Base, QPalette::AlternateBase}) {
        for (const auto text : {QPalette::WindowText, QPalette::Text, QPalette::PlaceholderText,
                                QPalette::Link, QPalette::Highlight}) {
            QVERIFY2(contrast(palette, text, ground) >= kReadable,
                     qPrintable(QStringLiteral("role %1 on role %2").arg(text).arg(ground)));
        }
        QVERIFY(contrast(palette, QPalette::Mid, ground) >= kVisible ||
                ground == QPalette::AlternateBase);  // no control stands on alternate rows
    }
    QVERIFY(contrast(palette, QPalette::ButtonText, QPalette::Button) >= kReadable);
    QVERIFY(contrast(palette, QPalette::HighlightedText, QPalette::Highlight) >= kReadable);
    QVERIFY(contrast(palette, QPalette::ToolTipText, QPalette::ToolTipBase) >= kReadable);
}

void ThemeTest::everyDigitIsEquallyWide() {
    for (const int scale : {100, 130, 200}) {
        for (const QFont::Weight weight : {QFont::Normal, QFont::DemiBold, QFont::Bold}) {
            QFont font = applicationFont(scale);
            font.setWeight(weight);
            const QFontMetricsF metrics(font);
            for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
                QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(u'0'));
            }
        }
    }
}

void ThemeTest::proportionalDigitsAreNoticed() {
    for (const char* family :
         {"Roboto", "Noto Sans", "Open Sans", "Liberation Sans", "DejaVu Sans"}) {
        QVERIFY2(hasTabularFigures(QFont(family)), family);
    }
    for (const QString& family : {QStringLiteral("Inter"), QStringLiteral("Cantarell")}) {
        if (QFontInfo(QFont(family)).family() == family) {
            QVERIFY(!hasTabularFigures(QFont(family)));
            return;
        }
    }
    QSKIP("No font with proportional digits is installed.");
}

void ThemeTest::theTextScaleScalesTheFont() {
    applyTheme(/*dark=*/false, /*textScale=*/100);
    const double base = QApplication::font().pointSizeF();
    applyTheme(/*dark=*/false, /*textScale=*/150);
    QCOMPARE(QApplication::font().pointSizeF(), base * 1.5);
    applyTheme(/*dark=*/false, /*textScale=*/100);
    QCOMPARE(QApplication::font().pointSizeF(), base);
}

void ThemeTest::theGridGrowsWithTheText() {
    QCOMPARE(gridUnit(applicationFont(100)), 8);
    QCOMPARE(gridUnit(applicationFont(200)), 16);
}

void ThemeTest::themesAreAppliedToWidgets() {
    for (const bool dark : {true, false}) {
        applyTheme(dark, /*textScale=*/100);
        const QPushButton button(QStringLiteral("Start"));
        QCOMPARE(button.palette().color(QPalette::Window),
                 (dark ? darkPalette() : lightPalette()).color(QPalette::Window));
        QVERIFY(qobject_cast<CalmStyle*>(button.style()) != nullptr);
    }
    const int small = QPushButton(QStringLiteral("Start")).sizeHint().height();
    applyTheme(/*dark=*/false, /*textScale=*/200);
    QVERIFY(QPushButton(QStringLiteral("Start")).sizeHint().height() > small * 3 / 2);
}

void ThemeTest::iconsTakeTheTextColour() {
    for (const QPalette& palette : {lightPalette(), darkPalette()}) {
        const QImage icon =
            themedIcon(QStringLiteral("stop"), palette).pixmap(QSize(24, 24), 1.0).toImage();
        QCOMPARE(icon.pixelColor(12, 12), palette.color(QPalette::ButtonText));
        QCOMPARE(icon.pixelColor(0, 0).alpha(), 0);
    }
}

void ThemeTest::iconsAreSharpOnDenseScreens() {
    const QPixmap icon =
        themedIcon(QStringLiteral("start"), lightPalette()).pixmap(QSize(24, 24), 2.0);
    QCOMPARE(icon.size(), QSize(48, 48));
    QCOMPARE(icon.devicePixelRatio(), 2.0);
}

/// The bar keeps the icon that it was given before the theme changed.
void ThemeTest::theArrowOfANarrowBarFollowsTheTheme() {
    const QIcon icon =
        QApplication::style()->standardIcon(QStyle::SP_ToolBarHorizontalExtensionButton);
    for (const bool dark : {true, false}) {
        applyTheme(dark, /*textScale=*/100);
        const QImage arrow = icon.pixmap(QSize(24, 24), 1.0).toImage();
        const QColor wanted = QApplication::palette().color(QPalette::ButtonText);
        QCOMPARE(arrow.pixelColor(0, 0).alpha(), 0);
        bool found = false;
        for (int x = 0; x < arrow.width(); ++x) {
            found |= arrow.pixelColor(x, arrow.height() / 2) == wanted;
        }
        QVERIFY(found);
    }
}

void ThemeTest::choicesEndWithDotsWhereTheyDoNotFit() {
    const auto painted = [](const QString& text) {
        QComboBox box;
        box.addItem(text);
        box.resize(140, 36);
        return box.grab().toImage();
    };
    const QImage cut = painted(QStringLiteral("Norm 1: 8 channels and more"));
    QComboBox box;
    box.resize(140, 36);
    QStyleOptionComboBox option;
    option.initFrom(&box);
    const int room =
        box.style()
            ->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box)
            .width();
    const QString fitting =
        QFontMetrics(box.font())
            .elidedText(QStringLiteral("Norm 1: 8 channels and more"), Qt::ElideRight, room - 2);
    QVERIFY(fitting.endsWith(QChar(0x2026)));
    QCOMPARE(cut, painted(fitting));
    QVERIFY(cut != painted(fitting.chopped(1)));
}

}  // namespace normscope

QTEST_MAIN(normscope::ThemeTest)
#include "theme_test.moc"
