#pragma once

#include <QString>

#include "core/training_config.h"

namespace normscope {

/// One sentence on the models whose normalization hides the digits from their own last layers, so
/// that their curves stay flat; empty if there are none.
QString blindnessRemark(const TrainingConfig& config);

}  // namespace normscope
