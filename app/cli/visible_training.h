#pragma once

#include <string>
#include <vector>

#include "core/run_preparation.h"

namespace normscope {

/// What became of a comparison.
struct VisibleTraining {
    std::vector<ModelHistory> histories;
    std::string writeProblem;  ///< why the disk took no more, which ended it
    bool interrupted = false;  ///< by SIGINT, SIGTERM or the disk
};

/// Trains a comparison with its progress on standard error, to its end or until SIGINT or SIGTERM
/// comes, or came during an earlier one.
VisibleTraining trainVisibly(const PreparedRun& prepared);

}  // namespace normscope
