#include "ui/chart/curve_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "ui/chart/curve_canvas.h"
#include "ui/chart/curve_line.h"
#include "ui/chart/drawable_range.h"
#include "ui/chart/growing_thinning.h"
#include "ui/chart/log_ticker.h"
#include "ui/norm_style.h"

namespace normscope {
namespace {

constexpr double kRawWidth = 1.0;  // anything wider costs a hundred times as much on noisy curves
constexpr double kMarkerSide = 8.0;

const QString kBackdropLayer = QStringLiteral("backdrop");
const QString kMarksLayer = QStringLiteral("marks");  // seen even where curves are dense

/// `color` as it shows through at this strength; painting it opaque is many times faster.
QColor mixed(const QColor& color, const QColor& ground, float strength) {
    const auto mix = [&](float a, float b) { return strength * a + (1.0F - strength) * b; };
    return QColor::fromRgbF(mix(color.redF(), ground.redF()), mix(color.greenF(), ground.greenF()),
                            mix(color.blueF(), ground.blueF()));
}

QVector<QCPGraphData> graphData(const ChartContent& content, const std::vector<CurvePoint>& points,
                                const DrawableRange& drawable) {
    QVector<QCPGraphData> data;
    data.reserve(static_cast<qsizetype>(points.size()));
    for (const CurvePoint& point : points) {
        data.append(QCPGraphData(point.x, drawable(content.shown(point.y))));
    }
    return data;
}

/// Where the markers of a curve go: on every point where these are far enough apart, else here and
/// there at round epochs, a little beside those of the other curves. Tied to the data and not to
/// the pixels, they stay in place while the curve grows.
std::vector<std::size_t> markedPoints(const ChartContent& content, std::size_t index,
                                      const AxisRange& x, int width) {
    const CurveData& data = content.curves[index].data;
    const auto& xs = data.xs();
    const auto first = std::lower_bound(xs.begin(), xs.end(), x.lower);
    const auto last = std::upper_bound(xs.begin(), xs.end(), x.upper);
    if ((last - first) * 16 <= width) {
        std::vector<std::size_t> all(static_cast<std::size_t>(last - first));
        std::iota(all.begin(), all.end(), static_cast<std::size_t>(first - xs.begin()));
        return all;
    }
    std::vector<std::size_t> some;
    const double step = std::pow(2.0, std::round(std::log2(x.size() / 6.0)));
    const double offset =
        step * (static_cast<double>(index) + 0.5) / static_cast<double>(content.curves.size());
    for (double place = std::floor(x.lower / step) * step + offset; place <= x.upper;
         place += step) {
        if (place >= xs.front() && place <= xs.back()) {
            some.push_back(data.nearest(place));
        }
    }
    return some;
}

/// The markers that lie within the view.
std::vector<CurvePoint> marks(const ChartContent& content, std::size_t index, const ChartView& view,
                              int width) {
    const CurveData& data = content.curves[index].data;
    std::vector<CurvePoint> points;
    for (const std::size_t point : markedPoints(content, index, view.x, width)) {
        const CurvePoint mark{data.xs()[point], data.smoothed()[point]};
        if (view.y.contains(content.shown(mark.y))) {
            points.push_back(mark);
        }
    }
    return points;
}

}  // namespace

CurvePlot::CurvePlot(QWidget* parent) : QCustomPlot(parent) {
    setFocusPolicy(Qt::NoFocus);  // the chart around it takes the keys
    setNoAntialiasingOnDrag(false);
    addLayer(kBackdropLayer, layer(QStringLiteral("main")), limBelow);
    addLayer(kMarksLayer, layer(QStringLiteral("main")), limAbove);
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setTickLengthIn(0);
        axis->setSubTickLengthIn(0);
        axis->setTickLengthOut(0);
        axis->setSubTickLengthOut(0);
        axis->setTickLabelPadding(4);
        axis->setLabelPadding(2);
        axis->setNumberFormat(QStringLiteral("gb"));
    }
    axisRect()->setupFullAxesBox(false);
    xAxis2->setVisible(false);
    yAxis2->setVisible(false);
    setSelectionRectMode(QCP::srmCustom);
    canvas_ = new CurveCanvas(this, kBackdropLayer);
    connect(this, &QCustomPlot::beforeReplot, this, &CurvePlot::fitTicks);
}

