#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace normscope {

/// Counts of values in equally wide bins from `low` to `high`; the last bin includes `high`.
struct Histogram {
    double low = 0.0;
    double high = 1.0;
    std::vector<std::int64_t> counts;
    std::int64_t outside = 0;  ///< values below low or above high, and those that are not finite

    double binWidth() const { return (high - low) / static_cast<double>(counts.size()); }
};

struct ValueRange {
    double low = 0.0;
    double high = 0.0;
};

/// The smallest and largest of the finite values; 0 and 0 if there are none.
ValueRange rangeOf(std::span<const double> values);

/// An empty histogram that covers `range`; a range without width is widened by a half either way.
Histogram emptyHistogram(const ValueRange& range, int bins);

/// Adds the values to the counts.
void addTo(Histogram& histogram, std::span<const double> values);

}  // namespace normscope
