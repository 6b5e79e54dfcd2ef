#pragma once

#include <QPainter>

#include "ui/normalize/sheet_painter.h"

namespace normscope {

/// The bands in the hues of the sets, under everything else.
void paintArrowBodies(QPainter& painter, const SheetScene& scene, const QRectF& exposed);

/// Line, head and label of the arrows, in the colour of the normalization.
void paintArrowShafts(QPainter& painter, const SheetScene& scene, const QRectF& exposed,
                      qreal zoom);

void paintArrowBody(QPainter& painter, const SheetScene& scene, const SheetArrow& arrow,
                    double strength);

}  // namespace normscope
