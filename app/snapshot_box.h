#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/training_records.h"

namespace normscope {

/// Where the workers leave what they have to tell and the window takes it from. The lock is held
/// for as long as a pointer takes to be moved.
template <typename Item>
class Box {
  public:
    /// Whether the box was empty: somebody has to be told.
    bool put(Item item) {
        const std::scoped_lock lock(mutex_);
        items_.push_back(std::move(item));
        return items_.size() == 1;
    }

    std::vector<Item> takeAll() {
        const std::scoped_lock lock(mutex_);
        return std::exchange(items_, {});
    }

  private:
    std::mutex mutex_;
    std::vector<Item> items_;
};

/// A model in training as it is now.
struct Inspection {
    std::uint64_t run = 0;
    std::size_t model = 0;
    std::shared_ptr<const std::string> content;  ///< of model.pt; null if the training has ended
};

using SnapshotBox = Box<std::shared_ptr<const TrainingSnapshot>>;
using InspectionBox = Box<Inspection>;

}  // namespace normscope
