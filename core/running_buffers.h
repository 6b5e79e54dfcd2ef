#pragma once

#include <array>
#include <span>

#include "core/network.h"

namespace normscope {

/// Running mean and variance of a norm layer, one of each per channel, wherever they live. Empty
/// unless it is batch norm.
struct RunningBuffer {
    std::span<float> mean;
    std::span<float> variance;
};
using RunningBuffers = std::array<RunningBuffer, kNormLayerCount>;

}  // namespace normscope
