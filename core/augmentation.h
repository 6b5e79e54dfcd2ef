#pragma once

#include <span>

#include "core/dataset.h"
#include "core/random.h"

namespace normscope {

/// One small affine change of an image about its centre.
struct AffineChange {
    double degrees = 0.0;  ///< turned clockwise on the screen
    double scale = 1.0;    ///< above 1 is larger
    double shiftX = 0.0;   ///< pixels to the right
    double shiftY = 0.0;   ///< pixels down
};

/// Drawn uniformly: up to 10 degrees, 10 % and 2 pixels either way.
AffineChange randomAffineChange(RandomStream& random);

/// The changed image, grey values 0..255 sampled bilinearly; what comes from outside is paper (0).
void applyAffineChange(const AffineChange& change,
                       std::span<const std::uint8_t, kImagePixels> image,
                       std::span<float, kImagePixels> changed);

}  // namespace normscope
