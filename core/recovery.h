#pragma once

#include <array>
#include <optional>

#include "core/normalization.h"

namespace normscope {

/// The norms whose recovery is compared, in the order of the table.
inline constexpr std::array kComparedNorms{NormKind::Batch, NormKind::Layer, NormKind::Group,
                                           NormKind::Instance};

/// How far from the original gamma and beta leave the output, with one pair for each channel: the
/// largest |y - x|.
struct Recovery {
    double imageWithItsPairs = 0.0;  ///< the chosen image, with the pairs that restore it
    double batchWithItsPairs = 0.0;  ///< all images, with those same pairs
    double batchAtBest = 0.0;        ///< all images: no pair of each channel leaves less
};

/// Measures `input` under one norm; some milliseconds for the largest samples.
Recovery measureRecovery(const Tensor4& input, const NormSpec& spec, int image);

}  // namespace normscope
