#include "ui/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/calm_style.h"

namespace normscope {
namespace {

/// Readable from the last row before anybody touches the text scale.
constexpr double kBasePointSize = 11.0;

/// The accent is no colour of a normalization: those mean something.
struct Colours {
    QRgb window, base, alternateBase, text, muted, disabled, button, outline, hairline, accent,
        onAccent;
};

constexpr Colours kLight{.window = 0xfff6f7f9,
                         .base = 0xffffffff,
                         .alternateBase = 0xffeceef2,
                         .text = 0xff1b1f26,
                         .muted = 0xff59616d,
                         .disabled = 0xff969da8,
                         .button = 0xffffffff,
                         .outline = 0xff868e9a,
                         .hairline = 0xffdfe2e8,
                         .accent = 0xff4a4fc4,
                         .onAccent = 0xffffffff};

constexpr Colours kDark{.window = 0xff171a1f,
                        .base = 0xff20242b,
                        .alternateBase = 0xff101317,
                        .text = 0xffe9ecf1,
                        .muted = 0xffa3acb9,
                        .disabled = 0xff666e7a,
                        .button = 0xff2a2f38,
                        .outline = 0xff747d8b,
                        .hairline = 0xff353b45,
                        .accent = 0xffa9acff,
                        .onAccent = 0xff12142e};

QPalette paletteOf(const Colours& colours) {
    QPalette palette(QColor(colours.button), QColor(colours.window));
    const auto set = [&palette](QPalette::ColorRole role, QRgb colour) {
        palette.setColor(QPalette::All, role, QColor(colour));
    };
    set(QPalette::Window, colours.window);
    set(QPalette::Base, colours.base);
    set(QPalette::AlternateBase, colours.alternateBase);
    set(QPalette::Button, colours.button);
    set(QPalette::ToolTipBase, colours.base);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        set(role, colours.text);
        palette.setColor(QPalette::Disabled, role, QColor(colours.disabled));
    }
    set(QPalette::PlaceholderText, colours.muted);
    set(QPalette::BrightText, colours.onAccent);
    set(QPalette::Light, colours.base);
    set(QPalette::Midlight, colours.hairline);
    set(QPalette::Mid, colours.outline);
    palette.setColor(QPalette::Disabled, QPalette::Mid, QColor(colours.hairline));
    set(QPalette::Dark, colours.outline);
    set(QPalette::Highlight, colours.accent);
    set(QPalette::HighlightedText, colours.onAccent);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(colours.disabled));
    set(QPalette::Link, colours.accent);
    set(QPalette::LinkVisited, colours.accent);
    return palette;
}

double relativeLuminance(const QColor& colour) {
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

/// Numbers decide: Qt 6.4 cannot switch on the tabular figures that Inter or Cantarell keep as a
/// font feature, so only a family whose plain digits are equally wide is taken. Of those named here
/// that is known; to look at it, three weights of a font have to be loaded before the first frame.
QString chooseFamily() {
    const QStringList installed = QFontDatabase::families();
    for (const char* family : {"Roboto", "Noto Sans", "Open Sans"}) {
        if (installed.contains(family)) {
            return family;
        }
    }
    QFont systemFont = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    systemFont.setPointSizeF(kBasePointSize);  // as it will be shown most often
    if (!hasTabularFigures(systemFont)) {
        for (const char* family : {"Liberation Sans", "DejaVu Sans"}) {
            if (installed.contains(family)) {
                return family;
            }
        }
    }
    return QFontInfo(systemFont).family();
}

}  // namespace

QPalette lightPalette() {
    return paletteOf(kLight);
}

QPalette darkPalette() {
    return paletteOf(kDark);
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double luminanceOfA = relativeLuminance(a);
    const double luminanceOfB = relativeLuminance(b);
    return (std::max(luminanceOfA, luminanceOfB) + 0.05) /
           (std::min(luminanceOfA, luminanceOfB) + 0.05);
}

QColor blend(const QColor& a, const QColor& b, double share) {
    const auto mixed = [share](float from, float to) {
        return static_cast<float>(from + (to - from) * share);
    };
    return QColor::fromRgbF(mixed(a.redF(), b.redF()), mixed(a.greenF(), b.greenF()),
                            mixed(a.blueF(), b.blueF()));
}

bool hasTabularFigures(const QFont& font) {
    for (const QFont::Weight weight : {QFont::Normal, QFont::DemiBold, QFont::Bold}) {
        QFont weighted(font);
        weighted.setWeight(weight);
        const QFontMetricsF metrics(weighted);
        const double width = metrics.horizontalAdvance(u'0');
        for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
            if (std::abs(metrics.horizontalAdvance(digit) - width) > 0.01) {
                return false;
            }
        }
    }
    return true;
}

QFont applicationFont(int textScale) {
    static const QString family = chooseFamily();
    QFont font(family);
    font.setStyleHint(QFont::SansSerif);
    font.setPointSizeF(kBasePointSize * textScale / 100.0);
    return font;
}

int gridUnit(const QFont& font) {
    return std::max(8, qRound(QFontInfo(font).pixelSize() * 0.55));
}

int gridUnit(const QWidget* widget) {
    return gridUnit(widget != nullptr ? widget->font() : QApplication::font());
}

void applyTheme(bool dark, int textScale) {
    if (qobject_cast<CalmStyle*>(QApplication::style()) == nullptr) {
        QApplication::setStyle(new CalmStyle);
    }
    const QPalette palette = dark ? darkPalette() : lightPalette();
    if (palette != QApplication::palette()) {
        QApplication::setPalette(palette);
        QToolTip::setPalette(palette);  // tool tips keep a palette of their own
    }
    // Every widget measures its texts anew, even for the same font.
    if (const QFont font = applicationFont(textScale); font != QApplication::font()) {
        QApplication::setFont(font);
    }
}

}  // namespace normscope
