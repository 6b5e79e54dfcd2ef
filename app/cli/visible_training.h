#pragma once

#include <string>
#include <vector>

#include "core/run_preparation.h"

namespace normscope {

/// What became of a comparison.
struct VisibleTraining {
    std::vector<ModelHistory> histories;
    std::string writeProblem;  ///< why not all of it is on the disk; empty if it is
    bool interrupted = false;  ///< by SIGINT or SIGTERM
};

/// Trains a comparison with its progress on standard error, to its end or until SIGINT or SIGTERM
/// comes, or came during an earlier one. What the disk does not take is tried again after every
/// epoch.
VisibleTraining trainVisibly(const PreparedRun& prepared);

}  // namespace normscope
