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

/// From now on SIGINT and SIGTERM end trainVisibly() and not the program. For before a run gets its
/// folder: in between, the program would end without saying how to go on.
void catchInterrupts();

/// Trains a comparison with its progress on standard error, to its end or until SIGINT or SIGTERM
/// comes, or came since catchInterrupts(). What the disk does not take is tried again after every
/// epoch.
VisibleTraining trainVisibly(const PreparedRun& prepared);

}  // namespace normscope
