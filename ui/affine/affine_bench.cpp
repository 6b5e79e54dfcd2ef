#include "ui/affine/affine_bench.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace normscope {
namespace {

/// Half of the last digit that the fields show.
constexpr double kOnTheLine = 5e-4;

std::span<const double> planeOf(const Tensor4& tensor, int image, int channel) {
    return std::span(tensor.values)
        .subspan(offsetOf(tensor.shape, {image, channel, 0, 0}),
                 static_cast<std::size_t>(tensor.shape.plane()));
}

std::vector<double> copyOf(std::span<const double> values) {
    return {values.begin(), values.end()};
}

}  // namespace

AffineBench::AffineBench() {
    setInput({{}, {0.0}});
}

void AffineBench::setInput(Tensor4 input) {
    setInput(std::move(input), spec_);
}

void AffineBench::setSpec(const NormSpec& spec) {
    trace_ = normalize(input_, spec, Affine::identity(input_.shape.channels));
    spec_ = spec;
    between_ ? setBetween(*between_) : findBetween();
}

void AffineBench::setInput(Tensor4 input, const NormSpec& spec) {
    trace_ = normalize(input, spec, Affine::identity(input.shape.channels));
    input_ = std::move(input);
    spec_ = spec;
    image_ = std::min(image_, input_.shape.images - 1);
    channel_ = std::min(channel_, input_.shape.channels - 1);
    affine_ = Affine::identity(input_.shape.channels);
    setBetween(between_.value_or(0.0));
}

void AffineBench::choose(int image, int channel) {
    image_ = image;
    channel_ = channel;
    findBetween();
}

void AffineBench::setLinked(bool linked) {
    linked_ = linked;
    if (linked) {
        setPair(pair());
    }
}

void AffineBench::setPair(const AffinePair& pair) {
    put(channel_, pair);
    findBetween();
}

void AffineBench::setAffine(const Affine& affine) {
    linked_ = false;
    affine_ = affine;
    findBetween();
}

void AffineBench::setBetween(double place) {
    for (int channel = 0; channel < input_.shape.channels; ++channel) {
        const int source = linked_ ? channel_ : channel;
        const AffinePair pair = onTheLine(restoringPair(image_, source), place);
        affine_.gamma[static_cast<std::size_t>(channel)] = pair.gamma;
        affine_.beta[static_cast<std::size_t>(channel)] = pair.beta;
    }
    between_ = place;
}

double AffineBench::nearestBetween() const {
    const AffinePair restoring = restoringPair(image_, channel_);
    const double gamma = restoring.gamma - 1.0;
    const double squaredLength = gamma * gamma + restoring.beta * restoring.beta;
    if (squaredLength < kRounding) {  // normalized already: all of the line is one pair
        return between_.value_or(0.0);
    }
    const double along = (pair().gamma - 1.0) * gamma + pair().beta * restoring.beta;
    return std::clamp(along / squaredLength, 0.0, kBeyond);
}

const StatisticsSet& AffineBench::set() const {
    return trace_.sets[chosenSet()];
}

double AffineBench::mean() const {
    return trace_.mean[chosenSet()];
}

double AffineBench::variance() const {
    return trace_.variance[chosenSet()];
}

AffinePair AffineBench::restoringPair(int image, int channel) const {
    const auto set = static_cast<std::size_t>(statisticsSetOf(input_.shape, spec_, image, channel));
    return {std::sqrt(trace_.variance[set] + spec_.eps), trace_.mean[set]};
}

ThreePlanes AffineBench::planes() const {
    ThreePlanes planes{input_.shape.height,
                       input_.shape.width,
                       copyOf(planeOf(input_, image_, channel_)),
                       copyOf(planeOf(trace_.normalized, image_, channel_)),
                       {}};
    const auto [gamma, beta] = pair();
    planes.output.reserve(planes.normalized.size());
    for (const double value : planes.normalized) {
        planes.output.push_back(gamma * value + beta);
    }
    return planes;
}

AliveShare AffineBench::alive() const {
    const AffinePair affine = pair();
    const auto aliveIn = [&](int image) {
        const auto values = planeOf(trace_.normalized, image, channel_);
        return static_cast<double>(std::ranges::count_if(
            values, [&](double value) { return affine.gamma * value + affine.beta > kRounding; }));
    };
    double all = 0.0;
    for (int image = 0; image < input_.shape.images; ++image) {
        all += aliveIn(image);
    }
    const auto plane = static_cast<double>(input_.shape.plane());
    return {aliveIn(image_) / plane, all / (plane * input_.shape.images)};
}

ValueRange AffineBench::rangeOnTheLine() const {
    const ValueRange original = rangeOf(planeOf(input_, image_, channel_));
    const ValueRange normalized = rangeOf(planeOf(trace_.normalized, image_, channel_));
    // In between, every value is a mixture of these two ends.
    const auto [gamma, beta] = onTheLine(restoringPair(image_, channel_), kBeyond);
    const double beyondLow = gamma * normalized.low + beta;
    const double beyondHigh = gamma * normalized.high + beta;
    return {std::min({original.low, normalized.low, beyondLow, beyondHigh, 0.0}),
            std::max({original.high, normalized.high, beyondLow, beyondHigh, 0.0})};
}

AffinePair AffineBench::pairOf(const Affine& affine, int channel) {
    const auto place = static_cast<std::size_t>(channel);
    return {affine.gamma[place], affine.beta[place]};
}

AffinePair AffineBench::onTheLine(const AffinePair& restoring, double place) {
    if (place == 1.0) {
        return restoring;  // to the last digit
    }
    return {1.0 + place * (restoring.gamma - 1.0), place * restoring.beta};
}

std::size_t AffineBench::chosenSet() const {
    return static_cast<std::size_t>(statisticsSetOf(input_.shape, spec_, image_, channel_));
}

void AffineBench::put(int channel, const AffinePair& pair) {
    if (linked_) {
        std::ranges::fill(affine_.gamma, pair.gamma);
        std::ranges::fill(affine_.beta, pair.beta);
    } else {
        affine_.gamma[static_cast<std::size_t>(channel)] = pair.gamma;
        affine_.beta[static_cast<std::size_t>(channel)] = pair.beta;
    }
}

void AffineBench::findBetween() {
    const double place = nearestBetween();
    const AffinePair nearest = onTheLine(restoringPair(image_, channel_), place);
    const bool there = std::abs(nearest.gamma - pair().gamma) < kOnTheLine &&
                       std::abs(nearest.beta - pair().beta) < kOnTheLine;
    between_ = there ? std::optional(place) : std::nullopt;
}

}  // namespace normscope
