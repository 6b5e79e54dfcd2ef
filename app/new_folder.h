#pragma once

#include <filesystem>
#include <string>

namespace normscope {

// Makes a folder in `parent` that was not there before, and `parent` where it is missing. Of two
// windows that ask at the same moment each gets one of its own. Throws std::runtime_error with a
// sentence that names the folder.

/// Named by the time it is now.
std::filesystem::path makeTimedFolder(const std::filesystem::path& parent);

/// Called `name`, or "name (2)" where that is taken; by the time where `name` is empty.
std::filesystem::path makeNewFolder(const std::filesystem::path& parent, const std::string& name);

}  // namespace normscope
