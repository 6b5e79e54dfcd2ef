#include "app/save_elsewhere.h"

#include "app/new_folder.h"
#include "core/run_writer.h"

namespace normscope {

std::filesystem::path saveElsewhere(RunWriter& writer, const std::filesystem::path& parent) {
    const std::filesystem::path folder = makeNewFolder(parent, writer.folder().filename().string());
    try {
        writer.saveTo(folder);
    } catch (...) {
        std::error_code error;
        std::filesystem::remove_all(folder, error);  // nobody but us has written there
        throw;
    }
    return folder;
}

}  // namespace normscope
