#include "ui/train/inside_painting.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/affine/axis_ticks.h"
#include "ui/chart/chart_legend.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

struct InsideTexts {
    Q_DECLARE_TR_FUNCTIONS(Inside)
};
using Texts = InsideTexts;
using Column = InsideLayout::Column;

constexpr double kMedianWidth = 2.5;
constexpr double kLeastPlotLines = 4.5;  ///< height of a plot in lines of text
constexpr int kLeastColumnCharacters = 26;
constexpr double kHistogramShare = 0.22;  ///< of the width of a column

/// How a value and an epoch become a point of one plot.
struct Axes {
    QRectF rect;
    ValueRange values;
    double lastEpoch;

    double y(double value) const {
        return rect.bottom() - (value - values.low) / (values.high - values.low) * rect.height();
    }
    double x(double epoch) const { return rect.left() + epoch / lastEpoch * rect.width(); }
};

QString sideName(LayerSide side) {
    return side == LayerSide::Input ? Texts::tr("Enters") : Texts::tr("Leaves");
}

/// Lays the columns of one row out into `area`.
class RowOfColumns {
  public:
    RowOfColumns(const QRectF& area, std::size_t count, bool hasMoment, const QFont& font)
        : area_(area),
          count_(static_cast<double>(count)),
          hasMoment_(hasMoment),
          unit_(gridUnit(font)),
          line_(QFontMetricsF(font).height()),
          valueTexts_(QFontMetricsF(font).horizontalAdvance(QStringLiteral("−00.0")) + unit_) {}

    Column column(std::size_t index) const {
        const double gap = 2.0 * unit_;
        const double width = (area_.width() - valueTexts_ - (count_ - 1.0) * gap) / count_;
        const double left = area_.left() + valueTexts_ + static_cast<double>(index) * (width + gap);
        Column column;
        column.isFirst = index == 0;
        column.valueTexts = area_.left();
        double top = area_.top();
        const auto take = [&](double height) {
            const QRectF taken(left, top, width, height);
            top += height;
            return taken;
        };
        // Header, two lines of text and the axis are fixed; the plots share the rest.
        const double fixed = 4.2 * line_ + 2.5 * unit_;
        const double plot = std::max(0.0, (area_.height() - fixed) / 2.0);
        const auto takePlot = [&] {
            const QRectF text = take(line_);
            return plotIn(text, take(plot));
        };
        column.header = take(1.2 * line_);
        column.input = takePlot();
        top += unit_;
        column.output = takePlot();
        top += unit_ / 2.0;
        column.axis = take(line_);
        return column;
    }

  private:
    Column::Plot plotIn(const QRectF& text, QRectF plot) const {
        plot.setTop(plot.top() + unit_ / 4.0);
        QRectF bands = plot;
        QRectF histogram;
        if (hasMoment_) {
            bands.setWidth(plot.width() * (1.0 - kHistogramShare));
            histogram = plot;
            histogram.setLeft(bands.right() + unit_ / 2.0);
        }
        return {text, bands, histogram};
    }

    QRectF area_;
    double count_;
    bool hasMoment_;
    double unit_;
    double line_;
    double valueTexts_;
};

void paintValueAxis(QPainter& painter, const Axes& axes, const Column& column,
                    const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    const QLocale locale;
    const int most = std::max(2, static_cast<int>(axes.rect.height() / (2.0 * metrics.height())));
    const AxisTicks ticks = ticksFor(axes.values, most);
    for (const double value : ticks.values) {
        const double y = axes.y(value);
        painter.fillRect(
            QRectF(axes.rect.left(), y - 0.5, axes.rect.width(), 1.0),
            value == 0.0 ? blend(look.hairline(), look.muted(), 0.6) : look.hairline());
        if (column.isFirst) {
            painter.setPen(look.muted());
            const double right = axes.rect.left() - gridUnit(look.font) / 2.0;
            painter.drawText(QRectF(QPointF(column.valueTexts, y - metrics.height() / 2.0),
                                    QPointF(right, y + metrics.height() / 2.0)),
                             Qt::AlignRight | Qt::AlignVCenter,
                             locale.toString(value, 'f', ticks.decimals));
        }
    }
}

