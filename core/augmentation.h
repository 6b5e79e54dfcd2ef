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

/// How far each pixel of a changed image looks in one direction, in pixels, row by row: a smooth
/// field, the cubic B-spline over a grid of ways. With random ways it is what smoothing a field of
/// noise with a Gaussian gives, for a fraction of the work.
class WayField {
  public:
    static constexpr int kSpacing = 7;                              ///< of the grid, in pixels
    static constexpr int kKnots = (kImageSide - 1) / kSpacing + 4;  ///< of the grid, either way
    using Knots = std::array<std::array<float, kKnots>, kKnots>;

    explicit WayField(const Knots& knots);

    std::span<const float, kImageSide> row(std::size_t y) const {
        return std::span(ways_).subspan(y * kImageSide).first<kImageSide>();
    }

  private:
    std::array<float, kImagePixels> ways_;
};

/// Moves every pixel by its own small way (Simard, Steinkraus and Platt, "Best practices for
/// convolutional neural networks applied to visual document analysis", 2003).
struct ElasticChange {
    WayField::Knots right{};
    WayField::Knots down{};
};

/// What it takes to change one image: little to draw, the work is in applyChange().
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
