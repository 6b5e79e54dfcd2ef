#include "ui/chart/curve_data.h"

#include <algorithm>
#include <cmath>

namespace normscope {

bool CurvePoint::isGap() const {
    return !std::isfinite(y);
}

void ValuePyramid::append(double value) {
    values_.push_back(value);
    // Every kFanOut entries of one level complete a node of the next.
    std::size_t entries = values_.size();
    for (std::size_t level = 0; entries % kFanOut == 0; ++level) {
        if (level == levels_.size()) {
            levels_.emplace_back();
        }
        Extremes node;
        mergeLevel(node, level, entries - kFanOut, entries);
        levels_[level].push_back(node);
        entries = levels_[level].size();
    }
}

void ValuePyramid::clear() {
    values_.clear();
    levels_.clear();
}

Extremes ValuePyramid::extremes(std::size_t first, std::size_t last) const {
    Extremes found;
    last = std::min(last, values_.size());
    // The ragged ends of each level are merged one by one, the middle from the level above.
    for (std::size_t level = 0; first < last; ++level) {
        const std::size_t middleFirst = std::min(last, (first + kFanOut - 1) / kFanOut * kFanOut);
        const std::size_t middleLast = std::max(middleFirst, last / kFanOut * kFanOut);
        mergeLevel(found, level, first, middleFirst);
        mergeLevel(found, level, middleLast, last);
        first = middleFirst / kFanOut;
        last = middleLast / kFanOut;
    }
    return found;
}

void ValuePyramid::mergeLevel(Extremes& into, std::size_t level, std::size_t first,
                              std::size_t last) const {
    for (std::size_t index = first; index < last; ++index) {
        if (level > 0) {
            merge(into, levels_[level - 1][index]);
        } else if (std::isfinite(values_[index])) {
            merge(into, {index, index});
        }
    }
}

void ValuePyramid::merge(Extremes& into, const Extremes& other) const {
    if (other.empty()) {
        return;
    }
    if (into.empty()) {
        into = other;
        return;
    }
    // Equal values: the earlier one, whatever the order of merging.
    const auto lower = [this](std::size_t a, std::size_t b) {
        return values_[a] < values_[b] || (values_[a] == values_[b] && a < b);
    };
    const auto higher = [this](std::size_t a, std::size_t b) {
        return values_[a] > values_[b] || (values_[a] == values_[b] && a < b);
    };
    if (lower(other.lowest, into.lowest)) {
        into.lowest = other.lowest;
    }
    if (higher(other.highest, into.highest)) {
        into.highest = other.highest;
    }
}

double DebiasedAverage::add(double value) {
    if (!std::isfinite(value)) {
        return value;
    }
    sum_ = weight_ * sum_ + (1.0 - weight_) * value;
    seen_ = weight_ * seen_ + (1.0 - weight_);
    return sum_ / seen_;
}

void CurveData::append(double x, double y) {
    if (!std::isfinite(x) || (!xs_.empty() && x < xs_.back())) {
        return;
    }
    xs_.push_back(x);
    raw_.append(y);
    if (weight_ > 0.0) {
        smoothed_.append(average_.add(y));
    }
}

void CurveData::setSmoothing(double weight) {
    weight = std::clamp(weight, 0.0, 0.999);
    if (weight == weight_) {
        return;
    }
    weight_ = weight;
    average_ = DebiasedAverage(weight);
    smoothed_.clear();
    if (weight_ > 0.0) {
        for (std::size_t index = 0; index < raw_.size(); ++index) {
            smoothed_.append(average_.add(raw_[index]));
        }
    }
}

std::size_t CurveData::nearest(double x) const {
    const auto after = std::lower_bound(xs_.begin(), xs_.end(), x);
    if (after == xs_.begin()) {
        return 0;
    }
    const auto index = static_cast<std::size_t>(after - xs_.begin());
    return after == xs_.end() || x - xs_[index - 1] <= xs_[index] - x ? index - 1 : index;
}

namespace {

void appendColumn(std::vector<CurvePoint>& points, const std::vector<double>& xs,
                  const ValuePyramid& ys, std::size_t first, std::size_t last) {
    const auto keep = [&](std::size_t index) { points.push_back({xs[index], ys[index]}); };
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

}  // namespace

std::vector<CurvePoint> thinned(const std::vector<double>& xs, const ValuePyramid& ys, double lower,
                                double upper, int columns) {
    std::vector<CurvePoint> points;
    if (xs.empty() || columns < 1 || !(lower < upper)) {
        return points;
    }
    const auto indexOf = [&](auto iterator) {
        return static_cast<std::size_t>(iterator - xs.begin());
    };
    const std::size_t first = indexOf(std::lower_bound(xs.begin(), xs.end(), lower));
    const std::size_t last = indexOf(std::upper_bound(xs.begin(), xs.end(), upper));
    if (first > 0) {
        points.push_back({xs[first - 1], ys[first - 1]});
    }
    if (last - first <= 2 * static_cast<std::size_t>(columns)) {
        for (std::size_t index = first; index < last; ++index) {
            points.push_back({xs[index], ys[index]});
        }
    } else {
        points.reserve(2 * static_cast<std::size_t>(columns) + 2);
        std::size_t columnFirst = first;
        for (int column = 1; column <= columns; ++column) {
            const double edge = lower + (upper - lower) * column / columns;
            const std::size_t columnLast =
                column == columns ? last
                                  : indexOf(std::lower_bound(
                                        xs.begin() + static_cast<std::ptrdiff_t>(columnFirst),
                                        xs.begin() + static_cast<std::ptrdiff_t>(last), edge));
            if (columnFirst < columnLast) {
                appendColumn(points, xs, ys, columnFirst, columnLast);
            }
            columnFirst = columnLast;
        }
    }
    if (last < xs.size()) {
        points.push_back({xs[last], ys[last]});
    }
    return points;
}

}  // namespace normscope