/// The title stands below the histogram; without one, in place of the last number.
void paintEpochAxis(QPainter& painter, const Axes& axes, const QRectF& texts,
                    const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    const QLocale locale;
    const QString title = Texts::tr("Epochs");
    const double widest = 2.0 * metrics.horizontalAdvance(QStringLiteral("0.00"));
    const AxisTicks ticks =
        ticksFor({0.0, axes.lastEpoch}, std::max(2, static_cast<int>(axes.rect.width() / widest)));
    painter.setPen(look.muted());
    painter.drawText(texts, Qt::AlignRight | Qt::AlignTop, title);
    const double end =
        texts.right() - metrics.horizontalAdvance(title) - metrics.averageCharWidth();
    for (const double value : ticks.values) {
        const QString text = locale.toString(value, 'f', ticks.decimals);
        const double half = metrics.horizontalAdvance(text) / 2.0;
        const double x = axes.x(value);
        if (x + half < end) {
            painter.drawText(QRectF(x - half - 1.0, texts.top(), 2.0 * half + 2.0, texts.height()),
                             Qt::AlignHCenter | Qt::AlignTop, text);
        }
    }
}

/// The band from 15 to 85 %, and its median.
void paintBand(QPainter& painter, const Axes& axes, const ChannelCourse& course, LayerSide side,
               const CurveStyle& style) {
    QPolygonF upper;
    QPolygonF lower;
    QPolygonF median;
    for (std::size_t i = 0; i < course.values.size(); ++i) {
        const Percentiles& percentiles = percentilesAt(course.values[i], side);
        const double x = axes.x(course.epochs[i]);
        upper << QPointF(x, axes.y(percentiles.p85));
        lower << QPointF(x, axes.y(percentiles.p15));
        median << QPointF(x, axes.y(percentiles.p50));
    }
    painter.save();
    painter.setClipRect(axes.rect, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = style.color;
    fill.setAlphaF(0.22F);
    QPolygonF band = upper;
    std::for_each(lower.rbegin(), lower.rend(), [&](const QPointF& point) { band << point; });
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(band);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.color, 1.0));
    painter.drawPolyline(upper);
    painter.drawPolyline(lower);
    painter.setPen(style.pen(kMedianWidth));
    painter.drawPolyline(median);
    painter.restore();
}

/// A text at the right end of the upper or lower edge, on a ground of its own, so that no bar
/// crosses it out.
void paintOnGround(QPainter& painter, const QRectF& rect, Qt::Alignment edge, const QString& text,
                   const FigureLook& look) {
    const QFontMetricsF metrics(look.font);
    const double width = metrics.horizontalAdvance(text) + metrics.averageCharWidth() / 2.0;
    const double top = edge == Qt::AlignTop ? rect.top() : rect.bottom() - metrics.height();
    const QRectF place(rect.right() - width, top, width, metrics.height());
    QColor ground = look.palette.color(QPalette::Base);
    ground.setAlphaF(0.85F);
    painter.fillRect(place, ground);
    painter.setPen(look.text());
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, text);
}

/// Bars that grow to the right, on the plot's own axis of values, with the square root of the
/// count: ReLU leaves so many zeros that nothing else could be seen. What lies outside is counted.
void paintMoment(QPainter& painter, const Axes& axes, const QRectF& rect,
                 const ActivationHistogram& histogram, const CurveStyle& style,
                 const FigureLook& look) {
    painter.fillRect(QRectF(rect.left(), rect.top(), 1.0, rect.height()), look.muted());
    const auto tallest = static_cast<double>(std::ranges::max(histogram.counts));
    const double bins = static_cast<double>(histogram.counts.size());
    const double span = std::max(double{histogram.high} - histogram.low, 1e-9);
    for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin) {
        const double low = histogram.low + span * static_cast<double>(bin) / bins;
        const double middle = low + span / bins / 2.0;
        if (histogram.counts[bin] == 0 || middle < axes.values.low || middle > axes.values.high) {
            continue;
        }
        const double height = std::max(1.0, axes.y(low) - axes.y(low + span / bins));
        const double length = rect.width() * std::sqrt(histogram.counts[bin] / tallest);
        painter.fillRect(
            QRectF(rect.left(), axes.y(low) - height, length, std::max(1.0, height - 0.5)),
            style.color);
    }
    const OutsideShares outside = outsideShares(histogram, axes.values);
    const auto tell = [&](double share, const QString& arrow, Qt::Alignment edge) {
        if (share > 0.0) {
            paintOnGround(painter, rect, edge, arrow + QChar(0x2009) + percentText(share), look);
        }
    };
    tell(outside.above, QStringLiteral("▴"), Qt::AlignTop);
    tell(outside.below, QStringLiteral("▾"), Qt::AlignBottom);
}

