#include "ui/findings/summary_chart.h"

#include <QAccessible>
#include <QBarCategoryAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QBoxPlotSeries>
#include <QBoxSet>
#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QHorizontalStackedBarSeries>
#include <QLocale>
#include <QPainter>
#include <QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/affine/axis_ticks.h"
#include "ui/chart/chart_legend.h"
#include "ui/norm_style.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr double kBarShare = 0.7;  ///< of the room of a category
constexpr double kBoxShare = 0.5;
constexpr double kTint = 0.55;  ///< of the ground in the fill of a bar
constexpr qreal kOutline = 1.5;
constexpr double kWhole = 100.0;  ///< what the bars of an accuracy hang from

/// Between round numbers; the whole range where only one falls into it.
double stepFor(const ValueRange& range, int most) {
    const std::vector<double> ticks = ticksFor(range, most).values;
    return ticks.size() < 2 ? range.high - range.low : ticks[1] - ticks[0];
}

/// Whose is what: told by the labels below boxes where these have room, and beside bars.
bool needsLegend(const SummaryContent& content, const FigureLook& look, qreal width) {
    if (content.kind != SummaryKind::LastEpochs) {
        return content.kind == SummaryKind::Digits;
    }
    const QFontMetricsF metrics(look.font);
    constexpr double kAxis = 5.0;  // lines: what stands left of the first box
    const qreal room =
        (width - kAxis * metrics.height()) / static_cast<qreal>(content.series.size());
    return std::ranges::any_of(content.series, [&](const SummarySeries& series) {
        return metrics.horizontalAdvance(series.label) > room;
    });
}

/// A chart laid out in `size`, without ground, legend and title.
class Plot {
  public:
    Plot(const SummaryContent& content, const FigureLook& look, const QSizeF& size)
        : content_(content), look_(look), chart_(new QChart) {
        scene_.addItem(chart_);
        chart_->legend()->hide();
        chart_->setBackgroundVisible(false);
        chart_->setMargins({});
        chart_->layout()->setContentsMargins(0, 0, 0, 0);
        chart_->setLocalizeNumbers(true);
        chart_->setLocale(QLocale());
        const bool bars = content.kind == SummaryKind::Wrong;
        addSeries(bars ? Qt::AlignLeft : Qt::AlignBottom, bars ? Qt::AlignBottom : Qt::AlignLeft,
                  size);
        chart_->resize(size);
        chart_->layout()->activate();
        scene_.setSceneRect(QRectF(QPointF(), size));
    }

    void paint(QPainter& painter, const QRectF& area) {
        scene_.render(&painter, area, scene_.sceneRect(), Qt::IgnoreAspectRatio);
        painter.save();
        painter.translate(area.topLeft());
        painter.setRenderHint(QPainter::Antialiasing);
        for (std::size_t model = 0; model < content_.series.size(); ++model) {
            paintOver(painter, model);
        }
        painter.restore();
    }

  private:
    CurveStyle styleOf(const SummarySeries& series) const {
        return curveStyle(series.kind, series.variant, isDark(look_.palette));
    }

    QBrush fill(const SummarySeries& series) const {
        return blend(styleOf(series).color, look_.palette.color(QPalette::Window), kTint);
    }

    QPen outline(const SummarySeries& series) const { return {styleOf(series).color, kOutline}; }

    void addSeries(Qt::Alignment categorySide, Qt::Alignment valueSide, const QSizeF& size) {
        auto* categories = new QBarCategoryAxis;
        categories->append(categoryNames());
        categories->setGridLineVisible(false);
        categories->setLabelsVisible(!needsLegend(content_, look_, size.width()) ||
                                     content_.kind == SummaryKind::Digits);
        auto* values = content_.kind == SummaryKind::Wrong    ? valueAxis(size.width())
                       : content_.kind == SummaryKind::Digits ? accuracyAxis(size.height())
                                                              : valueAxis(size.height());
        for (QAbstractAxis* axis :
             {static_cast<QAbstractAxis*>(categories), static_cast<QAbstractAxis*>(values)}) {
            axis->setLabelsFont(look_.font);
            axis->setLabelsColor(look_.text());
            axis->setTitleFont(look_.font);
            axis->setTitleBrush(look_.muted());
            axis->setLinePenColor(look_.hairline());
            axis->setGridLineColor(look_.hairline());
        }
        chart_->addAxis(categories, categorySide);
        chart_->addAxis(values, valueSide);
        series_ = makeSeries();
        chart_->addSeries(series_);
        series_->attachAxis(categories);
        series_->attachAxis(values);
    }

