#include "ui/normalize/value_histogram.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

#include "ui/normalize/sheet_painter.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr qreal kPartLine = 2.0;
constexpr qreal kTick = 4.0;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ValueHistogram)
};

double shareOf(const Distribution& distribution, std::size_t bin) {
    return static_cast<double>(distribution.histogram.counts[bin]) /
           static_cast<double>(std::max<std::size_t>(1, distribution.count));
}

double largestShare(const Distribution& distribution) {
    double largest = 0.0;
    for (std::size_t bin = 0; bin < distribution.histogram.counts.size(); ++bin) {
        largest = std::max(largest, shareOf(distribution, bin));
    }
    return largest;
}

/// Where the bars go, and how a value and a share become a place.
struct Plot {
    QRectF area;
    const Histogram& axis;
    double highest;

    qreal x(double value) const {
        return area.left() + area.width() * (value - axis.low) / (axis.high - axis.low);
    }
    qreal y(double share) const { return area.bottom() - area.height() * share / highest; }
};

void paintBars(QPainter& painter, const Plot& plot, const Distribution& all, const QColor& colour) {
    const std::size_t bins = all.histogram.counts.size();
    const qreal width = plot.area.width() / static_cast<qreal>(bins);
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const qreal top = plot.y(shareOf(all, bin));
        const qreal left = plot.area.left() + width * static_cast<qreal>(bin);
        painter.fillRect(QRectF(left + 0.5, top, width - 1.0, plot.area.bottom() - top), colour);
    }
}

void paintOutline(QPainter& painter, const Plot& plot, const ValueHistogram::Part& part) {
    const std::size_t bins = part.distribution.histogram.counts.size();
    const qreal width = plot.area.width() / static_cast<qreal>(bins);
    QPolygonF outline;
    outline << plot.area.bottomLeft();
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const qreal top = plot.y(shareOf(part.distribution, bin));
        const qreal left = plot.area.left() + width * static_cast<qreal>(bin);
        outline << QPointF(left, top) << QPointF(left + width, top);
    }
    outline << plot.area.bottomRight();
    painter.setPen(QPen(part.colour, kPartLine));
    painter.drawPolyline(outline);
}

void paintAxis(QPainter& painter, const Plot& plot, const QPalette& palette,
               const QFontMetricsF& metrics) {
    painter.setPen(palette.color(QPalette::Mid));
    painter.drawLine(plot.area.bottomLeft(), plot.area.bottomRight());
    const QRectF labels(plot.area.left(), plot.area.bottom() + kTick, plot.area.width(),
                        metrics.height());
    const QString low = cellText(plot.axis.low);
    const QString high = cellText(plot.axis.high);
    painter.setPen(palette.color(QPalette::PlaceholderText));
    painter.drawText(labels, Qt::AlignLeft | Qt::AlignTop, low);
    painter.drawText(labels, Qt::AlignRight | Qt::AlignTop, high);
    if (plot.axis.low >= 0.0 || plot.axis.high <= 0.0) {
        return;
    }
    const qreal zero = plot.x(0.0);
    painter.drawLine(QPointF(zero, plot.area.bottom()), QPointF(zero, plot.area.bottom() + kTick));
    const QString text = cellText(0.0);
    const qreal half = metrics.horizontalAdvance(text) / 2.0;
    const qreal gap = metrics.averageCharWidth();
    if (zero - half > labels.left() + metrics.horizontalAdvance(low) + gap &&
        zero + half < labels.right() - metrics.horizontalAdvance(high) - gap) {
        painter.drawText(QRectF(zero - half, labels.top(), 2.0 * half, labels.height()),
                         Qt::AlignCenter, text);
    }
}

}  // namespace

Distribution distributionOf(std::span<const std::span<const double>> pieces,
                            const ValueRange& range, int bins) {
    Distribution result;
    result.histogram = emptyHistogram(range, bins);
    double sum = 0.0;
    for (const std::span<const double> piece : pieces) {
        addTo(result.histogram, piece);
        result.count += piece.size();
        for (const double value : piece) {
            sum += value;
        }
    }
    const auto count = static_cast<double>(std::max<std::size_t>(1, result.count));
    result.mean = sum / count;
    double squares = 0.0;
    for (const std::span<const double> piece : pieces) {
        for (const double value : piece) {
            squares += (value - result.mean) * (value - result.mean);
        }
    }
    result.deviation = std::sqrt(squares / count);
    return result;
}

QString momentsText(const Distribution& distribution) {
    // A mean that is 0 but for rounding would be read as a result.
    constexpr double kRounding = 1e-12;
    const bool zero = std::abs(distribution.mean) <= kRounding * distribution.deviation;
    return Texts::tr("Mean %1, SD %2")
        .arg(cellText(zero ? 0.0 : distribution.mean), cellText(distribution.deviation));
}

void paintHistogram(QPainter& painter, const QRectF& area, const ValueHistogram& content,
                    const QPalette& palette, const QFont& font) {
    painter.save();
    QFont bold(font);
    bold.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const qreal line = metrics.height();
    auto drawLine = [&, row = 0](const QString& text) mutable {
        const QRectF place(area.left(), area.top() + line * row++, area.width(), line);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, place.width()));
    };
    painter.setFont(bold);
    painter.setPen(palette.color(QPalette::WindowText));
    drawLine(content.title);
    painter.setFont(font);
    painter.setPen(palette.color(QPalette::PlaceholderText));
    drawLine(Texts::tr("All: %1").arg(momentsText(content.all)));
    if (content.part) {
        painter.setPen(palette.color(QPalette::WindowText));
        drawLine(
            Texts::tr("%1: %2").arg(content.part->label, momentsText(content.part->distribution)));
    }

    const qreal head = 3.0 * line + kTick;
    const QRectF bars = area.adjusted(0.0, head, 0.0, -line - kTick);
    if (bars.height() > line / 2.0) {
        double highest = largestShare(content.all);
        if (content.part) {
            highest = std::max(highest, largestShare(content.part->distribution));
        }
        const Plot plot{bars, content.all.histogram, highest > 0.0 ? highest : 1.0};
        paintBars(painter, plot, content.all,
                  blend(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.3));
        if (content.part) {
            paintOutline(painter, plot, *content.part);
        }
        paintAxis(painter, plot, palette, metrics);
    }
    painter.restore();
}

}  // namespace normscope