void paintPlotText(QPainter& painter, const QRectF& rect, LayerSide side,
                   const ChannelCourse& course, const std::optional<std::size_t>& sample,
                   const FigureLook& look) {
    painter.setFont(look.font);
    painter.setPen(look.muted());
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, sideName(side));
    if (sample) {
        painter.setPen(look.text());
        painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter,
                         percentilesText(percentilesAt(course.values[*sample], side)));
    }
}

/// The line of the read-out.
void paintReadout(QPainter& painter, const Axes& axes, double epoch, const FigureLook& look) {
    painter.fillRect(QRectF(axes.x(epoch) - 0.5, axes.rect.top(), 1.0, axes.rect.height()),
                     look.text());
}

/// Everything that does not differ from column to column.
struct Painting {
    QPainter& painter;
    const InsideContent& content;
    const FigureLook& look;
    double lastEpoch;
    const std::optional<double>& epoch;

    void plot(const Column& column, const Column::Plot& plot, const ChannelCourse& course,
              LayerSide side, const ValueRange& values) const {
        const CurveStyle style =
            curveStyle(course.model.kind, course.model.variant, isDark(look.palette));
        const Axes axes{plot.bands, values, lastEpoch};
        const auto sample =
            sampleNear(course, epoch.value_or(std::numeric_limits<double>::infinity()));
        paintPlotText(painter, plot.text, side, course, sample, look);
        paintValueAxis(painter, axes, column, look);
        paintBand(painter, axes, course, side, style);
        if (course.moment) {
            paintMoment(painter, axes, plot.histogram, histogramAt(*course.moment, side), style,
                        look);
        }
        if (epoch && sample) {
            paintReadout(painter, axes, course.epochs[*sample], look);
        }
        if (side == LayerSide::Output) {
            paintEpochAxis(painter, axes, column.axis, look);
        }
    }
};

}  // namespace

InsideLayout layOutInside(const QRectF& area, const InsideContent& content, const QFont& font) {
    InsideLayout layout;
    const std::size_t models = content.models.size();
    if (models == 0) {
        return layout;
    }
    const QFontMetricsF metrics(font);
    const double least = kLeastColumnCharacters * metrics.averageCharWidth();
    const auto fit = static_cast<std::size_t>(std::max(1.0, area.width() / least));
    const std::size_t rows = (models + fit - 1) / fit;
    const std::size_t columns = (models + rows - 1) / rows;
    const double gap = gridUnit(font);
    const double height =
        (area.height() - gap * static_cast<double>(rows - 1)) / static_cast<double>(rows);
    for (std::size_t model = 0; model < models; ++model) {
        const std::size_t above = model / columns;
        const double top = area.top() + static_cast<double>(above) * (height + gap);
        const RowOfColumns row(QRectF(area.left(), top, area.width(), height), columns,
                               content.hasMoment(), font);
        layout.columns.push_back(row.column(model % columns));
    }
    layout.leastHeight =
        static_cast<double>(rows) * ((4.2 + 2.0 * kLeastPlotLines) * metrics.height() + 3.5 * gap);
    return layout;
}

void paintInside(QPainter& painter, const InsideLayout& layout, const InsideContent& content,
                 const std::optional<double>& epoch, const FigureLook& look) {
    const Painting painting{painter, content, look, lastEpochOf(content), epoch};
    const ValueRange inputs = valueRangeOf(content, LayerSide::Input);
    const ValueRange outputs = valueRangeOf(content, LayerSide::Output);
    for (std::size_t model = 0; model < layout.columns.size(); ++model) {
        const Column& column = layout.columns[model];
        const ChannelCourse& course = content.models[model];
        painter.setFont(look.font);
        painter.setPen(look.text());
        paintLegendEntry(painter, column.header.toRect(), course.model.label,
                         curveStyle(course.model.kind, course.model.variant, isDark(look.palette)));
        painting.plot(column, column.input, course, LayerSide::Input, inputs);
        painting.plot(column, column.output, course, LayerSide::Output, outputs);
    }
}

}  // namespace normscope
