#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/training_records.h"

namespace normscope {

/// Where the workers leave their snapshots and the window takes them from. The lock is held for as
/// long as a pointer takes to be moved.
class SnapshotBox {
  public:
    using Snapshots = std::vector<std::shared_ptr<const TrainingSnapshot>>;

    /// Whether the box was empty: somebody has to be told.
    bool put(std::shared_ptr<const TrainingSnapshot> snapshot) {
        const std::scoped_lock lock(mutex_);
        snapshots_.push_back(std::move(snapshot));
        return snapshots_.size() == 1;
    }

    Snapshots takeAll() {
        const std::scoped_lock lock(mutex_);
        return std::exchange(snapshots_, {});
    }

  private:
    std::mutex mutex_;
    Snapshots snapshots_;
};

}  // namespace normscope
