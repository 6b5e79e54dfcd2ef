#include "ui/chart/growing_thinning.h"

#include <algorithm>
#include <cmath>

namespace normscope {
namespace {

std::size_t indexOf(const std::vector<double>& xs, std::vector<double>::const_iterator place) {
    return static_cast<std::size_t>(place - xs.begin());
}

}  // namespace

void GrowingThinning::reset() {
    window_ = {};
}

void GrowingThinning::update(const std::vector<double>& xs, const ValuePyramid& ys,
                             const Window& window) {
    // A curve that has not reached the window may get another last point before it.
    if (window != window_ || first_ >= known_ || next_ > xs.size()) {
        window_ = window;
        start(xs, ys);
    } else {
        kept_ = complete_ ? points_.size() : settled_;
    }
    known_ = xs.size();
    if (complete_ || window_.columns < 1 || !(window_.lower < window_.upper)) {
        return;
    }
    points_.resize(settled_);
    const auto unsettled = xs.begin() + static_cast<std::ptrdiff_t>(next_);
    const std::size_t last = indexOf(xs, std::upper_bound(unsettled, xs.end(), window_.upper));
    const std::size_t most = 2 * static_cast<std::size_t>(window_.columns);
    if (!inColumns_ && last - first_ > most) {
        start(xs, ys);
        inColumns_ = true;
    }
    inColumns_ ? takeColumns(xs, ys, last) : takeAll(xs, ys, last);
    complete_ = last < xs.size();
    if (complete_) {
        points_.push_back({xs[last], ys[last]});
    }
}

void GrowingThinning::start(const std::vector<double>& xs, const ValuePyramid& ys) {
    points_.clear();
    first_ = indexOf(xs, std::lower_bound(xs.begin(), xs.end(), window_.lower));
    const bool canBeSeen = window_.columns >= 1 && window_.lower < window_.upper;
    if (first_ > 0 && canBeSeen) {
        points_.push_back({xs[first_ - 1], ys[first_ - 1]});
    }
    settled_ = points_.size();
    next_ = first_;
    column_ = 1;
    kept_ = 0;
    inColumns_ = false;
    complete_ = false;
}

void GrowingThinning::takeAll(const std::vector<double>& xs, const ValuePyramid& ys,
                              std::size_t last) {
    for (; next_ < last; ++next_) {
        points_.push_back({xs[next_], ys[next_]});
    }
    settled_ = points_.size();
}

void GrowingThinning::takeColumns(const std::vector<double>& xs, const ValuePyramid& ys,
                                  std::size_t last) {
    const auto end = xs.begin() + static_cast<std::ptrdiff_t>(last);
    const double width = window_.upper - window_.lower;
    for (; column_ <= window_.columns; ++column_) {
        const double edge = window_.lower + width * column_ / window_.columns;
        const auto from = xs.begin() + static_cast<std::ptrdiff_t>(next_);
        const std::size_t columnLast =
            column_ == window_.columns ? last : indexOf(xs, std::lower_bound(from, end, edge));
        if (next_ < columnLast) {
            takeColumn(xs, ys, next_, columnLast);
        }
        if (columnLast == last) {
            break;  // more may come into this column
        }
        next_ = columnLast;
        settled_ = points_.size();
    }
}

void GrowingThinning::takeColumn(const std::vector<double>& xs, const ValuePyramid& ys,
                                 std::size_t first, std::size_t last) {
    const auto keep = [&](std::size_t index) { points_.push_back({xs[index], ys[index]}); };
    const bool startsWithGap = !std::isfinite(ys[first]);
    const bool endsWithGap = !std::isfinite(ys[last - 1]);
    const Extremes found = ys.extremes(first, last);
    if (startsWithGap) {
        keep(first);
    }
    if (found.empty()) {
        return;
    }
    keep(std::min(found.lowest, found.highest));
    if (found.lowest != found.highest) {
        keep(std::max(found.lowest, found.highest));
    }
    if (endsWithGap) {
        keep(last - 1);
    }
}

std::vector<CurvePoint> thinned(const std::vector<double>& xs, const ValuePyramid& ys, double lower,
                                double upper, int columns) {
    GrowingThinning thinning;
    thinning.update(xs, ys, {lower, upper, columns});
    return thinning.points();
}

}  // namespace normscope
