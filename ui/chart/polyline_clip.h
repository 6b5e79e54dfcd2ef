#pragma once

#include <QPolygonF>
#include <QRectF>
#include <span>
#include <vector>

namespace normscope {

/// The parts of a line from point to point that lie within `frame`, in order.
std::vector<QPolygonF> clippedPolyline(std::span<const QPointF> points, const QRectF& frame);

}  // namespace normscope
