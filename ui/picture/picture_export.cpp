#include "ui/picture/picture_export.h"

#include <QApplication>
#include <QBuffer>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QPdfWriter>
#include <QPicture>
#include <QSvgGenerator>
#include <algorithm>

#include "ui/save_file.h"

namespace normscope {
namespace {

/// One logical pixel is 1/96 inch, as in CSS.
constexpr int kDotsPerInch = 96;
/// The layout of a printed page, in logical pixels; its height follows from the paper.
constexpr int kPrintedWidth = 1100;

constexpr int kMargin = 24;
constexpr int kCaptionGap = 16;
constexpr int kTextPixels = 15;
constexpr QColor kText(0x20, 0x20, 0x20);
constexpr QColor kCaptionText(0x55, 0x55, 0x55);

/// Sized in pixels of the picture, which must not depend on the screen or its text scale.
QFont textFont() {
    QFont font = QApplication::font();
    font.setPixelSize(kTextPixels);
    return font;
}

/// Paints the caption into the bottom of `rect` and returns what is left above it.
QRect paintCaption(QPainter& painter, const QRect& rect, const QString& caption) {
    if (caption.isEmpty()) {
        return rect;
    }
    painter.setPen(kCaptionText);
    const int flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
    const int height = std::min(painter.fontMetrics().boundingRect(rect, flags, caption).height(),
                                rect.height() / 3);
    painter.drawText(rect.adjusted(0, rect.height() - height, 0, 0), flags, caption);
    return rect.adjusted(0, 0, 0, -height - kCaptionGap);
}

/// White paper with a margin, the caption at its foot and the picture in what is left.
void paintSheetOfPaper(QPainter& painter, QSize size, const Picture& picture,
                       const QString& caption) {
    const QRect paper(QPoint(), size);
    painter.fillRect(paper, Qt::white);
    prepareForPicture(painter);
    const QRect inner = paper.adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const QRect room = paintCaption(painter, inner, caption);
    if (room.isEmpty()) {
        return;
    }
    prepareForPicture(painter);
    painter.translate(room.topLeft());
    picture.paint(painter, room.size());
}

/// Paints the picture alone on a device; false if it would not be painted on.
bool paintOn(QPaintDevice& device, QSize size, double scale, const Picture& picture,
             const QString& caption) {
    QPainter painter;
    if (!painter.begin(&device)) {
        return false;
    }
    painter.scale(scale, scale);
    paintSheetOfPaper(painter, size, picture, caption);
    return painter.end();
}

// A picture in its format, as bytes; empty if there is no memory for it. Qt's writers keep errors
// of the device they write to for themselves, so they get one that has none.

QByteArray pngOf(const Picture& picture, const QString& caption, const PictureOptions& options) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const QImage image = pictureImage(picture, caption, options);
    return !image.isNull() && image.save(&buffer, "PNG") ? buffer.data() : QByteArray();
}

QByteArray svgOf(const Picture& picture, const QString& caption, QSize size) {
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(kDotsPerInch);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(picture.title);
    generator.setDescription(caption);
    return paintOn(generator, size, /*scale=*/1.0, picture, caption) ? buffer.data() : QByteArray();
}

QByteArray pdfOf(const Picture& picture, const QString& caption, QSize size) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QSizeF(size) * 72.0 / kDotsPerInch, QPageSize::Point, QString(),
                                 QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(picture.title);
    writer.setCreator(QCoreApplication::applicationName());
    return paintOn(writer, size, /*scale=*/1.0, picture, caption) ? buffer.data() : QByteArray();
}

QByteArray bytesOf(PictureFormat format, const Picture& picture, const QString& caption,
                   const PictureOptions& options) {
    switch (format) {
        case PictureFormat::Png:
            return pngOf(picture, caption, options);
        case PictureFormat::Svg:
            return svgOf(picture, caption, options.size);
        case PictureFormat::Pdf:
            return pdfOf(picture, caption, options.size);
    }
    Q_UNREACHABLE();
}

}  // namespace

QString fileSuffix(PictureFormat format) {
    switch (format) {
        case PictureFormat::Png:
            return QStringLiteral(".png");
        case PictureFormat::Svg:
            return QStringLiteral(".svg");
        case PictureFormat::Pdf:
            return QStringLiteral(".pdf");
    }
    Q_UNREACHABLE();
}

void prepareForPicture(QPainter& painter) {
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.setFont(textFont());
    painter.setPen(kText);
}

QImage pictureImage(const Picture& picture, const QString& caption, const PictureOptions& options) {
    QImage image((QSizeF(options.size) * options.scale).toSize(), QImage::Format_RGB32);
    if (image.isNull()) {
        return image;
    }
    image.fill(Qt::white);
    if (!paintOn(image, options.size, options.scale, picture, caption)) {
        return {};
    }
    // Not before: text sized in points would be scaled by both the painter and the resolution.
    const int dotsPerMeter = qRound(kDotsPerInch * options.scale / 0.0254);
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
    return image;
}

void drawRecording(QPainter& painter, QPoint corner, const QPicture& recording) {
    const QPaintDevice& device = *painter.device();
    painter.save();
    painter.translate(corner);
    painter.scale(static_cast<qreal>(recording.logicalDpiX()) / device.logicalDpiX(),
                  static_cast<qreal>(recording.logicalDpiY()) / device.logicalDpiY());
    painter.drawPicture(QPoint(), recording);
    painter.restore();
}

std::optional<QString> writePicture(const QString& path, PictureFormat format,
                                    const Picture& picture, const QString& caption,
                                    const PictureOptions& options) {
    const QByteArray bytes = bytesOf(format, picture, caption, options);
    return bytes.isEmpty() ? couldNotWrite(path, QCoreApplication::translate(
                                                     "PictureExport",
                                                     "there is not enough memory for the picture"))
                           : saveFile(path, bytes);
}

bool printPictures(QPagedPaintDevice& paper, std::span<const Picture> pictures,
                   const QString& caption) {
    QPainter painter;
    if (!painter.begin(&paper)) {
        return false;
    }
    const double scale = static_cast<double>(paper.width()) / kPrintedWidth;
    const QSize size(kPrintedWidth, static_cast<int>(paper.height() / scale));
    for (const Picture& picture : pictures) {
        if (&picture != &pictures.front() && !paper.newPage()) {
            return false;
        }
        painter.save();
        painter.scale(scale, scale);
        paintSheetOfPaper(painter, size, picture, caption);
        painter.restore();
    }
    return painter.end();
}

}  // namespace normscope
