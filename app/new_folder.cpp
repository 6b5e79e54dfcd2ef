#include "app/new_folder.h"

#include <QDateTime>

#include "core/files.h"

namespace normscope {

std::filesystem::path makeTimedFolder(const std::filesystem::path& parent) {
    return makeNewFolder(
        parent, QDateTime::currentDateTime().toString("yyyy-MM-dd HH-mm-ss").toStdString());
}

std::filesystem::path makeNewFolder(const std::filesystem::path& parent, const std::string& name) {
    if (name.empty()) {
        return makeTimedFolder(parent);
    }
    createFolder(parent);
    std::filesystem::path folder = parent / name;
    for (int again = 2; !createNewFolder(folder); ++again) {
        folder = parent / (name + " (" + std::to_string(again) + ")");
    }
    return folder;
}

}  // namespace normscope
