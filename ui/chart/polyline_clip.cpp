#include "ui/chart/polyline_clip.h"

#include <QLineF>
#include <algorithm>
#include <optional>

namespace normscope {
namespace {

/// Liang and Barsky's: narrows [from, to], the part of a segment that is inside, by one edge.
bool narrow(double across, double inside, double& from, double& to) {
    if (across == 0.0) {
        return inside >= 0.0;
    }
    const double cut = inside / across;
    if (across < 0.0) {
        from = std::max(from, cut);
    } else {
        to = std::min(to, cut);
    }
    return from <= to;
}

std::optional<QLineF> clippedSegment(QPointF a, QPointF b, const QRectF& frame) {
    const QPointF way = b - a;
    double from = 0.0;
    double to = 1.0;
    const bool seen = narrow(-way.x(), a.x() - frame.left(), from, to) &&
                      narrow(way.x(), frame.right() - a.x(), from, to) &&
                      narrow(-way.y(), a.y() - frame.top(), from, to) &&
                      narrow(way.y(), frame.bottom() - a.y(), from, to);
    if (!seen) {
        return std::nullopt;
    }
    return QLineF(a + from * way, to == 1.0 ? b : a + to * way);
}

}  // namespace

std::vector<QPolygonF> clippedPolyline(std::span<const QPointF> points, const QRectF& frame) {
    std::vector<QPolygonF> parts;
    for (std::size_t point = 1; point < points.size(); ++point) {
        const auto segment = clippedSegment(points[point - 1], points[point], frame);
        if (!segment) {
            continue;
        }
        if (parts.empty() || parts.back().back() != segment->p1()) {
            parts.push_back({segment->p1()});
        }
        parts.back().append(segment->p2());
    }
    return parts;
}

}  // namespace normscope
