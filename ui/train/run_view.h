#pragma once

#include <QString>
#include <cstdint>

#include "core/training_config.h"

namespace normscope {

/// What the page must know of a comparison to draw what its workers report.
struct RunView {
    std::uint64_t run = 0;  ///< snapshots with another number are of an earlier start
    TrainingConfig config;
    std::int64_t stepsPerEpoch = 0;  ///< mini-batches of one epoch
    int testTotal = 0;               ///< images a model is tested on
    QString folder;                  ///< where the run is saved
    QString dataName;                ///< "MNIST", or the name of the opened folder
};

}  // namespace normscope
