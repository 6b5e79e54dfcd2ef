#pragma once

namespace normscope {

/// Trains on one mini-batch of nothing, so that whatever sets itself up at first use has done so
/// when the first training begins. Takes a fraction of a second; for a thread in the background.
void warmUp();

}  // namespace normscope
