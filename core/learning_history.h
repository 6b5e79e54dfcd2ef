#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/runs.h"

namespace normscope {

/// What one epoch changed in how a model reads the test images.
struct EpochChange {
    int epoch = 0;             ///< from 1
    std::optional<int> wrong;  ///< images; empty where the epoch's predictions were not kept
    /// Images misread after the epoch before and read rightly now, and the other way round; empty
    /// where either epoch was not kept, and of the first.
    std::optional<int> learned;
    std::optional<int> lost;

    friend bool operator==(const EpochChange&, const EpochChange&) = default;
};

/// What the model read in each test image after epoch `epoch`, counted from 1; empty where that was
/// not kept. The last epoch's are those of the evaluation where nothing else was kept.
std::span<const std::uint8_t> predictionsAfter(const ModelHistory& history, int epoch);

/// One for each finished epoch. `labels` of the test images.
std::vector<EpochChange> learningHistory(std::span<const std::uint8_t> labels,
                                         const ModelHistory& history);

}  // namespace normscope
