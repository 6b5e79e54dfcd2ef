#pragma once

#include <qcustomplot.h>

#include <span>

namespace normscope {

/// The line of a curve. On pixels a wide or dashed one is painted in short pieces: a rasterizer's
/// time for one outline grows much faster than its length, and in pieces a noisy line costs a
/// tenth. As vectors it is cut at the edges of the plot, because SVG files written by Qt know no
/// clipping.
class CurveLine : public QCPGraph {
    Q_OBJECT

  public:
    using QCPGraph::QCPGraph;

  protected:
    void draw(QCPPainter* painter) override;

  private:
    void drawInPieces(QPainter& painter, std::span<const QPointF> points) const;
    void drawClipped(QPainter& painter, std::span<const QPointF> points) const;
};

}  // namespace normscope
