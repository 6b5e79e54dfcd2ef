#include "ui/chart/chart_picture.h"

#include <QApplication>
#include <QFontMetrics>
#include <algorithm>

#include "ui/chart/chart_legend.h"
#include "ui/chart/curve_plot.h"
#include "ui/norm_style.h"

namespace normscope {
namespace {

constexpr int kMargin = 24;
constexpr int kGap = 8;
constexpr int kTextPixels = 15;

/// Sized in pixels of the picture, which must not depend on the screen or its text scale.
QFont textFont() {
    QFont font = QApplication::font();
    font.setPixelSize(kTextPixels);
    return font;
}

QPalette lightPalette() {
    QPalette palette(QColor(0xf0f0f0));
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, QColor(0x20, 0x20, 0x20));
    return palette;
}

/// Paints the title into the top of `rect` and returns what is left below it.
QRect paintTitle(QPainter& painter, const QRect& rect, const QString& title) {
    QFont bold = textFont();
    bold.setBold(true);
    painter.setFont(bold);
    const int height = painter.fontMetrics().height();
    painter.drawText(QRect(rect.left(), rect.top(), rect.width(), height),
                     Qt::AlignLeft | Qt::AlignVCenter, title);
    return rect.adjusted(0, height + kGap, 0, 0);
}

QRect paintLegend(QPainter& painter, const QRect& rect, const ChartContent& content) {
    painter.setFont(textFont());
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

void paintPlot(QCPPainter& painter, const QRect& rect, const PictureChart& chart) {
    if (rect.width() < 1 || rect.height() < 1) {
        return;
    }
    CurvePlot plot;
    plot.setLook(lightPalette(), textFont());
    plot.present(*chart.content, chart.view, rect.width());
    painter.save();
    painter.translate(rect.topLeft());
    plot.toPainter(&painter, rect.width(), rect.height());
    painter.restore();
}

void paintChart(QCPPainter& painter, const QRect& rect, const PictureChart& chart) {
    painter.setPen(lightPalette().color(QPalette::Text));
    const QRect belowTitle = paintTitle(painter, rect, chart.content->description.title);
    const QRect belowLegend = paintLegend(painter, belowTitle, *chart.content);
    paintPlot(painter, belowLegend, chart);
}

/// Paints the caption into the bottom of `rect` and returns what is left above it.
QRect paintCaption(QPainter& painter, const QRect& rect, const QString& caption) {
    if (caption.isEmpty()) {
        return rect;
    }
    painter.setFont(textFont());
    painter.setPen(QColor(0x55, 0x55, 0x55));
    const int flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;
    const int height = std::min(painter.fontMetrics().boundingRect(rect, flags, caption).height(),
                                rect.height() / 3);
    painter.drawText(rect.adjusted(0, rect.height() - height, 0, 0), flags, caption);
    return rect.adjusted(0, 0, 0, -height - 2 * kGap);
}

}  // namespace

void paintCharts(QCPPainter& painter, QSize size, std::span<const PictureChart> charts,
                 const QString& caption) {
    const QRect page(QPoint(), size);
    painter.fillRect(page, Qt::white);
    painter.setRenderHint(QPainter::TextAntialiasing);
    const QRect inner = page.adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const QRect sheet = paintCaption(painter, inner, caption);
    const int columns = charts.size() > 1 ? 2 : 1;
    const int rows = (static_cast<int>(charts.size()) + columns - 1) / columns;
    for (int index = 0; index < static_cast<int>(charts.size()); ++index) {
        const QSize cell((sheet.width() - (columns - 1) * kMargin) / columns,
                         (sheet.height() - (rows - 1) * kMargin) / rows);
        const QPoint corner = sheet.topLeft() + QPoint(index % columns * (cell.width() + kMargin),
                                                       index / columns * (cell.height() + kMargin));
        paintChart(painter, {corner, cell}, charts[static_cast<std::size_t>(index)]);
    }
}

}  // namespace normscope
