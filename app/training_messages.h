#pragma once

#include "core/runs.h"
#include "core/training_records.h"
#include "ui/widgets/message_strip.h"

namespace normscope {

// What page Train says of a model of `run` that something has happened to.

/// Its training has failed.
Message failureMessage(const Run& run, const TrainingSnapshot& snapshot);

/// It does not answer, or does so again.
Message stallMessage(const Run& run, std::size_t model, bool stalled);

}  // namespace normscope
