#pragma once

#include <cstdint>

#include "core/tensor4.h"

namespace normscope {

// Tensors whose arithmetic can be followed in the head.

/// Integers from -3 to 3, drawn from a stream of their own for this seed.
Tensor4 smallIntegers(const Shape4& shape, std::uint64_t seed);

/// Four images of four channels of 2 x 2, with the mean of every channel, image and group an
/// integer or a simple fraction: small enough to be worked out on a board.
Tensor4 classExample();

/// The same number everywhere: every variance is 0, and eps alone keeps the division finite.
Tensor4 constantTensor(const Shape4& shape, double value);

/// smallIntegers() with the first cell replaced by a number far outside their range.
Tensor4 outlierTensor(const Shape4& shape, std::uint64_t seed, double outlier);

}  // namespace normscope
