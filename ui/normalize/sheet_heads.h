#pragma once

#include <QPainter>

#include "ui/normalize/sheet_painter.h"

namespace normscope {

/// Titles, "Channel 1" and "Image 1" of a part, as far as they lie in `exposed`.
void paintHeads(QPainter& painter, const SheetScene& scene, SheetPart part, const QRectF& exposed,
                qreal zoom);

}  // namespace normscope