void CurvePlot::setLook(const QPalette& palette, const QFont& font) {
    dark_ = isDark(palette);
    const QColor text = palette.color(QPalette::Text);
    QColor faint = text;
    faint.setAlphaF(0.12F);
    QColor line = text;
    line.setAlphaF(0.45F);
    setFont(font);
    ground_ = palette.color(QPalette::Base);
    setBackground(ground_);
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setLabelFont(font);
        axis->setTickLabelFont(font);
        axis->setLabelColor(text);
        axis->setTickLabelColor(text);
        axis->setBasePen(QPen(line, 1));
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->grid()->setPen(QPen(faint, 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    // Half a label stands out at the ends of the axes.
    const int half = QFontMetrics(font).height() / 2 + 2;
    axisRect()->setMinimumMargins({0, half, half, 0});
    QColor highlight = palette.color(QPalette::Highlight);
    selectionRect()->setPen(QPen(highlight, 1));
    highlight.setAlphaF(0.15F);
    selectionRect()->setBrush(highlight);
}

void CurvePlot::matchGraphs(std::size_t count) {
    while (graphs_.size() > count) {
        removePlottable(graphs_.back().backdrop);
        removePlottable(graphs_.back().line);
        removeGraph(graphs_.back().marks);
        graphs_.pop_back();
    }
    while (graphs_.size() < count) {
        const Graphs graphs{new CurveLine(xAxis, yAxis), new CurveLine(xAxis, yAxis), addGraph()};
        graphs.backdrop->setLayer(kBackdropLayer);
        graphs.backdrop->setAntialiased(false);
        graphs.marks->setLineStyle(QCPGraph::lsNone);
        graphs.marks->setLayer(kMarksLayer);
        for (QCPGraph* graph : {static_cast<QCPGraph*>(graphs.backdrop),
                                static_cast<QCPGraph*>(graphs.line), graphs.marks}) {
            graph->setAdaptiveSampling(false);  // what comes is thinned already
        }
        graphs_.push_back(graphs);
    }
}

bool CurvePlot::isWide(const ChartContent& content) {
    return content.smoothing > 0.0 || content.description.onePointAnEpoch;
}

int CurvePlot::lineColumns(const ChartContent& content, int width) {
    constexpr int kMostWide = 200;
    return isWide(content) ? std::clamp(width / 4, 1, kMostWide) : width;
}

QColor CurvePlot::backdropColor(const CurveStyle& style) const {
    return mixed(style.color, ground_, 0.3F);
}

void CurvePlot::present(const ChartContent& content, const ChartView& view, int width) {
    presentAxes(content, view);
    matchGraphs(content.curves.size());
    for (std::size_t index = 0; index < graphs_.size(); ++index) {
        presentMarks(content, index, view, width);
        presentLines(content, index, view, width);
    }
}

void CurvePlot::presentLive(const ChartContent& content, const ChartView& view) {
    presentAxes(content, view);
    matchGraphs(content.curves.size());
    for (std::size_t index = 0; index < graphs_.size(); ++index) {
        presentMarks(content, index, view, std::max(1, plotRect().width()));
        graphs_[index].backdrop->setVisible(false);
        graphs_[index].line->setVisible(false);
    }
    canvas_->present(content, view);
}

void CurvePlot::presentAxes(const ChartContent& content, const ChartView& view) {
    xAxis->setLabel(content.description.xTitle);
    yAxis->setLabel(content.description.yTitle);
    const auto scale = content.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear;
    if (yAxis->scaleType() != scale) {
        yAxis->setScaleType(scale);
        yAxis->setTicker(content.logarithmic ? QSharedPointer<QCPAxisTicker>(new LogTicker)
                                             : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    }
    xAxis->setRange(view.x.lower, view.x.upper);
    yAxis->setRange(view.y.lower, view.y.upper);
}

/// Labels of a low plot must not run into each other.
void CurvePlot::fitTicks() {
    constexpr int most = 5;
    const int line = QFontMetrics(yAxis->tickLabelFont()).height();
    const int room = height() - 3 * line;  // without the texts of the x axis
    yAxis->ticker()->setTickCount(std::clamp(room / (2 * line), 2, most));
}

void CurvePlot::presentLines(const ChartContent& content, std::size_t index, const ChartView& view,
                             int width) {
    const Curve& curve = content.curves[index];
    const Graphs& graphs = graphs_[index];
    const bool smoothing = content.smoothing > 0.0;
    graphs.line->setVisible(curve.visible);
    graphs.backdrop->setVisible(curve.visible && smoothing);
    if (!curve.visible) {
        return;
    }
    const CurveStyle style = curveStyle(curve.description.kind, curve.description.variant, dark_);
    const DrawableRange drawable(view.y, content.logarithmic);
    const auto thin = [&](const ValuePyramid& values, int columns) {
        return graphData(content,
                         thinned(curve.data.xs(), values, view.x.lower, view.x.upper, columns),
                         drawable);
    };
    if (smoothing) {
        graphs.backdrop->setPen(QPen(backdropColor(style), kRawWidth));
        graphs.backdrop->data()->set(thin(curve.data.raw(), width), true);
    }
    const bool wide = isWide(content);
    graphs.line->setPen(wide ? style.pen(kLineWidth) : QPen(style.color, kRawWidth));
    graphs.line->setAntialiased(wide);
    graphs.line->data()->set(thin(curve.data.smoothed(), lineColumns(content, width)), true);
}

void CurvePlot::presentMarks(const ChartContent& content, std::size_t index, const ChartView& view,
                             int width) {
    const Curve& curve = content.curves[index];
    QCPGraph* graph = graphs_[index].marks;
    graph->setVisible(curve.visible && !curve.data.empty());
    if (!graph->visible()) {
        return;
    }
    const CurveStyle style = curveStyle(curve.description.kind, curve.description.variant, dark_);
    const DrawableRange drawable(view.y, content.logarithmic);
    graph->setPen(style.markerPen());  // stands in where the scatter style has none
    graph->setScatterStyle(QCPScatterStyle(markerPath(style.marker, kMarkerSide), style.markerPen(),
                                           style.markerBrush()));
    graph->data()->set(graphData(content, marks(content, index, view, width), drawable), true);
}

QPointF CurvePlot::toValues(QPointF pixel) const {
    return {xAxis->pixelToCoord(pixel.x()), yAxis->pixelToCoord(pixel.y())};
}

QPointF CurvePlot::toPixel(QPointF values) const {
    return {xAxis->coordToPixel(values.x()), yAxis->coordToPixel(values.y())};
}

void CurvePlot::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    emit left();
}

}  // namespace normscope