    QStringList categoryNames() const {
        QStringList names;
        if (content_.kind == SummaryKind::Digits) {
            for (int digit = 0; digit < kClassCount; ++digit) {
                names << QString::number(digit);
            }
            return names;
        }
        for (const SummarySeries& series : content_.series) {
            names << series.label;
        }
        return names;
    }

    QValueAxis* valueAxis(double length) const {
        double low = content_.kind == SummaryKind::LastEpochs ? HUGE_VAL : 0.0;
        double high = 0.0;
        for (const SummarySeries& series : content_.series) {
            for (const double value : series.values) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
            high = std::max(high, series.interval.value_or(Interval{}).high);
        }
        const double step = stepAlong({low, high}, length);
        const bool fromZero = content_.kind != SummaryKind::LastEpochs;
        // What stands at the end of a bar or a box needs room behind it.
        low = fromZero ? 0.0 : std::max(0.0, std::floor(low / step - 0.25) * step);
        high = (content_.kind == SummaryKind::Wrong ? high * 1.02
                                                    : std::ceil(high / step + 0.25) * step);
        high = std::max(high, low + step);
        auto* axis = new QValueAxis;
        axis->setRange(low, high);
        axis->setTickType(QValueAxis::TicksDynamic);
        axis->setTickAnchor(0.0);
        axis->setTickInterval(step);
        axis->setLabelFormat(QStringLiteral("%.%1f").arg(decimalsOf(step)));
        axis->setTitleText(low == 0.0 ? content_.axis
                                      : SummaryChart::tr("%1 (not from 0)").arg(content_.axis));
        return axis;
    }

    /// Down from 100 %, for a bar is to be as long as what it lacks, and Qt Charts has bars that
    /// start from 0 alone: what it draws is 100 % less.
    QValueAxis* accuracyAxis(double length) const {
        double low = 0.0;
        for (const SummarySeries& series : content_.series) {
            for (const double value : series.values) {
                low = hasValue(value) ? std::min(low, value - kWhole) : low;
            }
        }
        const double step = stepAlong({low, 0.0}, length);
        const int steps = static_cast<int>(std::floor(0.4 - low / step));
        auto* axis = new QCategoryAxis;
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setStartValue(-(steps + 1) * step);
        for (int below = steps; below >= 0; --below) {
            axis->append(QLocale().toString(kWhole - below * step, 'f', decimalsOf(step)),
                         -below * step);
        }
        axis->setRange(low - 0.4 * step, 0.25 * step);  // with room for markers and the first label
        axis->setTitleText(SummaryChart::tr("%1 (not from 0)").arg(content_.axis));
        return axis;
    }

    /// Between ticks, where the axis has `length` for its range.
    double stepAlong(const ValueRange& range, double length) const {
        const double least = content_.inPercent ? 0.01 : 1.0;
        const QFontMetricsF metrics(look_.font);
        const double room = content_.kind == SummaryKind::Wrong
                                ? metrics.horizontalAdvance(QStringLiteral("00,000"))
                                : 2.0 * metrics.height();
        const int most = std::clamp(static_cast<int>(length / (1.3 * room)), 2, 8);
        return std::max(least, stepFor({range.low, std::max(range.high, range.low + least)}, most));
    }

    static int decimalsOf(double step) {
        return std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    }

    QAbstractSeries* makeSeries() const {
        switch (content_.kind) {
            case SummaryKind::Wrong:
                return makeBars();
            case SummaryKind::Digits:
                return makeGroups();
            case SummaryKind::LastEpochs:
                return makeBoxes();
        }
        return nullptr;
    }

    QBarSet* makeSet(const SummarySeries& series) const {
        auto* set = new QBarSet(series.label);
        set->setBrush(fill(series));
        set->setPen(outline(series));
        return set;
    }

