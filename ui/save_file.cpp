#include "ui/save_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace normscope {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("SaveFile", text);
}

}  // namespace

QString couldNotWrite(const QString& path, const QString& reason) {
    return tr("%1 could not be written: %2.").arg(QDir::toNativeSeparators(path), reason);
}

std::optional<QString> saveFile(const QString& path, const QByteArray& bytes) {
    // Renaming would put a plain file in the place of a device or a pipe.
    const QFileInfo there(path);
    if (there.exists() && !there.isFile()) {
        return couldNotWrite(path, tr("it is not a regular file"));
    }
    QSaveFile file(path);
    // commit() alone overlooks what fails when the last buffer is written.
    const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() &&
                         file.flush() && file.commit();
    return written ? std::nullopt : std::optional(couldNotWrite(path, file.errorString()));
}

}  // namespace normscope
