#pragma once

#include <QString>

#include "core/training_config.h"

namespace normscope {

/// Whether the last norm layer gives each channel of each image a mean of its own. The average
/// pooling behind it then takes the mean of numbers whose mean is beta, whatever the image.
bool isBlind(const NetworkSpec& network, int batchSize);

/// One sentence on the models whose normalization hides the digits from their own last layers, so
/// that their curves stay flat; empty if there are none.
QString blindnessRemark(const TrainingConfig& config);

}  // namespace normscope
