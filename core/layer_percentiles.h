#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/network.h"

namespace normscope {

/// Channels of all six norm layers together.
inline constexpr int kNormChannelCount = [] {
    int count = 0;
    for (const int channels : kNormLayerChannels) {
        count += channels;
    }
    return count;
}();

/// Place of a channel of norm layer 0..5 among the channels of all.
constexpr std::size_t normChannel(int normLayer, int channel) {
    int place = channel;
    for (int before = 0; before < normLayer; ++before) {
        place += kNormLayerChannels[static_cast<std::size_t>(before)];
    }
    return static_cast<std::size_t>(place);
}

/// Where the middle 70 % of some values lie: the percentiles that figure 1 of the batch norm paper
/// (arXiv 1502.03167) draws.
struct Percentiles {
    float p15 = 0.0F;
    float p50 = 0.0F;
    float p85 = 0.0F;

    friend bool operator==(const Percentiles&, const Percentiles&) = default;
};

/// Of one channel of a norm layer; both the same without normalization.
struct ChannelPercentiles {
    Percentiles input;   ///< of what enters the layer
    Percentiles output;  ///< of what leaves it, gamma and beta applied

    friend bool operator==(const ChannelPercentiles&, const ChannelPercentiles&) = default;
};

/// What one mini-batch showed in every norm layer, before its parameters were moved.
struct PercentileRecord {
    std::int64_t step = 0;                                         ///< as in StepRecord
    std::int32_t epoch = 0;                                        ///< from 1
    std::array<ChannelPercentiles, kNormChannelCount> channels{};  ///< at normChannel()

    friend bool operator==(const PercentileRecord&, const PercentileRecord&) = default;
};

/// Counts of the sampled values in equally wide bins from the lowest to the highest.
struct ActivationHistogram {
    float low = 0.0F;
    float high = 0.0F;
    std::array<std::uint16_t, 40> counts{};

    friend bool operator==(const ActivationHistogram&, const ActivationHistogram&) = default;
};
struct ChannelHistograms {
    ActivationHistogram input;
    ActivationHistogram output;

    friend bool operator==(const ChannelHistograms&, const ChannelHistograms&) = default;
};

/// A sampled mini-batch in full.
struct LayerSample {
    PercentileRecord record;
    std::array<ChannelHistograms, kNormChannelCount> histograms{};  ///< at normChannel()
};

/// Whether mini-batch `step` (from 1, over all cycles) is sampled: of every cycle the mini-batches
/// 1, 2, 4, 8 and so on, then one in a 150th of the cycle, but no more than one in 64, and the
/// last. Nothing but the place in the schedule decides, so that a resumed training samples the
/// same.
bool isSampled(std::span<const int> cycles, std::int64_t stepsPerEpoch, std::int64_t step);

/// A cell of one channel of an activation N x C x H x W.
struct SampledCell {
    int image;
    int place;  ///< in the map, row by row

    friend bool operator==(const SampledCell&, const SampledCell&) = default;
};

/// The cells that stand for a channel: every k-th of its N*H*W, in their order, 512 at most. k has
/// no factor in common with H*W, else all might come from the same few columns of the images.
std::vector<SampledCell> sampledCells(int images, int plane);

/// What an activation N x C x H x W holds in these cells of a channel.
std::vector<float> sampledValues(std::span<const float> activation, int channels, int plane,
                                 int channel);

/// As numpy.percentile and torch.quantile define them, linear between the two nearest values.
/// The values, one at least and all finite, are put into another order.
Percentiles percentilesOf(std::span<float> values);

/// The nearest number of five significant digits: all that percentiles of a few hundred values are
/// worth, and all that a run folder keeps.
float roundedToFiveDigits(float value);

/// Takes in the activations of one mini-batch as they pass.
class LayerSampler {
  public:
    /// What enters and what leaves a norm layer, both N x C x H x W in that order.
    void take(int normLayer, std::span<const float> input, std::span<const float> output,
              int plane);

    /// The same for one channel, of which sampledCells() were read.
    void takeValues(int normLayer, int channel, std::span<float> input, std::span<float> output);

    /// Empty if some value was infinite or no number.
    std::optional<LayerSample> finish(std::int64_t step, std::int32_t epoch);

  private:
    void takeSide(std::span<float> values, Percentiles& percentiles,
                  ActivationHistogram& histogram);

    LayerSample sample_;
    bool finite_ = true;
};

}  // namespace normscope
