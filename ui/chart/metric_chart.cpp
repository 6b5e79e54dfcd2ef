#include "ui/chart/metric_chart.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStyleOptionToolButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/chart/chart_accessible.h"
#include "ui/chart/curve_plot.h"
#include "ui/chart/legend_bar.h"
#include "ui/chart/readout.h"
#include "ui/reading_order.h"
#include "ui/themed_icon.h"

namespace normscope {
namespace {

/// Its icon tells enough: the arrow of a menu would only be a speck in the corner.
class IconMenuButton : public QToolButton {
  protected:
    void initStyleOption(QStyleOptionToolButton* option) const override {
        QToolButton::initStyleOption(option);
        option->features &= ~QStyleOptionToolButton::HasMenu;
    }
};

}  // namespace

MetricChart::MetricChart(const ChartDescription& description, QWidget* parent) : QWidget(parent) {
    installChartAccessibility();
    content_.description = description;
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(description.title);
    setMinimumSize(240, 144);
    connect(&smoother_, &CurveSmoother::applied, this, &MetricChart::refreshNow);

    legend_ = new LegendBar(this);
    connect(legend_, &LegendBar::toggled, this, &MetricChart::setCurveVisible);
    makePlot();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->setSpacing(0);
    layout->addLayout(makeHeader());
    layout->addWidget(plot_, 1);
    connectMouse();
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);  // comes back as a change of palette: all is made by now
    applyLook();
    fit();
}

MetricChart::~MetricChart() = default;

QLayout* MetricChart::makeHeader() {
    const QString& title = content_.description.title;
    title_ = new QLabel(title);
    title_->setTextFormat(Qt::PlainText);

    expandButton_ = new QToolButton;
    expandButton_->setAutoRaise(true);
    connect(expandButton_, &QToolButton::clicked, this, &MetricChart::expandRequested);

    auto* menu = new QMenu(this);
    menu->addAction(tr("&Picture..."), this, &MetricChart::pictureRequested);
    menu->addAction(tr("&Copy picture"), this, &MetricChart::copyRequested);
    menu->addAction(tr("&Data as CSV..."), this, &MetricChart::dataRequested);
    exportButton_ = new IconMenuButton;
    exportButton_->setAutoRaise(true);
    exportButton_->setToolTip(tr("Export this chart"));
    exportButton_->setAccessibleName(tr("Export %1").arg(title));
    exportButton_->setPopupMode(QToolButton::InstantPopup);
    exportButton_->setMenu(menu);
    setExpanded(false);

    auto* header = new QHBoxLayout;
    header->setSpacing(0);
    header->addWidget(title_);
    header->addSpacing(8);
    header->addWidget(legend_, 1);
    header->addWidget(expandButton_);
    header->addWidget(exportButton_);
    return header;
}

void MetricChart::makePlot() {
    plot_ = new CurvePlot(this);
    plot_->setAccessibleName(content_.description.title);
    connect(plot_, &QCustomPlot::afterReplot, this, [this] {
        if (plot_->plotRect().width() != presentedWidth_) {
            refreshNow();  // other pixel columns
        }
    });
    readout_ = new Readout(plot_, content_);
    emptyText_ = new QLabel;
    emptyText_->setAlignment(Qt::AlignCenter);
    emptyText_->setWordWrap(true);
    emptyText_->setForegroundRole(QPalette::PlaceholderText);
    emptyText_->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* overPlot = new QVBoxLayout(plot_);
    overPlot->addWidget(emptyText_);
}

void MetricChart::connectMouse() {
    connect(plot_, &QCustomPlot::mousePress, this, [this] { setFocus(Qt::MouseFocusReason); });
    connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (event->buttons() == Qt::NoButton && plot_->plotRect().contains(event->pos())) {
            readOutAt(plot_->toValues(event->position()).x());
        } else {
            endReadout();
        }
    });
    connect(plot_, &CurvePlot::left, this, &MetricChart::endReadout);
    connect(plot_, &QCustomPlot::mouseDoubleClick, this, &MetricChart::fit);
    connect(plot_, &QCustomPlot::mouseWheel, this, [this](QWheelEvent* event) {
        zoomByWheel(event->position(), event->angleDelta().y());
    });
    connect(plot_->selectionRect(), &QCPSelectionRect::accepted, this, &MetricChart::zoomToRect);
}

