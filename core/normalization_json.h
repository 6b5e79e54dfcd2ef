#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/normalization.h"

namespace normscope {

/// What decides every number of a sheet.
struct NormalizationRecord {
    Tensor4 input;
    NormSpec spec;  ///< any kind but None
    Affine affine;
    /// Batch norm alone: false when the statistics are the running ones.
    bool training = true;
    /// Batch norm alone, and only where it has any.
    std::optional<RunningStatistics> running;

    friend bool operator==(const NormalizationRecord&, const NormalizationRecord&) = default;
};

/// As JSON: shape, norm, groups, eps, statistics, input, gamma, beta, normalized, output; under
/// batch norm with running statistics also training, momentum, running_mean, running_variance and
/// batches. "groups" is how many groups the channels of one image fall into: 1 under layer norm,
/// as many as there are channels under batch and instance norm. Images and channels count from 0.
std::string formatNormalization(const NormalizationRecord& record, const NormTrace& trace);

/// Reads what decides the numbers; what follows from it (statistics, normalized, output) is taken
/// into account only where "input" is missing, to work out x = x_hat * sqrt(variance + eps) + mean.
/// gamma and beta are ones and zeros where they are missing. No side of the shape may be longer
/// than that of `largest`. Throws std::runtime_error with a sentence that names `file` and the
/// field.
NormalizationRecord parseNormalization(std::string_view json, const Shape4& largest,
                                       const std::string& file);

}  // namespace normscope
