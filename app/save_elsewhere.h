#pragma once

#include <filesystem>

namespace normscope {

class RunWriter;

/// Saves the whole run into a new folder in `parent`, called as its folder was, and returns that.
/// Throws std::runtime_error with one sentence; then nothing is left there.
std::filesystem::path saveElsewhere(RunWriter& writer, const std::filesystem::path& parent);

}  // namespace normscope
