#pragma once

#include <QPainter>

#include "ui/normalize/sheet_painter.h"

namespace normscope {

/// Fills the cells of a part that lie in `exposed` with colours, pixel by pixel of the device: the
/// lightness of a set's hue is the value, or with a gradient the input shows derivatives.
/// `gradient` may be null; the largest derivative is asked for once by the caller.
struct HeatContent {
    SheetPart part;
    const OutputGradient* gradient = nullptr;
    double largestDerivative = 0.0;
};
void paintHeat(QPainter& painter, const SheetScene& scene, const HeatContent& content,
               const QRectF& exposed);

/// The tensor of a part.
const Tensor4& valuesOf(const SheetScene& scene, SheetPart part);

}  // namespace normscope
