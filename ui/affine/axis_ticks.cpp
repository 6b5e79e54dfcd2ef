#include "ui/affine/axis_ticks.h"

#include <algorithm>
#include <cmath>

namespace normscope {

AxisTicks ticksFor(const ValueRange& range, int most) {
    const double span = range.high - range.low;
    if (!(span > 0.0) || !std::isfinite(span)) {
        return {};
    }
    const double least = span / std::max(most, 1);
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    double step = 10.0 * power;
    for (const double factor : {5.0, 2.0, 1.0}) {
        step = factor * power >= least ? factor * power : step;
    }
    AxisTicks ticks;
    ticks.decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
    const auto first = static_cast<long>(std::ceil(range.low / step));
    const auto last = static_cast<long>(std::floor(range.high / step));
    for (long tick = first; tick <= last; ++tick) {
        ticks.values.push_back(static_cast<double>(tick) * step);
    }
    return ticks;
}

}  // namespace normscope
