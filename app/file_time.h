#pragma once

#include <QDateTime>
#include <chrono>
#include <filesystem>

namespace normscope {

/// As Qt shows times.
inline QDateTime timeOf(std::filesystem::file_time_type time) {
    const auto sinceEpoch = std::filesystem::file_time_type::clock::to_sys(time).time_since_epoch();
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count());
}

}  // namespace normscope
