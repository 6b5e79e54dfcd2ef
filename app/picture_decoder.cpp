#include "app/picture_decoder.h"

#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <algorithm>

namespace normscope {
namespace {

constexpr int kLargestSide = 1024;
/// Beyond any camera; a file that claims more is damaged, or made to use up the memory.
constexpr qint64 kMostPixels = 200'000'000;
constexpr int kMostMegabytes = 1024;

struct Decoded {
    QImage picture;
    QString problem;
};

QString refused(const QString& path, const QString& reason) {
    return PictureDecoder::tr("%1 could not be opened: %2.")
        .arg(QDir::toNativeSeparators(path), reason);
}

Decoded decodedFrom(const QString& path) {
    // A device or a pipe might never end.
    if (!QFileInfo(path).isFile()) {
        return {{}, refused(path, PictureDecoder::tr("it is not a file"))};
    }
    QImageReader reader(path);
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    const QByteArray format = reader.format();
    if (format != "png" && format != "jpeg") {
        return {{}, refused(path, PictureDecoder::tr("it is neither a PNG nor a JPEG"))};
    }
    const QSize size = reader.size();
    if (size.isEmpty() || qint64{size.width()} * size.height() > kMostPixels) {
        return {{}, refused(path, PictureDecoder::tr("its size makes no sense"))};
    }
    if (std::max(size.width(), size.height()) > kLargestSide) {
        reader.setScaledSize(
            size.scaled(kLargestSide, kLargestSide, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    }
    const QImage picture = reader.read();
    return picture.isNull() ? Decoded{{}, refused(path, PictureDecoder::tr("it is damaged"))}
                            : Decoded{picture, {}};
}

}  // namespace

PictureDecoder::PictureDecoder(QObject* parent)
    : QObject(parent), thread_(QStringLiteral("pictures")) {
    QImageReader::setAllocationLimit(kMostMegabytes);
}

void PictureDecoder::decode(const QString& path) {
    thread_.post([this, path]() -> TaskThread::Answer {
        return [this, result = decodedFrom(path)] {
            result.problem.isEmpty() ? emit decoded(result.picture) : emit failed(result.problem);
        };
    });
}

}  // namespace normscope
