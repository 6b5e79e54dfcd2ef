#pragma once

#include <filesystem>

namespace normscope {

/// A folder in `parent` that is not there yet, named by the time it is now.
std::filesystem::path timedFolder(const std::filesystem::path& parent);

}  // namespace normscope
