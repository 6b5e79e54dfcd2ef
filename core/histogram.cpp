#include "core/histogram.h"

#include <algorithm>
#include <cmath>

namespace normscope {

ValueRange rangeOf(std::span<const double> values) {
    ValueRange range;
    bool found = false;
    for (const double value : values) {
        if (!std::isfinite(value)) {
            continue;
        }
        range.low = found ? std::min(range.low, value) : value;
        range.high = found ? std::max(range.high, value) : value;
        found = true;
    }
    return range;
}

Histogram emptyHistogram(const ValueRange& range, int bins) {
    const bool wide = range.high > range.low;
    Histogram histogram;
    histogram.low = wide ? range.low : range.low - 0.5;
    histogram.high = wide ? range.high : range.high + 0.5;
    histogram.counts.assign(static_cast<std::size_t>(bins), 0);
    return histogram;
}

void addTo(Histogram& histogram, std::span<const double> values) {
    const std::size_t bins = histogram.counts.size();
    const double perUnit = static_cast<double>(bins) / (histogram.high - histogram.low);
    for (const double value : values) {
        // Also false for what is not a number.
        if (!(value >= histogram.low && value <= histogram.high)) {
            ++histogram.outside;
            continue;
        }
        // Not negative, so that it is rounded down.
        const auto bin = static_cast<std::size_t>((value - histogram.low) * perUnit);
        ++histogram.counts[std::min(bin, bins - 1)];
    }
}

}  // namespace normscope
