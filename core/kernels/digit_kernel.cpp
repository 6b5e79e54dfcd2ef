#include "core/kernels/digit_kernel.h"

#include <algorithm>
#include <cmath>

#include "core/dataset.h"

namespace normscope {

using kernels::ImageGroup;
using kernels::PerChannel;
using kernels::Statistics;

namespace {

Statistics statisticsFor(NormKind kind, bool training) {
    switch (kind) {
        case NormKind::None:
            return Statistics::None;
        case NormKind::Batch:
            return training ? Statistics::Batch : Statistics::Given;
        default:
            return Statistics::Image;
    }
}

int setsOfChannels(const NormSpec& norm, int channels) {
    return norm.kind == NormKind::Instance ? channels : norm.groups;
}

double cellsOfMap(int layer) {
    return static_cast<double>(kernels::kNormSides[layer]) * kernels::kNormSides[layer];
}

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

DigitKernel::DigitKernel(const NetworkSpec& spec, ThreadTeam& team,
                         const kernels::InstructionSet& instructions)
    : spec_(spec),
      instructions_(instructions),
      layout_(kernels::parameterLayout(spec.kind != NormKind::None)),
      team_(team) {
    settings_.layout = &layout_;
    settings_.parameters = &arranged_;
    settings_.inputOfGrey = networkInputOfGrey().data();
    for (int layer = 0; layer < kNormLayerCount; ++layer) {
        const NormSpec norm = spec.normAt(layer);
        settings_.sets[layer] = setsOfChannels(norm, kernels::kNormChannels[layer]);
        settings_.eps = norm.eps;
    }
    makeGroups(team_.size());
    for (int thread = 0; thread < team_.size(); ++thread) {
        workspaces_.emplace_back(instructions_.makeWorkspace());
    }
}

DigitKernel::Outcome DigitKernel::train(const MiniBatch& batch, std::span<const float> parameters,
                                        std::span<float> gradient, const RunningBuffers& running,
                                        const Watcher& watch) {
    prepare(batch, parameters, statisticsFor(spec_.kind, /*training=*/true));
    gradients_.resize(at(groupsOf(batch.size())) * at(layout_.count));
    if (settings_.statistics == Statistics::Batch) {
        trainTogether(batch, running, watch);
    } else {
        trainApart(batch, watch);
    }
    return outcomeOf(batch, gradient);
}

void DigitKernel::evaluate(const MiniBatch& batch, std::span<const float> parameters,
                           const RunningBuffers& running, std::span<float> logProbabilities) {
    prepare(batch, parameters, statisticsFor(spec_.kind, /*training=*/false));
    if (settings_.statistics == Statistics::Given) {
        for (int layer = 0; layer < kNormLayerCount; ++layer) {
            const RunningBuffer& kept = running[at(layer)];
            MeanAndVariance moments;
            std::ranges::copy(kept.mean, moments.mean.begin());
            std::ranges::copy(kept.variance, moments.variance.begin());
            normalizeTogether(layer, moments, team_.size());
        }
    }
    team_.run(groupsOf(batch.size()), [&](int index, int thread) {
        ImageGroup& group = *groups_[at(thread)];
        begin(group, batch, index);
        for (int part = 0; part <= kNormLayerCount; ++part) {
            group.forward(part, *workspaces_[at(thread)]);
        }
        const int first = index * instructions_.lanes;
        for (int image = 0; image < imagesOf(batch, index); ++image) {
            std::copy_n(group.logProbabilities(image), kClassCount,
                        &logProbabilities[at((first + image) * kClassCount)]);
        }
    });
}

void DigitKernel::prepare(const MiniBatch& batch, std::span<const float> parameters,
                          Statistics statistics) {
    team_.run(kernels::kConvolutions, [&](int convolution, int /*thread*/) {
        kernels::arrangeWeights(parameters.data(), layout_, convolution, arranged_);
    });
    kernels::arrangeNorms(parameters.data(), layout_, arranged_);
    settings_.statistics = statistics;
    settings_.batchSize = batch.size();
    logProbabilities_.resize(at(batch.size()) * kClassCount);
}

void DigitKernel::makeGroups(int count) {
    while (static_cast<int>(groups_.size()) < count) {
        groups_.emplace_back(instructions_.makeGroup());
    }
}

int DigitKernel::groupsOf(int images) const {
    return (images + instructions_.lanes - 1) / instructions_.lanes;
}

int DigitKernel::imagesOf(const MiniBatch& batch, int index) const {
    return std::min(instructions_.lanes, batch.size() - index * instructions_.lanes);
}

void DigitKernel::begin(ImageGroup& group, const MiniBatch& batch, int index) const {
    const std::size_t first = at(index * instructions_.lanes);
    group.begin(settings_, &batch.images[first], &batch.labels[first], imagesOf(batch, index));
}

/// Nothing of one image depends on another: every group goes there and back by itself.
void DigitKernel::trainApart(const MiniBatch& batch, const Watcher& watch) {
    team_.run(groupsOf(batch.size()), [&](int index, int thread) {
        ImageGroup& group = *groups_[at(thread)];
        kernels::Workspace& workspace = *workspaces_[at(thread)];
        begin(group, batch, index);
        for (int part = 0; part <= kNormLayerCount; ++part) {
            group.forward(part, workspace);
        }
        if (watch) {
            watch(index * instructions_.lanes, imagesOf(batch, index), group);
        }
        group.beginBackward();
        for (int layer = kNormLayerCount - 1; layer >= 0; --layer) {
            group.backward(layer, workspace);
        }
        keep(group, batch, index);
    });
}

/// Batch norm: at every norm layer all groups wait for what they have in common.
void DigitKernel::trainTogether(const MiniBatch& batch, const RunningBuffers& running,
                                const Watcher& watch) {
    const int groups = groupsOf(batch.size());
    makeGroups(groups);
    const auto forward = [&](int part) {
        team_.run(groups, [&](int index, int thread) {
            if (part == 0) {
                begin(*groups_[at(index)], batch, index);
            }
            groups_[at(index)]->forward(part, *workspaces_[at(thread)]);
        });
    };
    for (int layer = 0; layer < kNormLayerCount; ++layer) {
        forward(layer);
        const MeanAndVariance moments = momentsOf(batch, layer);
        normalizeTogether(layer, moments, groups);
        const double momentum = spec_.normAt(layer).momentum;
        const double cells = cellsOfMap(layer) * batch.size();
        const RunningBuffer& kept = running[at(layer)];
        for (std::size_t channel = 0; channel < kept.mean.size(); ++channel) {
            const double unbiased = moments.variance[channel] * cells / (cells - 1.0);
            kept.mean[channel] = static_cast<float>((1.0 - momentum) * kept.mean[channel] +
                                                    momentum * moments.mean[channel]);
            kept.variance[channel] =
                static_cast<float>((1.0 - momentum) * kept.variance[channel] + momentum * unbiased);
        }
    }
    team_.run(groups, [&](int index, int thread) {
        ImageGroup& group = *groups_[at(index)];
        group.forward(kNormLayerCount, *workspaces_[at(thread)]);
        if (watch) {
            watch(index * instructions_.lanes, imagesOf(batch, index), group);
        }
        group.beginBackward();
    });
    for (int layer = kNormLayerCount - 1; layer >= 0; --layer) {
        shareGradientMeans(layer, groups, batch.size());
        team_.run(groups, [&](int index, int thread) {
            groups_[at(index)]->backward(layer, *workspaces_[at(thread)]);
            if (layer == 0) {
                keep(*groups_[at(index)], batch, index);
            }
        });
    }
}

/// Joins means and sums of squares of the groups (Chan, Golub and LeVeque, "Updating formulae and
/// a pairwise algorithm for computing sample variances", 1979).
DigitKernel::MeanAndVariance DigitKernel::momentsOf(const MiniBatch& batch, int layer) const {
    MeanAndVariance joined;
    double cells = 0.0;
    for (int index = 0; index < groupsOf(batch.size()); ++index) {
        kernels::Moments own;
        groups_[at(index)]->moments(layer, own);
        const double more = cellsOfMap(layer) * imagesOf(batch, index);
        const double share = more / (cells + more);
        for (std::size_t channel = 0; channel < at(kernels::kNormChannels[layer]); ++channel) {
            const double lack = own.lack[channel];
            const double apart = own.mean[channel] + lack - joined.mean[channel];
            joined.mean[channel] += apart * share;
            joined.variance[channel] +=
                own.squares[channel] - more * lack * lack + apart * apart * cells * share;
        }
        cells += more;
    }
    for (double& variance : joined.variance) {
        variance /= cells;
    }
    return joined;
}

void DigitKernel::normalizeTogether(int layer, const MeanAndVariance& moments, int groups) {
    kernels::Moments shared{};
    PerChannel inverse{};
    for (std::size_t channel = 0; channel < at(kernels::kNormChannels[layer]); ++channel) {
        shared.mean[channel] = static_cast<float>(moments.mean[channel]);
        shared.lack[channel] = static_cast<float>(moments.mean[channel] - shared.mean[channel]);
        inverse[channel] =
            static_cast<float>(1.0 / std::sqrt(moments.variance[channel] + settings_.eps));
    }
    for (int group = 0; group < groups; ++group) {
        groups_[at(group)]->setMoments(layer, shared, inverse);
    }
}

void DigitKernel::shareGradientMeans(int layer, int groups, int images) {
    std::array<double, kernels::kMostChannels> beta{};
    std::array<double, kernels::kMostChannels> gamma{};
    const std::size_t channels = at(kernels::kNormChannels[layer]);
    for (int group = 0; group < groups; ++group) {
        PerChannel betaShare;
        PerChannel gammaShare;
        groups_[at(group)]->gradientSums(layer, betaShare, gammaShare);
        for (std::size_t channel = 0; channel < channels; ++channel) {
            beta[channel] += betaShare[channel];
            gamma[channel] += gammaShare[channel];
        }
    }
    const double cells = cellsOfMap(layer) * images;
    PerChannel betaMean{};
    PerChannel gammaMean{};
    for (std::size_t channel = 0; channel < channels; ++channel) {
        betaMean[channel] = static_cast<float>(beta[channel] / cells);
        gammaMean[channel] = static_cast<float>(gamma[channel] / cells);
    }
    for (int group = 0; group < groups; ++group) {
        groups_[at(group)]->setGradientMeans(layer, betaMean, gammaMean);
    }
}

void DigitKernel::keep(const ImageGroup& group, const MiniBatch& batch, int index) {
    std::copy_n(group.gradient(), layout_.count, &gradients_[at(index * layout_.count)]);
    const int first = index * instructions_.lanes;
    for (int image = 0; image < imagesOf(batch, index); ++image) {
        std::copy_n(group.logProbabilities(image), kClassCount,
                    &logProbabilities_[at((first + image) * kClassCount)]);
    }
}

/// Some side by side, so that the compiler adds several at once.
void DigitKernel::sumUp(std::span<float> gradient) const {
    constexpr std::size_t kSideBySide = 64;
    for (std::size_t first = 0; first < gradient.size(); first += kSideBySide) {
        const std::size_t count = std::min(kSideBySide, gradient.size() - first);
        std::array<double, kSideBySide> sums{};
        for (std::size_t from = first; from < gradients_.size(); from += gradient.size()) {
            for (std::size_t i = 0; i < count; ++i) {
                sums[i] += gradients_[from + i];
            }
        }
        for (std::size_t i = 0; i < count; ++i) {
            gradient[first + i] = static_cast<float>(sums[i]);
        }
    }
}

DigitKernel::Outcome DigitKernel::outcomeOf(const MiniBatch& batch,
                                            std::span<float> gradient) const {
    sumUp(gradient);
    Outcome outcome;
    for (int image = 0; image < batch.size(); ++image) {
        const float* row = &logProbabilities_[at(image * kClassCount)];
        const std::uint8_t label = batch.labels[at(image)];
        outcome.loss -= row[label];
        outcome.correct += std::max_element(row, row + kClassCount) - row == label ? 1 : 0;
    }
    outcome.loss /= batch.size();
    return outcome;
}

}  // namespace normscope
