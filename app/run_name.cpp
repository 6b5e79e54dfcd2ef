#include "app/run_name.h"

#include <QCoreApplication>

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(RunName)
};

// Colons separate what no folder name should hold on every system.
constexpr auto kInFolder = "yyyy-MM-dd HH-mm-ss";
constexpr auto kForPeople = "yyyy-MM-dd HH:mm:ss";
constexpr int kTimeLength = 19;  // of either

/// The name with the time that it begins with written in another way.
QString rewritten(const QString& name, const char* from, const char* to) {
    const QDateTime time = QDateTime::fromString(name.left(kTimeLength), QLatin1String(from));
    return time.isValid() ? time.toString(QLatin1String(to)) + name.mid(kTimeLength) : name;
}

QString folderName(const std::filesystem::path& folder) {
    return QString::fromStdString(folder.filename().string());
}

}  // namespace

QString nameOfRun(const std::filesystem::path& folder) {
    return rewritten(folderName(folder), kInFolder, kForPeople);
}

QDateTime beginOfRun(const std::filesystem::path& folder) {
    return QDateTime::fromString(folderName(folder).left(kTimeLength), QLatin1String(kInFolder));
}

std::filesystem::path folderNameOf(const QString& name) {
    return rewritten(name.trimmed(), kForPeople, kInFolder).toStdString();
}

QString problemOfName(const QString& name) {
    constexpr int kLongest = 200;  // bytes; file systems take 255
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty()) {
        return Texts::tr("A run needs a name.");
    }
    if (trimmed.contains(u'/') || trimmed.contains(QChar::Null)) {
        return Texts::tr("The name of a run cannot hold a slash.");
    }
    if (trimmed.startsWith(u'.')) {
        return Texts::tr("The name of a run cannot begin with a dot.");
    }
    if (trimmed.toUtf8().size() > kLongest) {
        return Texts::tr("The name is too long.");
    }
    return {};
}

}  // namespace normscope
