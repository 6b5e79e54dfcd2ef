#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/norm_spec.h"

namespace normscope {

inline constexpr int kImageSide = 28;
inline constexpr int kClassCount = 10;
inline constexpr int kNormLayerCount = 6;

/// Channels that enter each of the six norm layers.
inline constexpr std::array<int, kNormLayerCount> kNormLayerChannels{8, 12, 12, 16, 15, 15};

/// Groups of each norm layer under group norm.
using GroupCounts = std::array<int, kNormLayerCount>;
inline constexpr GroupCounts kReferenceGroups{2, 2, 2, 2, 3, 3};

/// Which digit net: the same layers always, and this normalization after each 3x3 convolution.
struct NetworkSpec {
    NormKind kind = NormKind::Batch;
    GroupCounts groups = kReferenceGroups;  ///< counts for NormKind::Group alone

    /// The normalization at norm layer 0..5, its groups spelled out.
    NormSpec normAt(int normLayer) const;

    friend bool operator==(const NetworkSpec&, const NetworkSpec&) = default;
};

/// One module of the network, in order. Index i is the name "i" in model.pt and in the
/// torch.nn.Sequential that takes it.
struct LayerPlan {
    enum class Kind { Convolution, Relu, Norm, MaxPool, AveragePool };
    Kind kind;
    int inChannels;
    int outChannels;
    int kernel;     ///< side of the convolution or pooling window
    int padding;    ///< of a convolution
    int side;       ///< height and width of the output
    int normLayer;  ///< 0..5 for Kind::Norm, else -1
};

/// The 24 modules of the digit net, from a 1 x 28 x 28 image to 10 scores (log-softmax follows).
const std::vector<LayerPlan>& digitNetPlan();

/// Learned numbers of one module, gamma and beta included.
std::int64_t parameterCount(const LayerPlan& layer, const NetworkSpec& spec);
std::int64_t parameterCount(const NetworkSpec& spec);

/// A row of the layer table as torchinfo prints it.
struct LayerRow {
    std::string name;         ///< "Conv2d: 1-1", "GroupNorm: 1-3", ...
    std::string outputShape;  ///< "[64, 8, 26, 26]"
    std::int64_t parameters;  ///< 0 where torchinfo prints "--"
};
std::vector<LayerRow> layerTable(const NetworkSpec& spec, int batchSize);

}  // namespace normscope