    /// Stacked, each model with a value in its own category alone: so each bar has its own look.
    QAbstractSeries* makeBars() const {
        auto* bars = new QHorizontalStackedBarSeries;
        bars->setBarWidth(kBarShare);
        for (std::size_t model = 0; model < content_.series.size(); ++model) {
            QBarSet* set = makeSet(content_.series[model]);
            for (std::size_t other = 0; other < content_.series.size(); ++other) {
                *set << (other == model ? content_.series[model].values.front() : 0.0);
            }
            bars->append(set);
        }
        return bars;
    }

    QAbstractSeries* makeGroups() const {
        auto* groups = new QBarSeries;
        groups->setBarWidth(kBarShare);
        for (const SummarySeries& series : content_.series) {
            QBarSet* set = makeSet(series);
            for (const double value : series.values) {
                *set << (hasValue(value) ? value - kWhole : 0.0);
            }
            groups->append(set);
        }
        return groups;
    }

    QAbstractSeries* makeBoxes() const {
        auto* boxes = new QBoxPlotSeries;
        boxes->setBoxWidth(kBoxShare);
        for (const SummarySeries& series : content_.series) {
            const FiveNumbers five = fiveNumbers(series.values);
            auto* box = new QBoxSet(five.minimum, five.lowerQuartile, five.median,
                                    five.upperQuartile, five.maximum, series.label);
            box->setBrush(fill(series));
            box->setPen(outline(series));
            boxes->append(box);
        }
        return boxes;
    }

    QPointF at(double x, double y) const { return chart_->mapToPosition({x, y}, series_); }

    /// What Qt Charts has no series for.
    void paintOver(QPainter& painter, std::size_t model) const {
        switch (content_.kind) {
            case SummaryKind::Wrong:
                return paintInterval(painter, model);
            case SummaryKind::Digits:
                return paintMarkers(painter, model);
            case SummaryKind::LastEpochs:
                return paintValues(painter, model);
        }
    }

