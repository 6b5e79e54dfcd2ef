#include "ui/affine/relu_histogram.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/affine/axis_ticks.h"
#include "ui/affine/value_colors.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kBins = 72;
constexpr std::size_t kOutput = 2;

ValueRange axisFor(const ValueRange& range, int& bins) {
    constexpr double kLeastSpan = 1e-3;
    const double span = std::max(range.high - range.low, kLeastSpan);
    const double width = span / kBins;
    // Edges half a bin beside 0, so that rounding about 0 moves nothing from bin to bin.
    const double first = std::floor(range.low / width - 1.0);
    const double last = std::ceil(range.high / width + 1.0);
    bins = static_cast<int>(last - first) + 1;
    return {(first - 0.5) * width, (last + 0.5) * width};
}

CutHistogram countsOf(const std::vector<double>& values, const ValueRange& axis, int bins) {
    CutHistogram counts{emptyHistogram(axis, bins), emptyHistogram(axis, bins), 0, 0,
                        static_cast<std::int64_t>(values.size())};
    std::vector<double> dead;
    std::vector<double> alive;
    for (const double value : values) {
        counts.below += value < axis.low ? 1 : 0;
        counts.above += value > axis.high ? 1 : 0;
        (value > kRounding ? alive : dead).push_back(value);
    }
    addTo(counts.dead, dead);
    addTo(counts.alive, alive);
    return counts;
}

double fullest(const CutHistogram& counts) {
    double share = 0.0;
    for (std::size_t bin = 0; bin < counts.dead.counts.size(); ++bin) {
        share = std::max(share, counts.share(bin));
    }
    return share;
}

QString titleOf(std::size_t row) {
    switch (row) {
        case 0:
            return ReluHistogram::tr("Original");
        case 1:
            return ReluHistogram::tr("Normalized");
        default:
            return ReluHistogram::tr("Output");
    }
}

/// Where a row is drawn and what its axis says.
struct RowPlace {
    QRectF rect;
    ValueRange axis;

    double x(double value) const {
        return rect.left() + (value - axis.low) / (axis.high - axis.low) * rect.width();
    }
};

/// The cut: what lies left of 0 is lost.
void paintDeadZone(QPainter& painter, const RowPlace& place, const FigureLook& look) {
    QColor violet = ValueColors::belowZero(isDark(look.palette));
    const QRectF zone(place.rect.topLeft(), QPointF(place.x(0.0), place.rect.bottom()));
    violet.setAlphaF(0.10F);
    painter.fillRect(zone, violet);
    violet.setAlphaF(0.35F);
    painter.fillRect(zone, QBrush(violet, Qt::BDiagPattern));
}

void paintBars(QPainter& painter, const RowPlace& place, const CutHistogram& counts, double tallest,
               const FigureLook& look) {
    const bool dark = isDark(look.palette);
    const double width = counts.dead.binWidth();
    for (std::size_t bin = 0; bin < counts.dead.counts.size(); ++bin) {
        const auto dead = static_cast<double>(counts.dead.counts[bin]);
        const auto alive = static_cast<double>(counts.alive.counts[bin]);
        if (dead + alive == 0.0) {
            continue;
        }
        const double left = place.x(counts.dead.low + static_cast<double>(bin) * width);
        const double right = place.x(counts.dead.low + static_cast<double>(bin + 1) * width);
        const double height =
            std::min(1.0, std::sqrt(counts.share(bin) / tallest)) * place.rect.height();
        const double split = place.rect.bottom() - height * dead / (dead + alive);
        const QRectF bar(QPointF(left, place.rect.bottom() - height),
                         QPointF(right - std::min(1.0, (right - left) / 4.0), place.rect.bottom()));
        painter.fillRect(QRectF(bar.topLeft(), QPointF(bar.right(), split)),
                         blend(look.palette.color(QPalette::Window), look.text(), 0.75));
        painter.fillRect(QRectF(QPointF(bar.left(), split), bar.bottomRight()),
                         ValueColors::belowZero(dark));
    }
}

