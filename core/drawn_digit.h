#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/reading.h"

namespace normscope {

/// Grey values 0..255, row by row.
struct GreyImage {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> values;  ///< width * height of them

    std::uint8_t at(int column, int row) const {
        return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(column)];
    }
};

inline constexpr int kDigitBoxSide = 20;  ///< that ink is fitted into

/// Where MNIST has the centre of mass, across and down: in the middle of pixel 14, counted from 0.
/// That is half a pixel beyond the middle of the image; all its test images are within 0.5 of it.
inline constexpr double kDigitCentre = 14.5;

/// Where something is in the 28 x 28 image: in pixels from its top left corner.
struct InkBox {
    double left = 0.0;
    double top = 0.0;
    double width = 0.0;
    double height = 0.0;
};

/// A digit as the networks see it.
struct PreparedDigit {
    DigitImage image{};
    InkBox box;            ///< of all ink; at most 20 x 20
    double centreX = 0.0;  ///< of mass, in the units of `box`
    double centreY = 0.0;
};

/// Makes an image of MNIST's kind, as its authors describe it (LeCun, Cortes, Burges:
/// http://yann.lecun.com/exdb/mnist): "size normalized to fit in a 20x20 pixel box while preserving
/// their aspect ratio", with grey levels "as a result of the anti-aliasing technique used", and
/// "centered in a 28x28 image by computing the center of mass of the pixels, and translating the
/// image so as to position this point at the center". The translation is by whole pixels, so the
/// centre of mass ends within half a pixel of kDigitCentre, except where ink would leave the image.
/// An image of MNIST comes out as it goes in.
/// `ink`: 0 is paper, 255 is ink, of any size. Empty where there is no ink.
std::optional<PreparedDigit> prepareDigit(const GreyImage& ink);

}  // namespace normscope
