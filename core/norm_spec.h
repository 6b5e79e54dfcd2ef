#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace normscope {

/// What shares one mean and one variance. For an N x C x H x W tensor (Group Normalization,
/// arXiv 1803.08494, figure 2): batch, one channel of all images; layer, all channels of one image;
/// group, C/G channels of one image; instance, one channel of one image.
enum class NormKind { None, Batch, Layer, Group, Instance };

inline constexpr std::array kNormKinds{NormKind::None, NormKind::Batch, NormKind::Layer,
                                       NormKind::Group, NormKind::Instance};

/// "none", "batch", "layer", "group" or "instance", as on the command line and in files.
std::string_view nameOf(NormKind kind);
std::optional<NormKind> normKindNamed(std::string_view name);

/// One normalization: x_hat = (x - mean) / sqrt(variance + eps), y = gamma * x_hat + beta.
struct NormSpec {
    NormKind kind = NormKind::Batch;
    int groups = 1;         ///< of the channels; counts for NormKind::Group alone
    double eps = 1e-5;      ///< added to the variance
    double momentum = 0.1;  ///< share of the new batch in the running statistics of batch norm
    bool affine = true;     ///< gamma and beta, one pair per channel, are learned

    friend bool operator==(const NormSpec&, const NormSpec&) = default;
};

}  // namespace normscope
