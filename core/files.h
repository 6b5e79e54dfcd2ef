#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace normscope {

/// Writes the file beside itself, flushes it to the disk and renames it, so that a reader never
/// sees half of one. Throws std::runtime_error with a sentence that names the file and the reason.
void writeFile(const std::filesystem::path& path, std::string_view content);

/// What writeFile() had begun to write when its process was killed. Only for whoever alone writes
/// into the folder.
void removeLeftovers(const std::filesystem::path& folder);

/// Flushes to the disk which files are in the folder: after a loss of power a rename may be undone
/// otherwise. Where the file system cannot, nothing is said.
void syncFolder(const std::filesystem::path& folder);

/// The whole file. Throws std::runtime_error when it cannot be read or is larger than `limit`
/// bytes.
std::string readFile(const std::filesystem::path& path, std::size_t limit);

/// Creates the folder and its parents. Throws std::runtime_error likewise.
void createFolder(const std::filesystem::path& path);

/// False where there is something of that name already. Throws std::runtime_error likewise.
bool createNewFolder(const std::filesystem::path& path);

}  // namespace normscope
