#include "ui/chart/curve_data.h"

#include <algorithm>
#include <atomic>
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
    revision_ = nextRevision();
    weight_ = weight;
    average_ = DebiasedAverage(weight);
    smoothed_.clear();
    if (weight_ > 0.0) {
        for (std::size_t index = 0; index < raw_.size(); ++index) {
            smoothed_.append(average_.add(raw_[index]));
        }
    }
}

std::uint64_t CurveData::nextRevision() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

std::size_t CurveData::nearest(double x) const {
    const auto after = std::lower_bound(xs_.begin(), xs_.end(), x);
    if (after == xs_.begin()) {
        return 0;
    }
    const auto index = static_cast<std::size_t>(after - xs_.begin());
    return after == xs_.end() || x - xs_[index - 1] <= xs_[index] - x ? index - 1 : index;
}

}  // namespace normscope
