#pragma once

#include <QImage>
#include <QSize>
#include <QString>
#include <optional>
#include <span>

#include "ui/chart/chart_content.h"
#include "ui/chart/chart_picture.h"

class QPagedPaintDevice;

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

/// The picture in pixels. Null if there is no memory for that many.
QImage chartImage(std::span<const PictureChart> charts, const QString& caption,
                  const PictureOptions& options);

/// Writes the picture. Empty when done, else one plain sentence that names the file.
std::optional<QString> writeChartPicture(const QString& path, PictureFormat format,
                                         std::span<const PictureChart> charts,
                                         const QString& caption, const PictureOptions& options);

/// Prints such a picture as large as the page of `paper` lets it be. False if it could not begin.
bool printCharts(QPagedPaintDevice& paper, std::span<const PictureChart> charts,
                 const QString& caption);

/// Writes every point as label,epoch,value; the values as they are, accuracies 0..1. Empty when
/// done, else one plain sentence that names the file.
std::optional<QString> writeChartCsv(const QString& path, const ChartContent& content);

}  // namespace normscope