void MetricChart::setCurves(std::vector<CurveDescription> curves) {
    content_.curves.clear();
    for (CurveDescription& description : curves) {
        content_.curves.push_back({std::move(description), {}, true});
    }
    smoother_.restart();
    readout_->setValues(std::nullopt);
    legend_->setCurves(content_.curves);
    setReadingOrder({this});
    fit();
}

void MetricChart::append(std::size_t curve, double x, double y) {
    CurveData& points = content_.curves.at(curve).data;
    // A line that has left a zoomed view is not seen to grow.
    const bool isSeen = following_ || points.empty() || points.xs().back() <= view_.x.upper;
    points.append(x, y);
    dirty_ |= isSeen;
}

void MetricChart::refresh() {
    if (dirty_) {
        present();
        // All charts that are refreshed together are painted in one frame.
        plot_->replot(QCustomPlot::rpQueuedRefresh);
    }
}

void MetricChart::refreshNow() {
    present();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MetricChart::present() {
    dirty_ = false;
    if (following_) {
        view_ = fittedView(content_, &view_);
    }
    const bool empty = std::all_of(content_.curves.begin(), content_.curves.end(),
                                   [](const Curve& curve) { return curve.data.empty(); });
    emptyText_->setVisible(empty);
    presentedWidth_ = plot_->plotRect().width();
    plot_->presentLive(content_, view_);
    if (readout_->values()) {
        readout_->setValues(valuesAt(content_, readout_->values()->x, epochsPerPixel()));
    }
}

void MetricChart::setSmoothing(double weight) {
    smoother_.setWeight(weight);
}

void MetricChart::setLogarithmic(bool logarithmic) {
    if (content_.description.canBeLogarithmic && logarithmic != content_.logarithmic) {
        content_.logarithmic = logarithmic;
        fit();  // a linear view may reach below zero
    }
}

void MetricChart::setCurveVisible(std::size_t curve, bool visible) {
    if (content_.curves.at(curve).visible == visible) {
        return;
    }
    content_.curves[curve].visible = visible;
    legend_->setCurveVisible(curve, visible);
    refreshNow();
    emit curveToggled(curve, visible);
}

void MetricChart::setPlannedEpochs(int epochs) {
    content_.plannedEpochs = epochs;
    markDirty();
}

void MetricChart::fit() {
    following_ = true;
    view_ = fittedView(content_);
    refreshNow();
}

void MetricChart::setView(const ChartView& view) {
    following_ = false;
    view_ = view;
    refreshNow();
}

void MetricChart::setEmptyText(const QString& text) {
    emptyText_->setText(text);
}

void MetricChart::setExpanded(bool expanded) {
    expanded_ = expanded;
    expandButton_->setToolTip(expanded ? tr("Back to all charts") : tr("Enlarge this chart"));
    expandButton_->setAccessibleName(
        (expanded ? tr("Back to all charts from %1") : tr("Enlarge %1"))
            .arg(content_.description.title));
    takeIcons();
}

QString MetricChart::spokenValues() const {
    return normscope::spokenValues(content_, readout_->values(), locale());
}

double MetricChart::epochsPerPixel() const {
    return view_.x.size() / std::max(1, plot_->plotRect().width());
}

void MetricChart::readOutAt(double x) {
    // Half an epoch reaches the next point of a test chart, some pixels the end of a live curve.
    const double reach = content_.description.onePointAnEpoch ? 0.5 : 12.0 * epochsPerPixel();
    readout_->setValues(valuesAt(content_, x, reach));
    readout_->replotNow();
}

void MetricChart::stepReadout(int direction) {
    const Curve* densest = nullptr;
    for (const Curve& curve : content_.curves) {
        if (curve.visible && (!densest || curve.data.size() > densest->data.size())) {
            densest = &curve;
        }
    }
    if (!densest || densest->data.empty()) {
        return;
    }
    const CurveData& points = densest->data;
    const auto last = static_cast<std::ptrdiff_t>(points.size()) - 1;
    std::ptrdiff_t point = static_cast<std::ptrdiff_t>(points.nearest(view_.x.upper));
    if (readout_->values()) {
        // Point by point, but where points are closer than pixels, four pixels at a time.
        point = static_cast<std::ptrdiff_t>(points.nearest(readout_->values()->x)) + direction;
        point = std::clamp<std::ptrdiff_t>(point, 0, last);
        const double jump = readout_->values()->x + 4.0 * direction * epochsPerPixel();
        const auto jumped = static_cast<std::ptrdiff_t>(points.nearest(jump));
        point = direction > 0 ? std::max(point, jumped) : std::min(point, jumped);
    }
    const double x = points.xs()[static_cast<std::size_t>(point)];
    if (!view_.x.contains(x)) {
        setView(scrolledTo(view_, x));
    }
    readOutAt(x);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void MetricChart::endReadout() {
    if (readout_->values()) {
        readout_->setValues(std::nullopt);
        readout_->replotNow();
    }
}

void MetricChart::zoomAbout(QPointF centre, double factor, ZoomAxes axes) {
    const ChartView view = zoomed(content_, view_, factor, centre, axes);
    if (factor > 1.0 && covers(view, fittedView(content_))) {
        fit();
    } else {
        setView(view);
    }
}

void MetricChart::zoomByWheel(const QPointF& pixel, int angle) {
    if (angle == 0) {
        return;
    }
    const QRect plot = plot_->plotRect();
    const ZoomAxes axes = pixel.x() < plot.left()     ? ZoomAxes::Y
                          : pixel.y() > plot.bottom() ? ZoomAxes::X
                                                      : ZoomAxes::Both;
    zoomAbout(plot_->toValues(pixel), std::pow(0.85, angle / 120.0), axes);
}

void MetricChart::zoomToRect(const QRect& pixels) {
    const QRect chosen = pixels.normalized() & plot_->plotRect();
    if (chosen.width() < 8 || chosen.height() < 8) {
        return;  // a click with an unsteady hand
    }
    const QPointF low = plot_->toValues(QRectF(chosen).bottomLeft());
    const QPointF high = plot_->toValues(QRectF(chosen).topRight());
    setView({{low.x(), high.x()}, {low.y(), high.y()}});
}

void MetricChart::keyPressEvent(QKeyEvent* event) {
    const QRect plot = plot_->plotRect();
    const double x =
        readout_->values() ? readout_->values()->x : plot_->toValues(QRectF(plot).center()).x();
    const QPointF centre(x, plot_->toValues(QRectF(plot).center()).y());
    switch (event->key()) {
        case Qt::Key_Left:
            return stepReadout(-1);
        case Qt::Key_Right:
            return stepReadout(+1);
        case Qt::Key_Up:
            return zoomAbout(centre, 0.8, ZoomAxes::Both);
        case Qt::Key_Down:
            return zoomAbout(centre, 1.25, ZoomAxes::Both);
        case Qt::Key_Home:
            return fit();
        case Qt::Key_Escape:
            if (readout_->values()) {
                return endReadout();
            }
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void MetricChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void MetricChart::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    endReadout();
    update();
}

void MetricChart::paintEvent(QPaintEvent*) {
    if (hasFocus()) {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void MetricChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        applyLook();
        refreshNow();
    }
}

void MetricChart::applyLook() {
    QFont bold = font();
    bold.setBold(true);
    title_->setFont(bold);
    const int line = fontMetrics().height();
    plot_->layout()->setContentsMargins(4 * line, 0, line, 2 * line);  // within the axes
    plot_->setLook(palette(), font());
    takeIcons();
}

void MetricChart::takeIcons() {
    expandButton_->setIcon(themedIcon(expanded_ ? "close" : "enlarge", palette()));
    exportButton_->setIcon(themedIcon("export", palette()));
}

}  // namespace normscope
