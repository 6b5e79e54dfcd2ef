#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#include "core/kernels/parameters.h"

namespace normscope::kernels {

/// Where a norm layer takes mean and variance from.
enum class Statistics {
    None,   ///< no normalization
    Image,  ///< from sets of channels of one image: layer, group and instance norm
    Batch,  ///< from one channel of the whole mini-batch: batch norm in training
    Given   ///< from running statistics: batch norm in evaluation
};

/// What holds for all groups of a mini-batch.
struct StepSettings {
    const ParameterLayout* layout = nullptr;
    const ArrangedParameters* parameters = nullptr;
    const float* inputOfGrey = nullptr;  ///< what the network sees of a grey value 0..255
    Statistics statistics = Statistics::None;
    int sets[kNormLayers] = {};  ///< of channels, under Statistics::Image
    double eps = 0.0;
    int batchSize = 0;  ///< of the mini-batch: the loss is the mean over its images
};

/// One number for each channel of a norm layer.
using PerChannel = float[kMostChannels];

/// The mean is the sum of two numbers, of which the second is tiny: as exact as a double.
struct Moments {
    PerChannel mean;
    PerChannel lack;
    PerChannel squares;
};

/// Megabytes that are read from end to end again and again: in pages as large as the system gives.
class alignas(64) LargeObject {
  public:
    static void* operator new(std::size_t size, std::align_val_t alignment);
    static void operator delete(void* memory, std::align_val_t alignment);
};

/// Memory that a thread works in and needs for no longer than a call.
class Workspace : public LargeObject {
  public:
    virtual ~Workspace();
};

/// As many images as a vector register has lanes, on their way through the network and back. The
/// way is cut where batch norm has to wait for the other groups: at every norm layer, on the way
/// forward for its moments and on the way back for the sums of its gradients.
class ImageGroup : public LargeObject {
  public:
    virtual ~ImageGroup();

    /// `count` images of kImagePixels grey values each, 1 .. lanes, and their labels. Lanes without
    /// an image of their own repeat the last one and count for nothing.
    virtual void begin(const StepSettings& settings, const std::uint8_t* const* images,
                       const std::uint8_t* labels, int count) = 0;

    /// Part 0 .. kNormLayers of the way: from norm layer `part` - 1 (from the image for 0) to what
    /// enters norm layer `part` (to the log-probabilities for kNormLayers).
    virtual void forward(int part, Workspace& workspace) = 0;

    /// Under Statistics::Batch, after forward(layer): mean of each channel over the images and
    /// cells of this group, and the sum of the squared deviations from it.
    virtual void moments(int layer, Moments& moments) const = 0;
    /// The answer, before forward(layer + 1): those of the whole mini-batch, with
    /// 1 / sqrt(variance + eps); also under Statistics::Given.
    virtual void setMoments(int layer, const Moments& moments, const PerChannel& inverse) = 0;

    /// From what leaves norm layer 5 .. 0 back to what leaves the one before it. The first needs
    /// the log-probabilities.
    virtual void beginBackward() = 0;
    virtual void backward(int layer, Workspace& workspace) = 0;

    /// Under Statistics::Batch, before backward(layer): the sums over the images and cells of this
    /// group of dL/dy and of dL/dy * x_hat: what they add to the gradients of beta and gamma.
    virtual void gradientSums(int layer, PerChannel& beta, PerChannel& gamma) const = 0;
    /// The answer: both divided by the number of cells of a channel in the whole mini-batch.
    virtual void setGradientMeans(int layer, const PerChannel& beta, const PerChannel& gamma) = 0;

    /// After forward(kNormLayers): kClasses log-probabilities of each image.
    virtual const float* logProbabilities(int image) const = 0;
    /// After backward(0): the share of these images in the gradient, in the order of the layout.
    virtual const float* gradient() const = 0;

    /// A value that entered or left a norm layer, before backward().
    struct Cell {
        int image;  ///< of the group
        int place;  ///< in the map, row by row
    };
    enum class Side { Input, Output };
    virtual void read(int layer, Side side, int channel, const Cell* cells, int count,
                      float* values) const = 0;
};

/// The code of one instruction set.
struct InstructionSet {
    const char* name;
    int lanes;
    ImageGroup* (*makeGroup)();
    Workspace* (*makeWorkspace)();
};

}  // namespace normscope::kernels
