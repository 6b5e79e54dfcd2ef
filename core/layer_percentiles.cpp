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
constexpr std::int64_t kLeastInterval = 64;  // more often, and sampling would slow the training
constexpr int kMostValues = 512;

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

std::vector<SampledCell> sampledCells(int images, int plane) {
    const int count = images * plane;
    int stride = (count + kMostValues - 1) / kMostValues;
    while (std::gcd(stride, plane) != 1) {
        ++stride;
    }
    std::vector<SampledCell> cells;
    cells.reserve(kMostValues);
    for (int i = 0; i < count; i += stride) {
        cells.push_back({.image = i / plane, .place = i % plane});
    }
    return cells;
}

std::vector<float> sampledValues(std::span<const float> activation, int channels, int plane,
                                 int channel) {
    const int perImage = channels * plane;
    const int images = static_cast<int>(activation.size()) / perImage;
    std::vector<float> values;
    values.reserve(kMostValues);
    for (const auto [image, place] : sampledCells(images, plane)) {
        values.push_back(
            activation[static_cast<std::size_t>(image * perImage + channel * plane + place)]);
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
        std::vector<float> entering = sampledValues(input, channels, plane, channel);
        std::vector<float> leaving = sampledValues(output, channels, plane, channel);
        takeValues(normLayer, channel, entering, leaving);
    }
}

void LayerSampler::takeValues(int normLayer, int channel, std::span<float> input,
                              std::span<float> output) {
    const std::size_t place = normChannel(normLayer, channel);
    ChannelPercentiles& percentiles = sample_.record.channels[place];
    ChannelHistograms& histograms = sample_.histograms[place];
    takeSide(input, percentiles.input, histograms.input);
    takeSide(output, percentiles.output, histograms.output);
}

void LayerSampler::takeSide(std::span<float> values, Percentiles& percentiles,
                            ActivationHistogram& histogram) {
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
    return sample_;
}

}  // namespace normscope
