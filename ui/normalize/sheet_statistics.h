#pragma once

#include <QPainter>

#include "ui/normalize/sheet_painter.h"

namespace normscope {

// The numbers around the cells, as far as they lie in `exposed`.

/// Label, mean, variance and sqrt(variance + eps) of every set, and their names.
void paintStatistics(QPainter& painter, const SheetScene& scene, const QRectF& exposed, qreal zoom);

/// Whether any number of this set is large enough to be read, and so painted.
bool showsStatistics(QPainter& painter, const SheetScene& scene, int set, qreal zoom);

/// Gamma and beta above each column of the output.
void paintAffine(QPainter& painter, const SheetScene& scene, const QRectF& exposed, qreal zoom);

/// "S1" on the colour of its set.
void paintSetLabel(QPainter& painter, const SheetScene& scene, int set, const QRectF& rect,
                   qreal zoom);

}  // namespace normscope
