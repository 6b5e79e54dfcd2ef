#include "ui/chart/curve_line.h"

#include <algorithm>
#include <cmath>

#include "ui/chart/polyline_clip.h"

namespace normscope {
namespace {

constexpr std::size_t kPieceSegments = 6;

double length(std::span<const QPointF> points) {
    double sum = 0.0;
    for (std::size_t point = 1; point < points.size(); ++point) {
        sum += QLineF(points[point - 1], points[point]).length();
    }
    return sum;
}

/// Calls `use` with each run of points between gaps.
template <typename Use>
void forEachRun(const QVector<QPointF>& points, Use use) {
    const auto isGap = [](const QPointF& point) { return std::isnan(point.y()); };
    for (auto first = points.cbegin(); first != points.cend();) {
        const auto end = std::find_if(first, points.cend(), isGap);
        use(std::span(first, end));
        first = std::find_if_not(end, points.cend(), isGap);
    }
}

}  // namespace

void CurveLine::draw(QCPPainter* painter) {
    const bool vectors = painter->modes().testFlag(QCPPainter::pmVectorized);
    if (!vectors && pen().widthF() <= 1.0) {
        QCPGraph::draw(painter);  // has a fast path of its own
        return;
    }
    QVector<QPointF> points;
    getLines(&points, QCPDataRange(0, dataCount()));
    applyDefaultAntialiasingHint(painter);
    painter->setBrush(Qt::NoBrush);
    forEachRun(points, [&](std::span<const QPointF> run) {
        vectors ? drawClipped(*painter, run) : drawInPieces(*painter, run);
    });
}

/// The pieces share their end points, and each takes up the dashes where the last one left them.
void CurveLine::drawInPieces(QPainter& painter, std::span<const QPointF> points) const {
    QPen piecePen = pen();
    const bool dashed = piecePen.style() != Qt::SolidLine;
    piecePen.setCapStyle(dashed ? Qt::FlatCap : Qt::RoundCap);
    double drawn = 0.0;
    for (std::size_t first = 0; first + 1 < points.size(); first += kPieceSegments) {
        const auto piece =
            points.subspan(first, std::min(kPieceSegments + 1, points.size() - first));
        if (dashed) {
            piecePen.setDashOffset(drawn / piecePen.widthF());
            drawn += length(piece);
        }
        painter.setPen(piecePen);
        painter.drawPolyline(piece.data(), static_cast<int>(piece.size()));
    }
}

void CurveLine::drawClipped(QPainter& painter, std::span<const QPointF> points) const {
    painter.setPen(pen());
    for (const QPolygonF& part : clippedPolyline(points, clipRect())) {
        painter.drawPolyline(part);
    }
}

}  // namespace normscope
