#include "app/log_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <QDateTime>
#include <QDir>
#include <utility>

#include "core/folder_lock.h"

namespace normscope {

Q_LOGGING_CATEGORY(windowLog, "normscope.window", QtInfoMsg)
Q_LOGGING_CATEGORY(trainingLog, "normscope.training", QtInfoMsg)

namespace {

namespace fs = std::filesystem;

QtMessageHandler before = nullptr;

LogFile& logFile() {
    static LogFile file(LogFile::defaultPlace());
    return file;
}

const char* levelOf(QtMsgType type) {
    switch (type) {
        case QtDebugMsg:
            return "debug";
        case QtInfoMsg:
            return "info";
        case QtWarningMsg:
            return "warning";
        case QtCriticalMsg:
        case QtFatalMsg:
            break;
    }
    return "error";
}

/// One line each, whatever the message.
void takeMessage(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    const QString line = QStringLiteral("%1 %2 %3 %4: %5\n")
                             .arg(QDateTime::currentDateTime().toString(Qt::ISODateWithMs))
                             .arg(::getpid())
                             .arg(levelOf(type), context.category,
                                  QString(message).replace('\n', QStringLiteral(" | ")));
    logFile().append(line.toStdString());
    // What goes well is no news on a terminal.
    if (before != nullptr && type != QtInfoMsg) {
        before(type, context, message);
    }
}

}  // namespace

fs::path LogFile::defaultPlace() {
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    const QString folder =
        QDir::isAbsolutePath(state) ? state : QDir::homePath() + QStringLiteral("/.local/state");
    return fs::path(folder.toStdString()) / "normscope" / "normscope.log";
}

LogFile::LogFile(fs::path file, std::uintmax_t mostBytes)
    : file_(std::move(file)), mostBytes_(mostBytes) {
    std::error_code error;
    fs::create_directories(file_.parent_path(), error);
}

void LogFile::append(std::string_view line) {
    const std::scoped_lock threads(mutex_);
    if (isFullFor(line)) {
        const FolderLock windows(file_.parent_path());
        if (isFullFor(line)) {  // and no other window has made room meanwhile
            std::error_code error;
            fs::rename(file_, file_.string() + ".1", error);
        }
    }
    const int opened = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (opened >= 0) {
        [[maybe_unused]] const ssize_t written = ::write(opened, line.data(), line.size());
        ::close(opened);
    }
}

bool LogFile::isFullFor(std::string_view line) const {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file_, error);
    return !error && size + line.size() > mostBytes_;
}

void startLog() {
    before = qInstallMessageHandler(&takeMessage);
}

}  // namespace normscope
