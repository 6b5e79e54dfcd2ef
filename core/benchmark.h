#pragma once

#include <memory>
#include <vector>

#include "core/dataset.h"
#include "core/training_config.h"

namespace normscope {

/// Training images per second.
struct BenchmarkResult {
    std::vector<double> alone;  ///< each model by itself, computing on all cores
    double together = 0.0;      ///< the sum of all models at once, each on a thread of its own
};

/// Trains each model of `config` for `seconds` after a short warm-up, then all of them at once.
BenchmarkResult runBenchmark(TrainingConfig config, const std::shared_ptr<const Dataset>& dataset,
                             double seconds, int cores);

}  // namespace normscope
