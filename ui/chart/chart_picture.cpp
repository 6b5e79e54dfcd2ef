#include "ui/chart/chart_picture.h"

#include <QPainter>
#include <QPicture>
#include <array>
#include <utility>

#include "ui/chart/chart_legend.h"
#include "ui/chart/curve_plot.h"
#include "ui/chart/metric_chart.h"
#include "ui/norm_style.h"
#include "ui/picture/picture_export.h"

namespace normscope {
namespace {

constexpr QSize kNaturalSize(900, 600);  ///< of one chart
constexpr int kGutter = 24;
constexpr int kGap = 8;

QPalette lightPalette() {
    QPalette palette(QColor(0xf0f0f0));
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, QColor(0x20, 0x20, 0x20));
    return palette;
}

/// Paints the title into the top of `rect` and returns what is left below it.
QRect paintTitle(QPainter& painter, const QRect& rect, const QString& title) {
    const QFont plain = painter.font();
    QFont bold = plain;
    bold.setBold(true);
    painter.setFont(bold);
    const int height = painter.fontMetrics().height();
    painter.drawText(QRect(rect.left(), rect.top(), rect.width(), height),
                     Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.setFont(plain);
    return rect.adjusted(0, height + kGap, 0, 0);
}

QRect paintLegend(QPainter& painter, const QRect& rect, const ChartContent& content) {
    std::vector<const CurveDescription*> shown;
    std::vector<QSize> sizes;
    for (const Curve& curve : content.curves) {
        if (curve.visible) {
            shown.push_back(&curve.description);
            sizes.push_back(legendEntrySize(painter.fontMetrics(), curve.description.label));
        }
    }
    const FlowedEntries flow = flowed(sizes, rect.width());
    for (std::size_t entry = 0; entry < shown.size(); ++entry) {
        const CurveDescription& curve = *shown[entry];
        paintLegendEntry(painter, flow.places[entry].translated(rect.topLeft()), curve.label,
                         curveStyle(curve.kind, curve.variant, /*dark=*/false));
    }
    return rect.adjusted(0, flow.height + kGap, 0, 0);
}

void paintCurves(QPainter& painter, const QRect& rect, const PictureChart& chart) {
    if (rect.width() < 1 || rect.height() < 1) {
        return;
    }
    CurvePlot plot;
    plot.setLook(lightPalette(), painter.font());
    plot.present(*chart.content, chart.view, rect.width());
    paintPlot(painter, rect, plot);
}

void paintChart(QPainter& painter, const QRect& rect, const PictureChart& chart) {
    const QRect belowTitle = paintTitle(painter, rect, chart.content->description.title);
    const QRect belowLegend = paintLegend(painter, belowTitle, *chart.content);
    paintCurves(painter, belowLegend, chart);
}

PictureChart asShown(const MetricChart& chart) {
    return {&chart.content(), chart.view()};
}

}  // namespace

void paintPlot(QPainter& painter, const QRect& rect, CurvePlot& plot) {
    QPicture recording;
    QCPPainter recorder(&recording);
    recorder.setMode(QCPPainter::pmNoCaching);
    if (painter.paintEngine()->type() != QPaintEngine::Raster) {
        recorder.setMode(QCPPainter::pmVectorized);
        recorder.setMode(QCPPainter::pmNonCosmetic);
    }
    plot.toPainter(&recorder, rect.width(), rect.height());
    recorder.end();
    drawRecording(painter, rect.topLeft(), recording);
}

void paintCharts(QPainter& painter, QSize size, std::span<const PictureChart> charts) {
    const int columns = charts.size() > 1 ? 2 : 1;
    const int rows = (static_cast<int>(charts.size()) + columns - 1) / columns;
    for (int index = 0; index < static_cast<int>(charts.size()); ++index) {
        const QSize cell((size.width() - (columns - 1) * kGutter) / columns,
                         (size.height() - (rows - 1) * kGutter) / rows);
        const QPoint corner(index % columns * (cell.width() + kGutter),
                            index / columns * (cell.height() + kGutter));
        paintChart(painter, {corner, cell}, charts[static_cast<std::size_t>(index)]);
    }
}

Picture chartPicture(std::shared_ptr<const ChartContent> content) {
    const QString title = content->description.title;
    return {title, kNaturalSize, [content = std::move(content)](QPainter& painter, QSize size) {
                paintCharts(painter, size,
                            std::array{PictureChart{content.get(), fittedView(*content)}});
            }};
}

Picture chartPicture(const MetricChart& chart) {
    return {chart.content().description.title, kNaturalSize,
            [&chart](QPainter& painter, QSize size) {
                paintCharts(painter, size, std::array{asShown(chart)});
            }};
}

Picture chartSheet(const QString& title, const std::vector<MetricChart*>& charts) {
    return {title, Picture().naturalSize, [charts](QPainter& painter, QSize size) {
                std::vector<PictureChart> shown;
                shown.reserve(charts.size());
                for (const MetricChart* chart : charts) {
                    shown.push_back(asShown(*chart));
                }
                paintCharts(painter, size, shown);
            }};
}

}  // namespace normscope
