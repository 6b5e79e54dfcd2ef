#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

namespace normscope {

/// "x.png could not be written: reason."
QString couldNotWrite(const QString& path, const QString& reason);

/// Writes the file beside itself and renames it, so that nobody ever sees half of one. Empty when
/// done, else one plain sentence that names the file.
std::optional<QString> saveFile(const QString& path, const QByteArray& bytes);

}  // namespace normscope
