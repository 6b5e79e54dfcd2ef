#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace normscope {

/// Of UTF-8. Even if JSON escapes each of them in six, far below what is read of comparison.json.
inline constexpr std::size_t kMostNotesBytes = std::size_t{512} * 1024;

/// What people wrote down about the run in this folder; empty optional where comparison.json is
/// missing or damaged.
std::optional<std::string> readNotes(const std::filesystem::path& folder);

/// Puts these in their place and leaves all else in comparison.json as it is, also what this
/// program does not know of. The run may be written to meanwhile: see FolderLock. Throws
/// std::runtime_error with a sentence that names the file, also where the notes are longer than
/// kMostNotesBytes; all stays as it is then.
void writeNotes(const std::filesystem::path& folder, const std::string& notes);

}  // namespace normscope