    void paintInterval(QPainter& painter, std::size_t model) const {
        const SummarySeries& series = content_.series[model];
        const auto row = static_cast<double>(model);
        const Interval interval = series.interval.value_or(Interval{});
        const QPointF low = at(interval.low, row);
        const QPointF high = at(interval.high, row);
        const qreal cap = QFontMetricsF(look_.font).height() / 4.0;
        painter.setPen(QPen(look_.text(), 2.0, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(low, high);
        for (const QPointF& end : {low, high}) {
            painter.drawLine(end - QPointF(0.0, cap), end + QPointF(0.0, cap));
        }
    }

    /// Which bar is whose is to be seen without its colour.
    void paintMarkers(QPainter& painter, std::size_t model) const {
        const SummarySeries& series = content_.series[model];
        const double width = kBarShare / static_cast<double>(content_.series.size());
        for (std::size_t digit = 0; digit < series.values.size(); ++digit) {
            if (!hasValue(series.values[digit])) {
                continue;
            }
            const double x = static_cast<double>(digit) - kBarShare / 2.0 +
                             (static_cast<double>(model) + 0.5) * width;
            const QPointF end = at(x, series.values[digit] - kWhole);
            const qreal side = std::clamp((at(x + width, 0.0).x() - at(x, 0.0).x()) * 0.8, 4.0,
                                          QFontMetricsF(look_.font).height() * 0.55);
            paintMarker(painter, styleOf(series), end + QPointF(0.0, side * 0.9), side);
        }
    }

    /// From left to right in the order of the epochs.
    void paintValues(QPainter& painter, std::size_t model) const {
        const SummarySeries& series = content_.series[model];
        const qreal side = QFontMetricsF(look_.font).height() * 0.45;
        const auto values = static_cast<double>(series.values.size());
        for (std::size_t epoch = 0; epoch < series.values.size(); ++epoch) {
            const double offset = kBoxShare * ((static_cast<double>(epoch) + 0.5) / values - 0.5);
            paintMarker(painter, styleOf(series),
                        at(static_cast<double>(model) + offset, series.values[epoch]), side);
        }
    }

    const SummaryContent& content_;
    const FigureLook& look_;
    QGraphicsScene scene_;
    QChart* chart_;  ///< of the scene
    QAbstractSeries* series_ = nullptr;
};

/// Bars run from the first at the top down, and their labels carry the numbers, which would crowd
/// the ends of the bars.
SummaryContent asDrawn(SummaryContent content) {
    if (content.kind == SummaryKind::Wrong) {
        std::ranges::reverse(content.series);
        for (SummarySeries& series : content.series) {
            series.label = QStringLiteral("%1: %2").arg(
                series.label,
                QLocale().toString(series.values.front(), 'f', content.inPercent ? 2 : 0));
        }
    }
    return content;
}

qreal paintLegend(QPainter& painter, const QRectF& area, const SummaryContent& content, bool dark) {
    std::vector<QSize> sizes;
    for (const SummarySeries& series : content.series) {
        sizes.push_back(legendEntrySize(painter.fontMetrics(), series.label));
    }
    const FlowedEntries flow = flowed(sizes, static_cast<int>(area.width()));
    for (std::size_t model = 0; model < content.series.size(); ++model) {
        const SummarySeries& series = content.series[model];
        paintLegendEntry(painter, flow.places[model].translated(area.topLeft().toPoint()),
                         series.label, curveStyle(series.kind, series.variant, dark));
    }
    return flow.height;
}

}  // namespace

void paintSummary(QPainter& painter, const QRectF& area, const SummaryContent& content,
                  const FigureLook& look) {
    painter.save();
    const qreal line = QFontMetricsF(look.bold()).height();
    painter.setFont(look.bold());
    painter.setPen(look.text());
    QRectF rest = area;
    rest.setHeight(line);
    painter.drawText(
        rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetricsF(look.bold()).elidedText(content.title, Qt::ElideRight, rest.width()));
    painter.setFont(look.font);
    rest = area.adjusted(0.0, line + gridUnit(look.font), 0.0, 0.0);
    if (!content.series.empty() && needsLegend(content, look, rest.width())) {
        rest.setTop(rest.top() + paintLegend(painter, rest, content, isDark(look.palette)));
    }
    if (content.series.empty() || rest.height() < line || rest.width() < line) {
        painter.setPen(look.muted());
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                         SummaryChart::tr("Nothing is measured yet."));
    } else {
        const SummaryContent drawn = asDrawn(content);
        Plot(drawn, look, rest.size()).paint(painter, rest);
    }
    painter.restore();
}

Picture summaryPicture(const SummaryContent& content) {
    constexpr QSize kNaturalSize(900, 500);
    return {content.title, kNaturalSize, [content](QPainter& painter, QSize size) {
                const FigureLook look{lightPalette(), applicationFont(100)};
                const int margin = 2 * gridUnit(look.font);
                paintSummary(
                    painter,
                    QRectF(QPointF(), QSizeF(size)).adjusted(margin, margin, -margin, -margin),
                    content, look);
            }};
}

SummaryChart::SummaryChart(QWidget* parent) : Figure(parent) {}

void SummaryChart::setContent(SummaryContent content) {
    if (content == content_) {
        return;
    }
    content_ = std::move(content);
    setAccessibleName(content_.title);
    drawn_ = {};
    update();
    QAccessibleValueChangeEvent event(this, spokenValues());
    QAccessible::updateAccessibility(&event);
}

QString SummaryChart::spokenValues() const {
    return spokenSummary(content_);
}

QSize SummaryChart::minimumSizeHint() const {
    const QFontMetrics metrics(font());
    return {12 * metrics.height(), 15 * metrics.height()};
}

void SummaryChart::paintEvent(QPaintEvent*) {
    const QSize pixels = size() * devicePixelRatioF();
    if (drawn_.size() != pixels) {
        drawn_ = QPixmap(pixels);
        drawn_.setDevicePixelRatio(devicePixelRatioF());
        drawn_.fill(Qt::transparent);
        QPainter painter(&drawn_);
        paintSummary(painter, QRectF(QPointF(), QSizeF(size())), content_, look());
    }
    QPainter(this).drawPixmap(0, 0, drawn_);
}

void SummaryChart::changeEvent(QEvent* event) {
    drawn_ = {};
    Figure::changeEvent(event);
}

}  // namespace normscope
