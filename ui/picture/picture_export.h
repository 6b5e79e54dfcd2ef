#pragma once

#include <QImage>
#include <QPoint>
#include <QSize>
#include <QString>
#include <optional>
#include <span>

#include "ui/picture/picture.h"

class QPagedPaintDevice;
class QPainter;
class QPicture;

namespace normscope {

/// How large a picture is drawn: `size` in logical pixels decides the layout, `scale` the pixels of
/// a PNG for each of them. SVG and PDF need no scale.
struct PictureOptions {
    QSize size{1200, 800};
    double scale = 2.0;
};

enum class PictureFormat { Png, Svg, Pdf };

/// ".png", ".svg" or ".pdf".
QString fileSuffix(PictureFormat format);

/// The picture in pixels, the caption below it. Null if there is no memory for that many.
QImage pictureImage(const Picture& picture, const QString& caption, const PictureOptions& options);

/// Font and pen that a picture is painted with.
void prepareForPicture(QPainter& painter);

/// Draws what was recorded in logical pixels, one of them to one of the painter's. Qt alone would
/// enlarge it by the dots per inch of the device over those of the screen.
void drawRecording(QPainter& painter, QPoint corner, const QPicture& recording);

/// Writes the picture. Empty when done, else one plain sentence that names the file.
std::optional<QString> writePicture(const QString& path, PictureFormat format,
                                    const Picture& picture, const QString& caption,
                                    const PictureOptions& options);

/// Prints each picture on a page of its own, as large as `paper` lets it be. False if the printer
/// did not take them.
bool printPictures(QPagedPaintDevice& paper, std::span<const Picture> pictures,
                   const QString& caption);

}  // namespace normscope
