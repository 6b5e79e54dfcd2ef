#include "ui/chart/curve_data.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

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
        Node node;
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
    Node found;
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
    return found.places;
}

void ValuePyramid::mergeLevel(Node& into, std::size_t level, std::size_t first,
                              std::size_t last) const {
    if (level > 0) {
        for (std::size_t index = first; index < last; ++index) {
            into.merge(levels_[level - 1][index]);
        }
        return;
    }
    for (std::size_t index = first; index < last; ++index) {
        const double value = values_[index];
        if (std::isfinite(value)) {
            into.merge({{index, index}, value, value});
        }
    }
}

/// Of equal values the earlier one counts, whatever the order of merging.
void ValuePyramid::Node::merge(const Node& other) {
    if (other.low < low || (other.low == low && other.places.lowest < places.lowest)) {
        low = other.low;
        places.lowest = other.places.lowest;
    }
    if (other.high > high || (other.high == high && other.places.highest < places.highest)) {
        high = other.high;
        places.highest = other.places.highest;
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
    if (smoothed_.weight > 0.0) {
        smoothed_.values.append(smoothed_.average.add(y));
    }
}

void CurveData::setSmoothing(double weight) {
    prepareSmoothing(weight);
    applySmoothing();
}

void CurveData::prepareSmoothing(double weight) {
    weight = std::clamp(weight, 0.0, 0.999);
    prepared_.reset();
    if (weight != smoothed_.weight) {
        prepared_ = {.weight = weight, .average = DebiasedAverage(weight), .values = {}};
        prepared_->values.reserve(weight > 0.0 ? raw_.size() : 0);
    }
}

std::size_t CurveData::prepareSome(std::size_t points) {
    if (!prepared_ || prepared_->weight == 0.0) {
        return 0;
    }
    const std::size_t first = prepared_->values.size();
    const std::size_t last = std::min(first + points, raw_.size());
    for (std::size_t index = first; index < last; ++index) {
        prepared_->values.append(prepared_->average.add(raw_[index]));
    }
    return last - first;
}

void CurveData::applySmoothing() {
    prepareSome(raw_.size());
    if (prepared_) {
        smoothed_ = *std::exchange(prepared_, std::nullopt);
        smoothedRevision_ = nextRevision();
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
