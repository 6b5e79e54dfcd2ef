#pragma once

#include <QColor>
#include <QPalette>
#include <array>

namespace normscope {

/// Colours of 256 values from the smallest to the largest.
using ColourRamp = std::array<QRgb, 256>;

/// The hue of a statistics set, from nearly the ground to nearly the text.
const ColourRamp& valueRamp(int set, const QPalette& palette);

/// Blue for negative, the ground for 0 (in the middle), orange for positive numbers.
const ColourRamp& derivativeRamp(const QPalette& palette);

/// Place in derivativeRamp(). Grows with the square root, for a cell's derivative with respect to
/// itself is far larger than all others; whatever is not 0 is told apart from 0.
int derivativeStep(double derivative, double largest);

/// Black or white, whichever is easier to read on `ground`: one of them always is.
QColor textOn(const QColor& ground);

}  // namespace normscope
