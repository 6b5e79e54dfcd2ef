#pragma once

#include <cstdint>
#include <span>

namespace normscope {

/// Images of kImagePixels grey values each and their labels, 0..9, one for each. Both engines
/// normalize the grey values themselves.
struct MiniBatch {
    std::span<const std::uint8_t* const> images;
    std::span<const std::uint8_t> labels;

    int size() const { return static_cast<int>(images.size()); }
};

}  // namespace normscope
