#include "app/timed_folder.h"

#include <QDateTime>

namespace normscope {

std::filesystem::path timedFolder(const std::filesystem::path& parent) {
    const std::string time =
        QDateTime::currentDateTime().toString("yyyy-MM-dd HH-mm-ss").toStdString();
    std::filesystem::path folder = parent / time;
    std::error_code error;
    for (int again = 2; std::filesystem::exists(folder, error); ++again) {
        folder = parent / (time + " (" + std::to_string(again) + ")");
    }
    return folder;
}

}  // namespace normscope
