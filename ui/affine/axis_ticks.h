#pragma once

#include <vector>

#include "core/histogram.h"

namespace normscope {

/// Round values along an axis.
struct AxisTicks {
    std::vector<double> values;
    int decimals = 0;  ///< that tell them apart
};

/// At most `most` multiples of 1, 2 or 5 times a power of ten.
AxisTicks ticksFor(const ValueRange& range, int most);

}  // namespace normscope
