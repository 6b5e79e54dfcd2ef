#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>
#include <QRect>
#include <QVector>
#include <cstdint>
#include <span>
#include <vector>

namespace normscope {

class RoundPen;
class SteepPen;

/// Draws long noisy lines into a picture, some ten times faster than QPainter, whose strokers build
/// an outline first. Only the part of the picture within the clip is touched. Coordinates are
/// pixels of the picture; a point whose y is NaN breaks the line.
class LineRaster {
  public:
    /// `image` is of Format_ARGB32_Premultiplied and outlives the raster.
    explicit LineRaster(QImage& image);

    void setClip(const QRect& clip);
    const QRect& clip() const { return clip_; }
    /// Makes the picture within the clip transparent.
    void clear();

    /// Smooth, with round joins. `dashes` are lengths of lines and gaps in turn, in pixels; none: a
    /// solid line. `length` is how long the line was before the first of the points.
    void drawWide(std::span<const QPointF> points, double width, const QVector<double>& dashes,
                  double length, const QColor& color);

    /// One pixel wide and not smoothed.
    void drawThin(std::span<const QPointF> points, const QColor& color);

  private:
    /// Rows of one pixel column, both included; none if top > bottom.
    struct Run {
        int top;
        int bottom;
    };

    void drawSegment(QPointF from, QPointF to, double reach, const QVector<double>& dashes,
                     double start);
    void cover(QPointF from, QPointF to, double reach);
    void coverDashed(QPointF from, QPointF to, double reach, const QVector<double>& dashes,
                     double start);
    void coverRows(const RoundPen& pen, const QRect& box, int first, int last);
    void coverSteep(const SteepPen& pen, const QRect& box, int first, int last);
    std::uint8_t* coverage(int y);
    void fillCovered(const QColor& color);
    void extendRuns(QPointF from, QPointF to);

    QImage& image_;
    QRect clip_;
    std::ptrdiff_t stride_;
    /// Of the whole picture, and a little more, for whoever reads some pixels at once; all zero
    /// between drawings.
    std::vector<std::uint8_t> coverage_;
    QRect covered_;
    std::vector<Run> runs_;
};

}  // namespace normscope
