#include "core/meters.h"

#include <cmath>

namespace normscope {

void SpeedMeter::add(double images, double seconds) {
    constexpr double kHalfLife = 2.0;
    const double kept = std::exp2(-seconds / kHalfLife);
    images_ = images_ * kept + images;
    seconds_ = seconds_ * kept + seconds;
}

}  // namespace normscope
