#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace normscope {

/// Writes the file beside itself, flushes it to the disk and renames it, so that a reader never
/// sees half of one. Throws std::runtime_error with a sentence that names the file and the reason.
void writeFile(const std::filesystem::path& path, std::string_view content);

/// The whole file. Throws std::runtime_error when it cannot be read or is larger than `limit`
/// bytes.
std::string readFile(const std::filesystem::path& path, std::size_t limit);

/// Creates the folder and its parents. Throws std::runtime_error likewise.
void createFolder(const std::filesystem::path& path);

}  // namespace normscope
