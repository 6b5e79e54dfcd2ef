#include "core/normalization.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>

namespace normscope {
namespace {

/// Calls `visit` with the values of each piece of a set that lies together: one channel of one
/// image after the other.
template <typename Visit>
void forEachPlane(const Shape4& shape, const StatisticsSet& set, Visit visit) {
    const int firstImage = set.image.value_or(0);
    const int lastImage = set.image.value_or(shape.images - 1);
    for (int image = firstImage; image <= lastImage; ++image) {
        for (int channel = set.firstChannel; channel < set.firstChannel + set.channels; ++channel) {
            visit(channel, offsetOf(shape, {image, channel, 0, 0}));
        }
    }
}

double sumOf(std::span<const double> values) {
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    return sum;
}

double squaredDeviations(std::span<const double> values, double mean) {
    double sum = 0.0;
    for (const double value : values) {
        sum += (value - mean) * (value - mean);
    }
    return sum;
}

void requireFit(const Tensor4& input, const NormSpec& spec, const Affine& affine) {
    const auto channels = static_cast<std::size_t>(input.shape.channels);
    if (affine.gamma.size() != channels || affine.beta.size() != channels) {
        throw std::invalid_argument("There must be one gamma and one beta for each channel.");
    }
    if (!(spec.eps > 0.0)) {
        throw std::invalid_argument("Epsilon must be greater than 0.");
    }
}

/// Two passes, the mean first: the difference of large sums would lose digits.
void measure(const Tensor4& input, NormTrace& trace) {
    const auto plane = static_cast<std::size_t>(input.shape.plane());
    const std::span values(input.values);
    trace.mean.clear();
    trace.variance.clear();
    for (const StatisticsSet& set : trace.sets) {
        const auto count = static_cast<double>(set.count);
        double sum = 0.0;
        forEachPlane(input.shape, set,
                     [&](int, std::size_t offset) { sum += sumOf(values.subspan(offset, plane)); });
        const double mean = sum / count;
        double squares = 0.0;
        forEachPlane(input.shape, set, [&](int, std::size_t offset) {
            squares += squaredDeviations(values.subspan(offset, plane), mean);
        });
        trace.mean.push_back(mean);
        trace.variance.push_back(squares / count);
    }
}

/// In the order of the memory, whatever the sets: a large batch would be fetched from far apart
/// twice.
void apply(const Tensor4& input, const NormSpec& spec, NormTrace& trace) {
    const Shape4& shape = input.shape;
    const auto plane = static_cast<std::size_t>(shape.plane());
    for (Tensor4* const tensor : {&trace.normalized, &trace.output}) {
        tensor->shape = shape;
        tensor->values.resize(input.values.size());
    }
    std::size_t offset = 0;
    for (int image = 0; image < shape.images; ++image) {
        for (int channel = 0; channel < shape.channels; ++channel, offset += plane) {
            const auto pair = static_cast<std::size_t>(channel);
            double mean = 0.0;
            double deviation = 1.0;
            if (!trace.sets.empty()) {
                const auto set =
                    static_cast<std::size_t>(statisticsSetOf(shape, spec, image, channel));
                mean = trace.mean[set];
                deviation = std::sqrt(trace.variance[set] + spec.eps);
            }
            const double* const x = input.values.data() + offset;
            double* const normalized = trace.normalized.values.data() + offset;
            double* const output = trace.output.values.data() + offset;
            for (std::size_t i = 0; i < plane; ++i) {
                normalized[i] = (x[i] - mean) / deviation;
                output[i] = trace.gamma[pair] * normalized[i] + trace.beta[pair];
            }
        }
    }
}

}  // namespace

int groupCount(const NormSpec& spec, int channels) {
    switch (spec.kind) {
        case NormKind::None:
        case NormKind::Layer:
            return 1;
        case NormKind::Group:
            return spec.groups;
        case NormKind::Batch:
        case NormKind::Instance:
            return channels;
    }
    return 1;
}

std::vector<StatisticsSet> statisticsSets(const Shape4& shape, const NormSpec& spec) {
    if (spec.kind == NormKind::None) {
        return {};
    }
    const int groups = groupCount(spec, shape.channels);
    if (groups < 1 || shape.channels % groups != 0) {
        throw std::invalid_argument(std::to_string(groups) + " groups do not divide " +
                                    std::to_string(shape.channels) + " channels.");
    }
    const int channels = shape.channels / groups;
    const bool acrossImages = spec.kind == NormKind::Batch;
    const std::int64_t perImage = channels * shape.plane();
    std::vector<StatisticsSet> sets;
    for (int image = 0; image < (acrossImages ? 1 : shape.images); ++image) {
        for (int group = 0; group < groups; ++group) {
            sets.push_back({acrossImages ? std::nullopt : std::optional(image), group * channels,
                            channels, acrossImages ? shape.images * perImage : perImage});
        }
    }
    return sets;
}

int statisticsSetOf(const Shape4& shape, const NormSpec& spec, int image, int channel) {
    const int groups = groupCount(spec, shape.channels);
    const int group = channel / (shape.channels / groups);
    return spec.kind == NormKind::Batch ? group : image * groups + group;
}

Affine Affine::identity(int channels) {
    const auto count = static_cast<std::size_t>(channels);
    return {std::vector<double>(count, 1.0), std::vector<double>(count, 0.0)};
}

RunningStatistics RunningStatistics::initial(int channels) {
    const auto count = static_cast<std::size_t>(channels);
    return {std::vector<double>(count, 0.0), std::vector<double>(count, 1.0), 0};
}

std::optional<std::string> refusalOfPyTorch(const Shape4& shape, const NormSpec& spec) {
    const bool refused = [&] {
        switch (spec.kind) {
            case NormKind::None:
                return false;
            case NormKind::Batch:
                return shape.images * shape.plane() == 1;
            case NormKind::Instance:
                return shape.plane() == 1;
            case NormKind::Layer:
            case NormKind::Group:
                return shape.images * shape.channels / groupCount(spec, shape.channels) *
                           shape.plane() ==
                       1;
        }
        return false;
    }();
    if (!refused) {
        return std::nullopt;
    }
    return "Under " + std::string(nameOf(spec.kind)) +
           " norm each mean and variance would come from a single value, which PyTorch refuses.";
}

NormTrace normalize(const Tensor4& input, const NormSpec& spec, const Affine& affine) {
    NormTrace trace;
    normalize(input, spec, affine, trace);
    return trace;
}

void normalize(const Tensor4& input, const NormSpec& spec, const Affine& affine, NormTrace& trace) {
    requireFit(input, spec, affine);
    trace.sets = statisticsSets(input.shape, spec);
    trace.gamma = affine.gamma;
    trace.beta = affine.beta;
    measure(input, trace);
    apply(input, spec, trace);
}

NormTrace normalizeWithRunning(const Tensor4& input, const NormSpec& spec, const Affine& affine,
                               const RunningStatistics& running) {
    NormTrace trace;
    normalizeWithRunning(input, spec, affine, running, trace);
    return trace;
}

void normalizeWithRunning(const Tensor4& input, const NormSpec& spec, const Affine& affine,
                          const RunningStatistics& running, NormTrace& trace) {
    requireFit(input, spec, affine);
    const auto channels = static_cast<std::size_t>(input.shape.channels);
    if (spec.kind != NormKind::Batch || running.mean.size() != channels ||
        running.variance.size() != channels) {
        throw std::invalid_argument(
            "Running statistics are those of batch norm, one mean and one variance per channel.");
    }
    trace.sets = statisticsSets(input.shape, spec);
    trace.gamma = affine.gamma;
    trace.beta = affine.beta;
    trace.mean = running.mean;
    trace.variance = running.variance;
    apply(input, spec, trace);
}

void applyAffine(NormTrace& trace, const Affine& affine) {
    trace.gamma = affine.gamma;
    trace.beta = affine.beta;
    const Shape4& shape = trace.output.shape;
    const StatisticsSet everything{std::nullopt, 0, shape.channels, shape.count()};
    const auto plane = static_cast<std::size_t>(shape.plane());
    forEachPlane(shape, everything, [&](int channel, std::size_t offset) {
        const double gamma = affine.gamma[static_cast<std::size_t>(channel)];
        const double beta = affine.beta[static_cast<std::size_t>(channel)];
        for (std::size_t i = offset; i < offset + plane; ++i) {
            trace.output.values[i] = gamma * trace.normalized.values[i] + beta;
        }
    });
}

void feedBatch(RunningStatistics& running, const NormTrace& batch, double momentum) {
    for (std::size_t channel = 0; channel < running.mean.size(); ++channel) {
        const auto count = static_cast<double>(batch.sets[channel].count);
        double& mean = running.mean[channel];
        mean = (1.0 - momentum) * mean + momentum * batch.mean[channel];
        if (count > 1.0) {
            const double unbiased = batch.variance[channel] * count / (count - 1.0);
            double& variance = running.variance[channel];
            variance = (1.0 - momentum) * variance + momentum * unbiased;
        }
    }
    ++running.batches;
}

OutputGradient::OutputGradient(const NormTrace& trace, const NormSpec& spec, bool training,
                               const CellIndex& output)
    : trace_(trace), spec_(spec), output_(output) {
    factor_ = trace.gamma[static_cast<std::size_t>(output.channel)];
    if (spec.kind == NormKind::None) {
        return;
    }
    set_ = statisticsSetOf(trace.output.shape, spec, output.image, output.channel);
    const auto set = static_cast<std::size_t>(set_);
    factor_ /= std::sqrt(trace.variance[set] + spec.eps);
    if (training) {
        inverseCount_ = 1.0 / static_cast<double>(trace.sets[set].count);
        normalized_ = trace.normalized.at(output);
    }
}

double OutputGradient::at(const CellIndex& input) const {
    const double itself = input == output_ ? 1.0 : 0.0;
    if (set_ < 0 ||
        statisticsSetOf(trace_.output.shape, spec_, input.image, input.channel) != set_) {
        return factor_ * itself;
    }
    return factor_ * (itself - inverseCount_ * (1.0 + normalized_ * trace_.normalized.at(input)));
}

double OutputGradient::largest() const {
    double largest = std::abs(at(output_));
    if (set_ < 0 || inverseCount_ == 0.0) {
        return largest;
    }
    // Away from the cell itself the derivative is linear in x_hat_j: its extremes lie at those of
    // x_hat, and every cell may as well be looked at.
    const Shape4& shape = trace_.output.shape;
    forEachPlane(shape, trace_.sets[static_cast<std::size_t>(set_)], [&](int, std::size_t offset) {
        for (std::int64_t i = 0; i < shape.plane(); ++i) {
            const std::size_t cell = offset + static_cast<std::size_t>(i);
            if (cell != offsetOf(shape, output_)) {
                largest = std::max(largest,
                                   std::abs(factor_ * inverseCount_ *
                                            (1.0 + normalized_ * trace_.normalized.values[cell])));
            }
        }
    });
    return largest;
}

AffineCounts affineCounts(const Shape4& shape, const NormSpec& spec) {
    if (spec.kind == NormKind::None) {
        return {0, 0, 0};
    }
    return {2LL * groupCount(spec, shape.channels), 2LL * shape.channels,
            2LL * shape.channels * shape.plane()};
}

Affine restoringAffine(const NormTrace& trace, const NormSpec& spec, int image) {
    const Shape4& shape = trace.output.shape;
    Affine affine = Affine::identity(shape.channels);
    if (spec.kind == NormKind::None) {
        return affine;
    }
    for (int channel = 0; channel < shape.channels; ++channel) {
        const auto set = static_cast<std::size_t>(statisticsSetOf(shape, spec, image, channel));
        affine.gamma[static_cast<std::size_t>(channel)] = std::sqrt(trace.variance[set] + spec.eps);
        affine.beta[static_cast<std::size_t>(channel)] = trace.mean[set];
    }
    return affine;
}

double recoveryError(const Tensor4& input, const NormTrace& trace, const Affine& affine,
                     std::optional<int> image) {
    double largest = 0.0;
    const StatisticsSet cells{image, 0, input.shape.channels, input.shape.count()};
    const auto plane = static_cast<std::size_t>(input.shape.plane());
    forEachPlane(input.shape, cells, [&](int channel, std::size_t offset) {
        const double gamma = affine.gamma[static_cast<std::size_t>(channel)];
        const double beta = affine.beta[static_cast<std::size_t>(channel)];
        for (std::size_t i = offset; i < offset + plane; ++i) {
            largest = std::max(
                largest, std::abs(gamma * trace.normalized.values[i] + beta - input.values[i]));
        }
    });
    return largest;
}

}  // namespace normscope
