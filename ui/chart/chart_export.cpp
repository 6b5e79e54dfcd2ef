#include "ui/chart/chart_export.h"

#include <qcustomplot.h>

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPagedPaintDevice>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include "core/numbers.h"

namespace normscope {
namespace {

/// One logical pixel is 1/96 inch, as in CSS.
constexpr int kDotsPerInch = 96;

QString tr(const char* text) {
    return QCoreApplication::translate("ChartExport", text);
}

QString couldNotWrite(const QString& path, const QString& reason) {
    return tr("%1 could not be written: %2.").arg(QDir::toNativeSeparators(path), reason);
}

/// Writes the file beside itself and renames it, so that nobody ever sees half of one.
std::optional<QString> writeSafely(const QString& path, const QByteArray& bytes) {
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

void drawAsVectors(QCPPainter& painter) {
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setMode(QCPPainter::pmNonCosmetic);
}

/// Paints on a device of vectors; false if it would not be painted on.
bool paintVectors(QPaintDevice& device, QSize size, std::span<const PictureChart> charts,
                  const QString& caption) {
    QCPPainter painter;
    if (!painter.begin(&device)) {
        return false;
    }
    drawAsVectors(painter);
    paintCharts(painter, size, charts, caption);
    return painter.end();
}

/// The layout of a printed page, in logical pixels; its height follows from the paper.
constexpr int kPrintedWidth = 1100;

QString titleOf(std::span<const PictureChart> charts) {
    return charts.size() == 1 ? charts.front().content->description.title : tr("Training charts");
}

// A picture in its format, as bytes; empty if there is no memory for it. Qt's writers keep errors
// of the device they write to for themselves, so they get one that has none.

QByteArray pngOf(std::span<const PictureChart> charts, const QString& caption,
                 const PictureOptions& options) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const QImage image = chartImage(charts, caption, options);
    return !image.isNull() && image.save(&buffer, "PNG") ? buffer.data() : QByteArray();
}

QByteArray svgOf(std::span<const PictureChart> charts, const QString& caption, QSize size) {
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(kDotsPerInch);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(titleOf(charts));
    generator.setDescription(caption);
    return paintVectors(generator, size, charts, caption) ? buffer.data() : QByteArray();
}

QByteArray pdfOf(std::span<const PictureChart> charts, const QString& caption, QSize size) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QSizeF(size) * 72.0 / kDotsPerInch, QPageSize::Point, QString(),
                                 QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(titleOf(charts));
    writer.setCreator(QCoreApplication::applicationName());
    return paintVectors(writer, size, charts, caption) ? buffer.data() : QByteArray();
}

QByteArray bytesOf(PictureFormat format, std::span<const PictureChart> charts,
                   const QString& caption, const PictureOptions& options) {
    switch (format) {
        case PictureFormat::Png:
            return pngOf(charts, caption, options);
        case PictureFormat::Svg:
            return svgOf(charts, caption, options.size);
        case PictureFormat::Pdf:
            return pdfOf(charts, caption, options.size);
    }
    Q_UNREACHABLE();
}

/// RFC 4180: quoted where it has to be, quotes within doubled.
QByteArray quoted(const QString& text) {
    QString field = text;
    const bool plain = !field.contains(u',') && !field.contains(u'"') && !field.contains(u'\n') &&
                       !field.contains(u'\r');
    if (!plain) {
        field = u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"';
    }
    return field.toUtf8();
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

QImage chartImage(std::span<const PictureChart> charts, const QString& caption,
                  const PictureOptions& options) {
    QImage image((QSizeF(options.size) * options.scale).toSize(), QImage::Format_RGB32);
    if (image.isNull()) {
        return image;
    }
    const int dotsPerMeter = qRound(kDotsPerInch * options.scale / 0.0254);
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
    image.fill(Qt::white);
    QCPPainter painter;
    if (!painter.begin(&image)) {
        return {};
    }
    painter.setMode(QCPPainter::pmNoCaching);
    painter.scale(options.scale, options.scale);
    paintCharts(painter, options.size, charts, caption);
    painter.end();
    return image;
}

std::optional<QString> writeChartPicture(const QString& path, PictureFormat format,
                                         std::span<const PictureChart> charts,
                                         const QString& caption, const PictureOptions& options) {
    const QByteArray bytes = bytesOf(format, charts, caption, options);
    return bytes.isEmpty() ? couldNotWrite(path, tr("there is not enough memory for the picture"))
                           : writeSafely(path, bytes);
}

bool printCharts(QPagedPaintDevice& paper, std::span<const PictureChart> charts,
                 const QString& caption) {
    QCPPainter painter;
    if (!painter.begin(&paper)) {
        return false;
    }
    drawAsVectors(painter);
    const double scale = static_cast<double>(paper.width()) / kPrintedWidth;
    painter.scale(scale, scale);
    const QSize size(kPrintedWidth, static_cast<int>(paper.height() / scale));
    paintCharts(painter, size, charts, caption);
    return painter.end();
}

std::optional<QString> writeChartCsv(const QString& path, const ChartContent& content) {
    QByteArray lines("label,epoch,value\n");
    for (const Curve& curve : content.curves) {
        const QByteArray label = quoted(curve.description.label);
        for (std::size_t point = 0; point < curve.data.size(); ++point) {
            lines += label;
            lines += ',';
            lines += formatNumber(curve.data.xs()[point]).c_str();
            lines += ',';
            lines += formatNumber(curve.data.raw()[point]).c_str();
            lines += '\n';
        }
    }
    return writeSafely(path, lines);
}

}  // namespace normscope
