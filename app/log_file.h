#pragma once

#include <QLoggingCategory>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string_view>

namespace normscope {

Q_DECLARE_LOGGING_CATEGORY(windowLog)
Q_DECLARE_LOGGING_CATEGORY(trainingLog)

/// A file that lines are appended to, of about so many bytes at most: once it is full it becomes
/// "FILE.1", in place of that before it. Several threads and several windows may write to it, and
/// wait for each other no longer than that takes. What cannot be written is left out: a log is not
/// worth a message.
class LogFile {
  public:
    static constexpr std::uintmax_t kMostBytes = std::uintmax_t{256} * 1024;

    /// In the XDG state folder.
    static std::filesystem::path defaultPlace();

    explicit LogFile(std::filesystem::path file, std::uintmax_t mostBytes = kMostBytes);

    void append(std::string_view line);

  private:
    bool isFullFor(std::string_view line) const;

    const std::filesystem::path file_;
    const std::uintmax_t mostBytes_;
    std::mutex mutex_;
};

/// From now on all that Qt and this program log goes into LogFile::defaultPlace() as well.
void startLog();

}  // namespace normscope
