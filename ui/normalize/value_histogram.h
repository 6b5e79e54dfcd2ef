#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QRectF>
#include <QString>
#include <cstddef>
#include <optional>
#include <span>

#include "core/histogram.h"

class QPainter;

namespace normscope {

/// How numbers are spread.
struct Distribution {
    Histogram histogram;
    std::size_t count = 0;
    double mean = 0.0;
    double deviation = 0.0;  ///< divided by the count, as normalization does
};

/// Of numbers that may lie in several places: a statistics set takes pieces of every image.
Distribution distributionOf(std::span<const std::span<const double>> pieces,
                            const ValueRange& range, int bins);

/// One histogram: a tensor, and a part of it in front.
struct ValueHistogram {
    QString title;
    Distribution all;
    struct Part {
        QString label;
        QColor colour;
        Distribution distribution;
    };
    std::optional<Part> part;
};

/// "Mean 0.25, standard deviation 1.2".
QString momentsText(const Distribution& distribution);

/// Title, mean and standard deviation, and the bars above an axis with its range. A bar is as high
/// as its share of the numbers, so that a part and the whole can be compared.
void paintHistogram(QPainter& painter, const QRectF& area, const ValueHistogram& content,
                    const QPalette& palette, const QFont& font);

}  // namespace normscope
