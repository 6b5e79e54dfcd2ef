#include "core/run_notes.h"

#include <stdexcept>

#include "core/files.h"
#include "core/folder_lock.h"
#include "core/run_formats.h"

namespace normscope {

std::optional<std::string> readNotes(const std::filesystem::path& folder) {
    try {
        return parseNotes(readComparisonText(folder), (folder / kComparisonFile).string());
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
}

void writeNotes(const std::filesystem::path& folder, const std::string& notes) {
    const std::filesystem::path file = folder / kComparisonFile;
    if (notes.size() > kMostNotesBytes) {
        throw std::runtime_error("The notes are too long to be kept in " + file.string() +
                                 ": they take " + std::to_string(notes.size()) + " bytes, and " +
                                 std::to_string(kMostNotesBytes) + " is the most.");
    }
    const FolderLock lock(folder);
    writeFile(file, withNotes(readComparisonText(folder), file.string(), notes));
}

}  // namespace normscope
