#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/chart/chart_fit.h"

namespace normscope {

/// Keeps far outliers at a distance that painters and dashes can cope with; twenty plot heights
/// away, the slope of the line that leaves the plot is still the true one. On a logarithmic axis
/// zero and below are there too: the curve falls out of the bottom of the plot.
class DrawableRange {
  public:
    DrawableRange(const AxisRange& range, bool logarithmic) {
        if (logarithmic) {
            const double reach = std::pow(range.upper / range.lower, 20.0);
            lowest_ = std::max(range.lower / reach, std::numeric_limits<double>::min());
            highest_ = std::min(range.upper * reach, std::numeric_limits<double>::max());
        } else {
            lowest_ = range.lower - 20.0 * range.size();
            highest_ = range.upper + 20.0 * range.size();
        }
    }

    double operator()(double value) const {
        return std::isfinite(value) ? std::clamp(value, lowest_, highest_)
                                    : std::numeric_limits<double>::quiet_NaN();
    }

  private:
    double lowest_;
    double highest_;
};

}  // namespace normscope
