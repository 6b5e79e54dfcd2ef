#include "app/picture_file.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <algorithm>

namespace normscope {
namespace {

constexpr int kLargestSide = 1024;
/// Beyond any camera; a file that claims more is damaged, or made to use up the memory.
constexpr qint64 kMostPixels = 200'000'000;
constexpr int kMostMegabytes = 1024;  ///< of a picture as it is decoded

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(PictureFile)
};

/// `what` the picture is called in a sentence that refuses it.
PictureFile refused(const QString& what, const QString& reason) {
    return {{}, Texts::tr("%1 could not be opened: %2.").arg(what, reason)};
}

PictureFile read(QImageReader& reader, const QString& what) {
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    const QByteArray format = reader.format();
    if (format != "png" && format != "jpeg") {
        return refused(what, Texts::tr("it is neither a PNG nor a JPEG"));
    }
    const QSize size = reader.size();
    if (size.isEmpty() || qint64{size.width()} * size.height() > kMostPixels) {
        return refused(what, Texts::tr("its size makes no sense"));
    }
    // Of the whole program, so that whoever reads sets it; the pixels are counted already.
    QImageReader::setAllocationLimit(kMostMegabytes);
    if (std::max(size.width(), size.height()) > kLargestSide) {
        reader.setScaledSize(
            size.scaled(kLargestSide, kLargestSide, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    }
    const QImage picture = reader.read();
    return picture.isNull() ? refused(what, Texts::tr("it is damaged")) : PictureFile{picture, {}};
}

}  // namespace

PictureFile readPicture(const QString& path) {
    const QString name = QDir::toNativeSeparators(path);
    // A device or a pipe might never end.
    if (!QFileInfo(path).isFile()) {
        return refused(name, Texts::tr("it is not a file"));
    }
    QImageReader reader(path);
    return read(reader, name);
}

PictureFile readPicture(const QByteArray& content) {
    QBuffer buffer;
    buffer.setData(content);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    return read(reader, Texts::tr("The pasted picture"));
}

}  // namespace normscope
