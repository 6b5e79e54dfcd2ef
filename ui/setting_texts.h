#pragma once

#include <QString>

#include "core/training_config.h"

namespace normscope {

/// "None", "Small rotations, shifts and scaling", ...
QString augmentationText(Augmentation augmentation);

/// "Kernel", "LibTorch".
QString engineText(EngineKind engine);

}  // namespace normscope
