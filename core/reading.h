#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/network.h"
#include "core/tensor4.h"

namespace normscope {

/// Ink of one image of 28 x 28, 0..255, row by row.
using DigitImage = std::array<std::uint8_t, kImagePixels>;

/// One number per digit; they sum to 1.
using DigitProbabilities = std::array<double, kClassCount>;

/// What enters and what leaves one norm layer, of one image: 1 x C x H x W. Without normalization
/// both are the same.
struct LayerMaps {
    Tensor4 before;
    Tensor4 after;
};

/// How a network reads one image, in evaluation mode.
struct Reading {
    DigitProbabilities probabilities{};
    int digit = 0;  ///< the most probable
    std::array<LayerMaps, kNormLayerCount> layers;
};

/// A trained network that answers again and again. Taking a model.pt apart costs several times what
/// one answer does. For one thread at a time.
class DigitReader {
  public:
    virtual ~DigitReader() = default;

    /// In evaluation mode. Throws std::runtime_error when the network has diverged: its
    /// probabilities are no numbers.
    virtual Reading read(const DigitImage& image) = 0;

    /// The probabilities of each image of one mini-batch as the network sees it in training mode:
    /// only under batch norm do they depend on the other images of the batch. Nothing is learned
    /// from it and no running statistics move. Throws likewise.
    virtual std::vector<DigitProbabilities> readTogether(std::span<const DigitImage> images) = 0;
};

/// `model` is the content of a model.pt; `name` is what errors call it.
/// Throws std::runtime_error with one sentence when it does not fit `spec`.
std::unique_ptr<DigitReader> makeDigitReader(const std::string& model, const std::string& name,
                                             const NetworkSpec& spec);

}  // namespace normscope
