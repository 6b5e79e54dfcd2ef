#pragma once

#include <QSize>
#include <QString>
#include <span>

#include "ui/chart/chart_content.h"
#include "ui/chart/chart_fit.h"

class QCPPainter;

namespace normscope {

/// One chart of a picture: what it shows, and which part.
struct PictureChart {
    const ChartContent* content;
    ChartView view;
};

/// Draws charts into a picture of `size` logical pixels, in light colours whatever the screen's:
/// one alone, more as a sheet two charts wide, each with title, legend of the visible curves and
/// axis titles, and the caption below all.
void paintCharts(QCPPainter& painter, QSize size, std::span<const PictureChart> charts,
                 const QString& caption);

}  // namespace normscope
