#pragma once

#include <QPointF>

#include "ui/chart/chart_fit.h"

namespace normscope {

/// Which axes a zoom changes.
enum class ZoomAxes { Both, X, Y };

/// The view `factor` times as wide (below 1: closer), with `centre` staying where it is; y runs on
/// the chart's own scale. Never so close that a line between two points would cross the view many
/// thousand times over.
ChartView zoomed(const ChartContent& content, const ChartView& view, double factor, QPointF centre,
                 ZoomAxes axes);

/// Whether the view shows all that `other` shows.
bool covers(const ChartView& view, const ChartView& other);

/// The view moved sideways by as little as shows x.
ChartView scrolledTo(const ChartView& view, double x);

}  // namespace normscope
