#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>

namespace normscope {

/// A picture, or why there is none.
struct PictureFile {
    QImage picture;
    QString problem;  ///< a sentence that names the file; empty if there is a picture
};

/// Reads a PNG or JPEG, whatever the file is called. No side of the picture is longer than 1024
/// pixels then: larger ones are scaled down as they are read, upright as the camera was held.
PictureFile readPicture(const QString& path);

/// The same of what would stand in a file, as the clipboard has it.
PictureFile readPicture(const QByteArray& content);

}  // namespace normscope
