#pragma once

#include <cstddef>
#include <vector>

#include "ui/chart/curve_data.h"

namespace normscope {

/// What of a curve a painter needs for `columns` pixel columns over x in [lower, upper]: of each
/// column the lowest and the highest point, in their order; all points where they are no more than
/// that; and the neighbours just outside, so that lines run off the edge. A gap at either end of a
/// column is kept as one point; one inside a column would be narrower than a pixel and is dropped.
///
/// While a curve grows at its end, only its last column is looked at again.
class GrowingThinning {
  public:
    struct Window {
        double lower = 0.0;
        double upper = 0.0;
        int columns = 0;
        friend bool operator==(const Window&, const Window&) = default;
    };

    /// Starts over when the window is another one, in O(columns log n).
    void update(const std::vector<double>& xs, const ValuePyramid& ys, const Window& window);
    /// The next update() starts over: earlier values have changed.
    void reset();

    const std::vector<CurvePoint>& points() const { return points_; }
    /// How many of the points the last update() found the same as before; 0 if it started over.
    std::size_t kept() const { return kept_; }

  private:
    void start(const std::vector<double>& xs, const ValuePyramid& ys);
    void takeAll(const std::vector<double>& xs, const ValuePyramid& ys, std::size_t last);
    void takeColumns(const std::vector<double>& xs, const ValuePyramid& ys, std::size_t last);
    void takeColumn(const std::vector<double>& xs, const ValuePyramid& ys, std::size_t first,
                    std::size_t last);

    Window window_;
    std::vector<CurvePoint> points_;
    std::size_t kept_ = 0;
    std::size_t settled_ = 0;  ///< points that will stay while the curve only grows
    std::size_t known_ = 0;    ///< values at the last update
    std::size_t first_ = 0;    ///< index of the first value within the window
    std::size_t next_ = 0;     ///< index of the first value that is not settled
    int column_ = 1;           ///< that the next value is in, or a later one
    bool inColumns_ = false;   ///< there are too many values to keep all
    bool complete_ = false;    ///< the curve goes on beyond the window
};

/// The points of a GrowingThinning, once.
std::vector<CurvePoint> thinned(const std::vector<double>& xs, const ValuePyramid& ys, double lower,
                                double upper, int columns);

}  // namespace normscope
