#pragma once

#include <QApplication>
#include <QColor>
#include <QFont>
#include <QPalette>

namespace normscope {

/// What the roles mean in both palettes. Window: the page. Base: fields and cards on it.
/// PlaceholderText: muted text, still readable on either. Mid: the outline of a control. Midlight:
/// hairlines and grooves. Highlight: the accent, with HighlightedText on it.
QPalette lightPalette();
QPalette darkPalette();

/// WCAG 2.1 contrast of two opaque colours, from 1 to 21. Text needs 4.5, outlines 3.
double contrastRatio(const QColor& a, const QColor& b);

/// `share` of `b` over `a`.
QColor blend(const QColor& a, const QColor& b, double share);

/// Whether all ten digits are equally wide, so that changing numbers do not jitter and columns of
/// them line up.
bool hasTabularFigures(const QFont& font);

/// The one family of the program at `textScale` percent of its base size.
QFont applicationFont(int textScale);

/// The step of the layout grid: 8 pixels at the base size, more as the text grows.
int gridUnit(const QFont& font);

/// That of the widget's font, or of the program's where there is no widget.
int gridUnit(const QWidget* widget);

/// Pixels between things that stand beside each other or below.
inline constexpr int kSpacing = 8;

/// Style, colours and font of the whole program. Cheap enough to follow a slider.
void applyTheme(bool dark, int textScale);

}  // namespace normscope
