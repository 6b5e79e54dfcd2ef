#pragma once

#include <optional>

#include "core/drawn_digit.h"

namespace normscope {

/// The ink of a picture of writing on paper, a photo or a scan: as large as the picture, 0 is paper
/// and 255 is ink. Light on dark is taken as well as dark on light: what covers less is ink.
///
/// The paper is a quadratic surface in both coordinates, which follows uneven light; ink is what
/// differs from it by more than the threshold of Otsu, "A Threshold Selection Method from
/// Gray-Level Histograms" (1979). Specks are left out; edges keep their grey.
///
/// `picture`: 0 is black, 255 is white. Empty where the picture shows nothing but paper. Takes
/// about 20 ms for 512 x 512 pixels.
std::optional<GreyImage> inkOfPicture(const GreyImage& picture);

}  // namespace normscope
