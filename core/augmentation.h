#pragma once

#include <array>
#include <optional>
#include <span>

#include "core/dataset.h"
#include "core/random.h"
#include "core/training_config.h"

namespace normscope {

/// One small affine change of an image about its centre.
struct AffineChange {
    double degrees = 0.0;  ///< turned clockwise on the screen
    double scale = 1.0;    ///< above 1 is larger
    double shiftX = 0.0;   ///< pixels to the right
    double shiftY = 0.0;   ///< pixels down
};

/// A smooth random field that moves every pixel by its own small way (Simard, Steinkraus and Platt,
/// "Best practices for convolutional neural networks applied to visual document analysis", 2003):
/// how far to the right and down each pixel of the result looks, row by row.
struct ElasticChange {
    std::array<float, kImagePixels> right{};
    std::array<float, kImagePixels> down{};
};

/// What it takes to change one image.
struct ImageChange {
    AffineChange affine;
    std::optional<ElasticChange> elastic;
};

/// Drawn for one image. Affine: up to 10 degrees, 10 % and 2 pixels either way, uniformly. Elastic:
/// half as much of that and half a pixel, and a field whose ways are 0.8 pixels long in the root of
/// the mean square, alike over about 7 pixels. None: no change.
ImageChange randomChange(Augmentation augmentation, RandomStream& random);

/// The changed image, grey values sampled bilinearly and rounded to the nearest; what comes from
/// outside is paper (0).
void applyChange(const ImageChange& change, std::span<const std::uint8_t, kImagePixels> image,
                 std::span<std::uint8_t, kImagePixels> changed);

}  // namespace normscope
