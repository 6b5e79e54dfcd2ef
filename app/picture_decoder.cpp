#include "app/picture_decoder.h"

#include <QPainter>
#include <algorithm>

#include "app/picture_file.h"
#include "core/picture_ink.h"

namespace normscope {
namespace {

constexpr int kPictureSide = 512;  ///< a larger picture is made smaller: 28 pixels are wanted

PictureFile pictureOf(const GivenPicture& given) {
    if (const auto* path = std::get_if<QString>(&given)) {
        TaskThread::turnTo(path->toStdString());
        return readPicture(*path);
    }
    if (const auto* content = std::get_if<QByteArray>(&given)) {
        return readPicture(*content);
    }
    return {std::get<QImage>(given), {}};
}

/// Transparent parts are paper.
GreyImage greyOf(const QImage& picture) {
    QImage opaque = picture;
    if (picture.hasAlphaChannel()) {
        opaque = QImage(picture.size(), QImage::Format_RGB32);
        opaque.fill(Qt::white);
        QPainter(&opaque).drawImage(0, 0, picture);
    }
    if (std::max(opaque.width(), opaque.height()) > kPictureSide) {
        opaque = opaque.scaled(kPictureSide, kPictureSide, Qt::KeepAspectRatio,
                               Qt::SmoothTransformation);
    }
    const QImage grey = opaque.convertToFormat(QImage::Format_Grayscale8);
    GreyImage values{grey.width(), grey.height(), {}};
    for (int row = 0; row < grey.height(); ++row) {
        const uchar* const line = grey.constScanLine(row);
        values.values.insert(values.values.end(), line, line + grey.width());
    }
    return values;
}

std::optional<GreyImage> inkIn(const QImage& picture) {
    return picture.isNull() ? std::nullopt : inkOfPicture(greyOf(picture));
}

}  // namespace

PictureDecoder::PictureDecoder(QObject* parent)
    : QObject(parent), thread_(QStringLiteral("pictures")) {}

void PictureDecoder::decode(const GivenPicture& given) {
    thread_.post([this, given]() -> TaskThread::Answer {
        const PictureFile read = pictureOf(given);
        if (!read.problem.isEmpty()) {
            return [this, problem = read.problem] { emit failed(problem); };
        }
        if (auto ink = inkIn(read.picture)) {
            return [this, ink = *std::move(ink)] { emit decoded(ink); };
        }
        return [this] { emit failed(tr("No digit can be told from its paper in this picture.")); };
    });
}

}  // namespace normscope
