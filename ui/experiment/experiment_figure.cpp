#include "ui/experiment/experiment_figure.h"

#include <QPainter>

#include "ui/chart/chart_legend.h"
#include "ui/chart/chart_picture.h"
#include "ui/chart/curve_plot.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kGutter = 24;

FigureLook pictureLook(const QPainter& painter) {
    return {lightPalette(), painter.font()};
}

}  // namespace

std::vector<FigureModel> figureModels(const std::vector<QString>& labels,
                                      const std::vector<NormKind>& kinds) {
    const std::vector<int> variants = styleVariants(kinds);
    std::vector<FigureModel> models;
    for (std::size_t model = 0; model < labels.size(); ++model) {
        models.push_back({labels[model], kinds[model], variants[model]});
    }
    return models;
}

ExperimentFigure::ExperimentFigure(QWidget* parent) : Figure(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void ExperimentFigure::setTitle(const QString& title) {
    setAccessibleName(title);
    update();
}

void ExperimentFigure::setModels(std::vector<FigureModel> models) {
    models_ = std::move(models);
    update();
}

QSize ExperimentFigure::minimumSizeHint() const {
    constexpr QSize kGridUnits(36, 24);
    return kGridUnits * gridUnit(this);
}

Picture ExperimentFigure::picture() const {
    constexpr QSize kNaturalSize(900, 600);
    return {title(), kNaturalSize, [this](QPainter& painter, QSize size) {
                paint(painter, {QPoint(0, 0), size}, pictureLook(painter));
            }};
}

Picture figureSheet(const QString& title, const std::vector<const ExperimentFigure*>& figures) {
    constexpr QSize kNaturalSize(1400, 600);
    return {title, kNaturalSize, [figures](QPainter& painter, QSize size) {
                const int count = static_cast<int>(figures.size());
                const int width = (size.width() - (count - 1) * kGutter) / count;
                for (int place = 0; place < count; ++place) {
                    figures[static_cast<std::size_t>(place)]->paint(
                        painter, {place * (width + kGutter), 0, width, size.height()},
                        pictureLook(painter));
                }
            }};
}

void ExperimentFigure::paint(QPainter& painter, const QRect& rect, const FigureLook& look) const {
    painter.save();
    painter.setPen(look.palette.color(QPalette::Text));
    const QRect belowTitle = paintTitle(painter, rect, look);
    painter.setFont(look.font);
    const QRect belowLegend = hasLegend() ? paintLegend(painter, belowTitle, look) : belowTitle;
    painter.restore();
    paintPlot(painter, belowLegend, look);
}

QRect ExperimentFigure::paintTitle(QPainter& painter, const QRect& rect,
                                   const FigureLook& look) const {
    painter.setFont(look.bold());
    const QFontMetrics metrics = painter.fontMetrics();
    painter.drawText(QRect(rect.left(), rect.top(), rect.width(), metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(title(), Qt::ElideRight, rect.width()));
    return rect.adjusted(0, metrics.height() + gridUnit(look.font) / 2, 0, 0);
}

QRect ExperimentFigure::paintLegend(QPainter& painter, const QRect& rect,
                                    const FigureLook& look) const {
    std::vector<QSize> sizes;
    for (const FigureModel& model : models_) {
        sizes.push_back(legendEntrySize(painter.fontMetrics(), model.label));
    }
    const FlowedEntries flow = flowed(sizes, rect.width());
    const bool dark = isDark(look.palette);
    for (std::size_t model = 0; model < models_.size(); ++model) {
        paintLegendEntry(painter, flow.places[model].translated(rect.topLeft()),
                         models_[model].label, models_[model].style(dark));
    }
    return rect.adjusted(0, flow.height + gridUnit(look.font) / 2, 0, 0);
}

void ExperimentFigure::paintPlot(QPainter& painter, const QRect& rect,
                                 const FigureLook& look) const {
    if (rect.width() < 1 || rect.height() < 1) {
        return;
    }
    CurvePlot plot;
    plot.setLook(look.palette, look.font);
    plot.resize(rect.size());
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setSubTicks(false);  // without length, a recording would leave dots of them
    }
    draw(plot);
    normscope::paintPlot(painter, rect, plot);
}

void ExperimentFigure::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const int margin = gridUnit(this);
    paint(painter, rect().adjusted(margin, margin / 2, -margin, -margin / 2), look());
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void ExperimentFigure::focusInEvent(QFocusEvent* event) {
    Figure::focusInEvent(event);
    update();
}

void ExperimentFigure::focusOutEvent(QFocusEvent* event) {
    Figure::focusOutEvent(event);
    update();
}

}  // namespace normscope
