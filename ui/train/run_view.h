#pragma once

#include <QString>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/training_config.h"

namespace normscope {

/// What the figures of one model are measured by.
struct ModelScale {
    std::int64_t stepsPerEpoch = 0;  ///< mini-batches of one epoch
    int testTotal = 0;               ///< images it is tested on
    int batchSize = 1;
    double imagesPerEpoch = 0.0;  ///< training images shown in one epoch
    int epochs = 0;               ///< planned
};

/// What the page must know of a comparison to draw what its workers report.
struct RunView {
    std::uint64_t run = 0;  ///< snapshots with another number are of an earlier start
    TrainingConfig config;
    std::int64_t stepsPerEpoch = 0;  ///< mini-batches of one epoch
    int testTotal = 0;               ///< images a model is tested on
    QString folder;                  ///< where the run is saved
    QString dataName;                ///< "MNIST", or the name of the opened folder
    /// Where the models are of several runs: of each its own, and then `config` tells of the models
    /// alone. Empty where all are of one run, which the above holds for.
    std::vector<ModelScale> scales = {};
    QString caption = {};  ///< with `scales`: what was trained how, for exported pictures

    ModelScale scaleOf(std::size_t model) const;
};

}  // namespace normscope
