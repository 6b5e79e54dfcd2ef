#pragma once

#include <QFontMetrics>
#include <QRect>
#include <QString>
#include <vector>

#include "ui/norm_style.h"

namespace normscope {

/// Room for one entry of a legend: swatch and label.
QSize legendEntrySize(const QFontMetrics& metrics, const QString& label);

/// Paints an entry in the painter's font and pen; greyed if its curve is hidden.
void paintLegendEntry(QPainter& painter, const QRect& rect, const QString& label,
                      const CurveStyle& style, bool visible = true);

/// Places for entries beside each other, in a new line when `width` is used up.
struct FlowedEntries {
    std::vector<QRect> places;
    int height = 0;
};
FlowedEntries flowed(const std::vector<QSize>& entries, int width);

}  // namespace normscope
