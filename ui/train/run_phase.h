#pragma once

namespace normscope {

/// Where a comparison stands as a whole. Decides which buttons can be pressed.
enum class RunPhase { Idle, Loading, Training, Paused, Stopping, Ended };

/// The settings of a comparison cannot be changed while it is under way.
constexpr bool isUnderWay(RunPhase phase) {
    return phase != RunPhase::Idle && phase != RunPhase::Ended;
}

}  // namespace normscope
