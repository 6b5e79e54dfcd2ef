#pragma once

#include <qcustomplot.h>

#include "ui/norm_style.h"

namespace normscope {

// What the figures of an experiment draw alike.

inline constexpr double kCurveWidth = 2.0;
inline constexpr double kMarkerSide = 8.0;

/// Points without a line between them.
void showAsMarks(QCPGraph& graph, const CurveStyle& style, double side);

/// Ticks at whole numbers alone.
QSharedPointer<QCPAxisTicker> wholeNumberTicker();

/// Shows `lowest` to `highest` with some room at either end, but nothing below `floor`. A range
/// that is empty or a point becomes one that can be drawn.
void fitAxis(QCPAxis& axis, double lowest, double highest, double floor);

}  // namespace normscope
