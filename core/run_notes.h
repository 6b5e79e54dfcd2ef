#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace normscope {

/// What people wrote down about the run in this folder; empty optional where comparison.json is
/// missing or damaged.
std::optional<std::string> readNotes(const std::filesystem::path& folder);

/// Puts these in their place and leaves all else in comparison.json as it is, also what this
/// program does not know of. The run may be written to meanwhile: see FolderLock. Throws
/// std::runtime_error with a sentence that names the file.
void writeNotes(const std::filesystem::path& folder, const std::string& notes);

}  // namespace normscope
