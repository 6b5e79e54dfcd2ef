#pragma once

#include <QDateTime>
#include <cstddef>
#include <filesystem>
#include <optional>

namespace normscope {

/// An experiment that was cut off by the end of the program or of the computer.
struct InterruptedExperiment {
    std::filesystem::path folder;
    QDateTime trained;         ///< an epoch was last written
    std::size_t complete = 0;  ///< of its comparisons
    std::size_t comparisons = 0;
};

/// Of the experiments that have a folder in `parent` the one that was trained last, if it was cut
/// off: one before it was left for it.
std::optional<InterruptedExperiment> interruptedLast(const std::filesystem::path& parent);

}  // namespace normscope
