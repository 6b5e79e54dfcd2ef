#include "app/picture_decoder.h"

#include <QImageReader>

#include "app/picture_file.h"

namespace normscope {
namespace {

constexpr int kMostMegabytes = 1024;  ///< of a picture as it is decoded, from a file or pasted

}  // namespace

PictureDecoder::PictureDecoder(QObject* parent)
    : QObject(parent), thread_(QStringLiteral("pictures")) {
    QImageReader::setAllocationLimit(kMostMegabytes);
}

void PictureDecoder::decode(const QString& path) {
    thread_.post([this, path]() -> TaskThread::Answer {
        return [this, result = readPicture(path)] {
            result.problem.isEmpty() ? emit decoded(result.picture) : emit failed(result.problem);
        };
    });
}

}  // namespace normscope
