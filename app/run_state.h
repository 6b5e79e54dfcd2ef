#pragma once

#include "core/runs.h"

namespace normscope {

enum class RunState {
    Ended,        ///< every model has had its epochs, or diverged
    Stopped,      ///< some have not: somebody ended it
    Interrupted,  ///< some have not: the program or the computer went down
    InTraining    ///< by this or another window or command
};

/// As its comparison.json and its lock tell.
RunState stateOf(const Run& run);

}  // namespace normscope
