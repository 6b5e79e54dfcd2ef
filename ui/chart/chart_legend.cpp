#include "ui/chart/chart_legend.h"

#include <QPainter>
#include <algorithm>

namespace normscope {
namespace {

int swatchWidth(const QFontMetrics& metrics) {
    return 2 * metrics.height();
}
int spacing(const QFontMetrics& metrics) {
    return metrics.height() / 3;
}

}  // namespace

QSize legendEntrySize(const QFontMetrics& metrics, const QString& label) {
    const int space = spacing(metrics);
    return {swatchWidth(metrics) + metrics.horizontalAdvance(label) + 4 * space,
            metrics.height() + space};
}

void paintLegendEntry(QPainter& painter, const QRect& rect, const QString& label,
                      const CurveStyle& style, bool visible) {
    const QFontMetrics metrics = painter.fontMetrics();
    const int space = spacing(metrics);
    const int side = metrics.height() / 2;
    const QRect swatch(rect.left() + space, rect.top() + (rect.height() - side) / 2,
                       swatchWidth(metrics), side);
    paintSwatch(painter, swatch, style, visible);
    painter.save();
    painter.setOpacity(painter.opacity() * (visible ? 1.0 : 0.45));
    painter.drawText(rect.adjusted(swatchWidth(metrics) + 2 * space, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, label);
    painter.restore();
}

FlowedEntries flowed(const std::vector<QSize>& entries, int width) {
    FlowedEntries result;
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    for (const QSize& entry : entries) {
        if (x > 0 && x + entry.width() > width) {
            x = 0;
            y += lineHeight;
            lineHeight = 0;
        }
        result.places.emplace_back(QPoint(x, y), entry);
        x += entry.width();
        lineHeight = std::max(lineHeight, entry.height());
    }
    result.height = y + lineHeight;
    return result;
}

}  // namespace normscope
