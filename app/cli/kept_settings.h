#pragma once

#include "core/training_config.h"

namespace normscope {

class CommandLine;

/// What goes on keeps its settings: an option that was given must say the same as `kept`, which is
/// that of the `what` ("run") in --out. Throws UsageError.
void refuseContradictions(const CommandLine& line, const TrainingConfig& kept, const char* what);

}  // namespace normscope