/// y = max(0, x), rising to the top right corner.
void paintRelu(QPainter& painter, const RowPlace& place, const FigureLook& look) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look.accent(), 2.0));
    const double y = place.rect.bottom() - 1.0;
    painter.drawPolyline(QPolygonF(
        {{place.rect.left(), y}, {place.x(0.0), y}, {place.rect.right(), place.rect.top() + 1.0}}));
    painter.restore();
}

void paintTextsOfOutput(QPainter& painter, const RowPlace& place, const CutHistogram& counts,
                        const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    const double margin = gridUnit(look.font) / 2.0;
    const QRectF inside = place.rect.adjusted(margin, 0.0, -margin, 0.0);
    painter.setPen(ValueColors::belowZero(isDark(look.palette)));
    const QString cut = ReluHistogram::tr("cut off by ReLU");
    const QRectF zone(inside.topLeft(), QPointF(place.x(0.0) - margin, inside.bottom()));
    if (metrics.horizontalAdvance(cut) < zone.width()) {
        // On a ground of its own, so that no bar crosses it out.
        QColor ground = look.palette.color(QPalette::Window);
        ground.setAlphaF(0.85F);
        painter.fillRect(
            QRectF(zone.topLeft(), QSizeF(metrics.horizontalAdvance(cut), metrics.height())),
            ground);
        painter.drawText(zone, Qt::AlignLeft | Qt::AlignTop, cut);
    }
    painter.setPen(look.accent());
    const QString relu = QStringLiteral("ReLU");
    // Below the line that rises to the right.
    painter.drawText(inside.adjusted(0.0, inside.height() * 0.25, 0.0, 0.0),
                     Qt::AlignRight | Qt::AlignTop, relu);
    painter.setPen(look.text());
    const QLocale locale;
    if (counts.below > 0) {
        painter.drawText(zone, Qt::AlignLeft | Qt::AlignBottom,
                         QStringLiteral("◂ ") + locale.toString(counts.below));
    }
    if (counts.above > 0) {
        painter.drawText(inside, Qt::AlignRight | Qt::AlignBottom,
                         locale.toString(counts.above) + QStringLiteral(" ▸"));
    }
}

void paintAxis(QPainter& painter, const RowPlace& place, const QRectF& texts,
               const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    const QLocale locale;
    const double widest = metrics.horizontalAdvance(QStringLiteral("−00.0")) * 1.5;
    const int most = std::max(2, static_cast<int>(texts.width() / widest));
    const AxisTicks ticks = ticksFor(place.axis, most);
    painter.setPen(look.muted());
    for (const double value : ticks.values) {
        const double x = place.x(value);
        const QRectF room(x - widest, texts.top(), 2.0 * widest, texts.height());
        painter.drawText(room, Qt::AlignHCenter | Qt::AlignBottom,
                         locale.toString(value, 'f', ticks.decimals));
        painter.drawLine(QPointF(x, texts.top()), QPointF(x, texts.top() + 3.0));
    }
}

}  // namespace

double CutHistogram::share(std::size_t bin) const {
    return cells == 0 ? 0.0
                      : static_cast<double>(dead.counts[bin] + alive.counts[bin]) /
                            static_cast<double>(cells);
}

HistogramContent histogramContent(const ThreePlanes& planes, const ValueRange& range) {
    int bins = 1;
    const ValueRange axis = axisFor(range, bins);
    HistogramContent content;
    content.rows = {countsOf(planes.original, axis, bins), countsOf(planes.normalized, axis, bins),
                    countsOf(planes.output, axis, bins)};
    const double tallest = std::max(fullest(content.rows[0]), fullest(content.rows[1]));
    content.tallest = tallest > 0.0 ? tallest : 1.0;
    return content;
}

