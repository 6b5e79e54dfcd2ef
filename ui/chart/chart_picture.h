#pragma once

#include <QRect>
#include <QSize>
#include <QString>
#include <memory>
#include <span>
#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/chart/chart_fit.h"
#include "ui/picture/picture.h"

class QPainter;

namespace normscope {

class CurvePlot;
class MetricChart;

/// One chart of a picture: what it shows, and which part.
struct PictureChart {
    const ChartContent* content;
    ChartView view;
};

/// Draws charts into `size` logical pixels, in light colours whatever the screen's: one alone, more
/// as a sheet two charts wide, each with title, legend of the visible curves and axis titles.
void paintCharts(QPainter& painter, QSize size, std::span<const PictureChart> charts);

/// Draws what the plot shows into `rect`, into whatever the painter paints on: QCustomPlot has a
/// painter class of its own, which a recording takes in and any painter replays.
void paintPlot(QPainter& painter, const QRect& rect, CurvePlot& plot);

/// All of a chart that nobody looks at: it is fitted to its data.
Picture chartPicture(std::shared_ptr<const ChartContent> content);

/// What a chart shows whenever the picture is drawn, alone or with others as one sheet.
Picture chartPicture(const MetricChart& chart);
Picture chartSheet(const QString& title, const std::vector<MetricChart*>& charts);

}  // namespace normscope
