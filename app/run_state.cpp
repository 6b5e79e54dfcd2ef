#include "app/run_state.h"

#include <algorithm>

#include "core/run_lock.h"

namespace normscope {

RunState stateOf(const Run& run) {
    const auto hasOne = [&](Outcome outcome) {
        return std::ranges::find(run.models, outcome, &ModelHistory::outcome) != run.models.end();
    };
    if (RunLock::isTaken(run)) {
        return RunState::InTraining;
    }
    return hasOne(Outcome::Running)   ? RunState::Interrupted
           : hasOne(Outcome::Stopped) ? RunState::Stopped
                                      : RunState::Ended;
}

}  // namespace normscope