void paintHistogram(QPainter& painter, const QRectF& area, const HistogramContent& content,
                    const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    const double unit = gridUnit(look.font);
    const double line = metrics.height();
    const double names = QFontMetricsF(look.bold()).horizontalAdvance(titleOf(1)) + 1.5 * unit;
    const QRectF rows = area.adjusted(names, line + unit, 0.0, -(line + unit / 2.0));
    // The output's row is what moves: it has twice the room.
    const double row = (rows.height() - 2.0 * unit) / 4.0;

    painter.setFont(look.bold());
    painter.setPen(look.text());
    painter.drawText(
        QRectF(area.topLeft(), QSizeF(area.width(), line)), Qt::AlignLeft | Qt::AlignTop,
        QFontMetricsF(look.bold()).elidedText(aliveText(content), Qt::ElideRight, area.width()));
    RowPlace place{{rows.topLeft(), QSizeF(rows.width(), row)},
                   {content.rows[0].dead.low, content.rows[0].dead.high}};
    for (std::size_t i = 0; i < content.rows.size(); ++i) {
        if (i == kOutput) {
            place.rect.setHeight(rows.bottom() - place.rect.top());
            paintDeadZone(painter, place, look);
        }
        painter.fillRect(QRectF(place.rect.left(), place.rect.bottom(), place.rect.width(), 1.0),
                         look.hairline());
        paintBars(painter, place, content.rows[i], content.tallest, look);
        painter.setFont(look.font);
        painter.setPen(look.text());
        painter.drawText(QRectF(QPointF(area.left(), place.rect.top()),
                                QPointF(rows.left(), place.rect.bottom())),
                         Qt::AlignLeft | Qt::AlignVCenter, titleOf(i));
        if (i != kOutput) {
            place.rect.translate(0.0, row + unit);
        }
    }
    painter.fillRect(QRectF(place.x(0.0), rows.top(), 1.0, rows.height()), look.muted());
    paintRelu(painter, place, look);
    paintTextsOfOutput(painter, place, content.rows[kOutput], look);
    paintAxis(painter, place, QRectF(QPointF(rows.left(), rows.bottom() + 1.0), area.bottomRight()),
              look);
}

QString aliveText(const HistogramContent& content) {
    const QString text = ReluHistogram::tr("Alive after ReLU: %1 of this image")
                             .arg(percentText(content.alive.image));
    return content.images == 1 ? text
                               : ReluHistogram::tr("%1, %2 of all %3 images")
                                     .arg(text, percentText(content.alive.channel),
                                          QLocale().toString(content.images));
}

ReluHistogram::ReluHistogram(QWidget* parent) : Figure(parent) {
    setAccessibleName(tr("Histogram and ReLU"));
    setToolTip(
        tr("How many cells have which value: the height grows with the square root of their "
           "number, so that a few can be seen beside many. Violet: 0 or below."));
    setContent(histogramContent({1, 1, {0.0}, {0.0}, {0.0}}, {0.0, 0.0}));
}

void ReluHistogram::setContent(HistogramContent content) {
    content_ = std::move(content);
    update();
}

QString ReluHistogram::spokenValues() const {
    QStringList sentences{aliveText(content_) + '.'};
    for (std::size_t row = 0; row < content_.rows.size(); ++row) {
        const CutHistogram& counts = content_.rows[row];
        std::int64_t dead = 0;
        for (const std::int64_t count : counts.dead.counts) {
            dead += count;
        }
        sentences << tr("%1: %2 of %3 cells at or below 0.")
                         .arg(titleOf(row), QLocale().toString(qlonglong{dead + counts.below}),
                              QLocale().toString(qlonglong{counts.cells}));
    }
    return sentences.join(' ');
}

QSize ReluHistogram::minimumSizeHint() const {
    const QFontMetrics metrics(font());
    return {40 * metrics.averageCharWidth(), 7 * metrics.height()};
}

void ReluHistogram::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintHistogram(painter, rect(), content_, look());
}

}  // namespace normscope
