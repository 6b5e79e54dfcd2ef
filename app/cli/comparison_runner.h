#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "core/run_preparation.h"
#include "core/training_records.h"

namespace normscope {

/// Trains every model of a comparison, each on a thread of its own, and returns when the last one
/// has ended. `report` is called from those threads, one at a time. Once `stop` is true, all end as
/// stopped. Where a thread fails, its model ends as stopped, with the error, and the others go on.
std::vector<ModelHistory> trainComparison(
    const PreparedRun& prepared, const std::function<void(const TrainingSnapshot&)>& report,
    const std::atomic<bool>& stop);

}  // namespace normscope
