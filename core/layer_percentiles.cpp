#include "core/layer_percentiles.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace normscope {
namespace {

constexpr std::int64_t kSamplesPerCycle = 150;
constexpr std::int64_t kLeastInterval = 20;  // more often, and sampling would slow the training
constexpr std::size_t kMostValues = 512;

/// Which of the values, sorted, are `share` of the way from the first to the last.
struct Place {
    std::size_t below;
    double fraction;  ///< of the way to the next
};
Place placeOf(double share, std::size_t count) {
    const double place = share * static_cast<double>(count - 1);
    const double below = std::floor(place);
    return {static_cast<std::size_t>(below), place - below};
}

ActivationHistogram histogramOf(std::span<const float> values) {
    ActivationHistogram histogram;
    const auto [low, high] = std::ranges::minmax(values);
    histogram.low = low;
    histogram.high = high;
    const auto bins = static_cast<double>(histogram.counts.size());
    const double width = double{high} - low;
    const double perUnit = width > 0.0 ? bins / width : 0.0;
    for (const float value : values) {
        const double bin = std::min((double{value} - low) * perUnit, bins - 1.0);
        ++histogram.counts[static_cast<std::size_t>(bin)];
    }
    return histogram;
}

}  // namespace

bool isSampled(std::span<const int> cycles, std::int64_t stepsPerEpoch, std::int64_t step) {
    for (const int epochs : cycles) {
        const std::int64_t steps = epochs * stepsPerEpoch;
        if (step <= steps) {
            const std::int64_t interval = std::max(kLeastInterval, steps / kSamplesPerCycle);
            const bool early =
                step < interval && std::has_single_bit(static_cast<std::uint64_t>(step));
            return early || step % interval == 0 || step == steps;
        }
        step -= steps;
    }
    throw std::logic_error("A mini-batch after the last cycle is never trained on.");
}

std::vector<float> sampledValues(std::span<const float> activation, int channels, int plane,
                                 int channel) {
    const auto cells = static_cast<std::size_t>(plane);
    const auto perImage = cells * static_cast<std::size_t>(channels);
    const std::size_t count = activation.size() / static_cast<std::size_t>(channels);
    std::size_t stride = (count + kMostValues - 1) / kMostValues;
    while (std::gcd(stride, cells) != 1) {
        ++stride;
    }
    const float* const first = activation.data() + static_cast<std::size_t>(channel) * cells;
    std::vector<float> values;
    values.reserve(kMostValues);
    for (std::size_t i = 0; i < count; i += stride) {
        values.push_back(first[i / cells * perImage + i % cells]);
    }
    return values;
}

Percentiles percentilesOf(std::span<float> values) {
    // Each search leaves what is lower before its place, so that the next need not look there.
    std::size_t searched = 0;
    const auto at = [&](double share) {
        const auto [below, fraction] = placeOf(share, values.size());
        const auto place = values.begin() + static_cast<std::ptrdiff_t>(below);
        std::nth_element(values.begin() + static_cast<std::ptrdiff_t>(searched), place,
                         values.end());
        searched = below;
        const double low = *place;
        if (fraction == 0.0) {
            return static_cast<float>(low);
        }
        const double high = *std::min_element(place + 1, values.end());
        return static_cast<float>(low + (high - low) * fraction);
    };
    Percentiles found;
    found.p15 = at(0.15);
    found.p50 = at(0.50);
    found.p85 = at(0.85);
    return found;
}

float roundedToFiveDigits(float value) {
    std::array<char, 32> text{};
    char* const begin = text.data();
    const auto written = std::to_chars(begin, begin + text.size(), value,
                                       std::chars_format::scientific, /*precision=*/4);
    float rounded = 0.0F;
    std::from_chars(begin, written.ptr, rounded);
    return rounded;
}

void LayerSampler::take(int normLayer, std::span<const float> input, std::span<const float> output,
                        int plane) {
    const int channels = kNormLayerChannels.at(static_cast<std::size_t>(normLayer));
    for (int channel = 0; channel < channels; ++channel) {
        const std::size_t place = normChannel(normLayer, channel);
        ChannelPercentiles& percentiles = sample_.record.channels[place];
        ChannelHistograms& histograms = sample_.histograms[place];
        takeSide(input, channels, plane, channel, percentiles.input, histograms.input);
        takeSide(output, channels, plane, channel, percentiles.output, histograms.output);
    }
}

void LayerSampler::takeSide(std::span<const float> activation, int channels, int plane, int channel,
                            Percentiles& percentiles, ActivationHistogram& histogram) {
    std::vector<float> values = sampledValues(activation, channels, plane, channel);
    if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); })) {
        finite_ = false;
        return;
    }
    histogram = histogramOf(values);
    percentiles = percentilesOf(values);
    for (float* const each : {&percentiles.p15, &percentiles.p50, &percentiles.p85}) {
        *each = roundedToFiveDigits(*each);
    }
}

std::optional<LayerSample> LayerSampler::finish(std::int64_t step, std::int32_t epoch) {
    if (!finite_) {
        return std::nullopt;
    }
    sample_.record.step = step;
    sample_.record.epoch = epoch;
    return std::move(sample_);
}

}  // namespace normscope
