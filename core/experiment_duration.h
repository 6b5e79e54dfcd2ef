#pragma once

#include <cstddef>
#include <optional>

#include "core/experiment.h"

namespace normscope {

/// How fast a comparison of so many models trained on this machine.
struct MeasuredSpeed {
    double secondsPerImage = 0.0;  ///< of its slowest model, while all trained at once
    std::size_t models = 0;
    int threads = 1;
    int batchSize = 0;
    int trainTotal = 0;  ///< images there were

    friend bool operator==(const MeasuredSpeed&, const MeasuredSpeed&) = default;
};
std::optional<MeasuredSpeed> measuredSpeed(const Run& run);

/// Seconds that the mini-batches of an experiment may take; empty where the speed was measured
/// under other circumstances. Smaller batches take longer for each image: for those that are
/// smaller it is what they take at least.
std::optional<double> expectedSeconds(const ExperimentSpec& spec, const MeasuredSpeed& speed);

}  // namespace normscope
