#include "ui/train/chart_grid.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <algorithm>

#include "ui/chart/metric_chart.h"
#include "ui/theme.h"
#include "ui/train/training_charts.h"

namespace normscope {
namespace {

constexpr int kChartLines = 8;     ///< least height of a chart in lines of text
constexpr int kChartColumns = 30;  ///< least width in average characters
constexpr int kTwoColumns = 2;

}  // namespace

ChartGrid::ChartGrid(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
    const auto descriptions = trainingChartDescriptions();
    std::ranges::transform(descriptions, charts_.begin(), [this](const ChartDescription& one) {
        return new MetricChart(one, this);
    });
    grid_->setContentsMargins({});
    grid_->setSpacing(kSpacing);
    for (MetricChart* chart : charts_) {
        chart->setEmptyText(
            tr("Press Start training: the curves of all models appear here while they learn."));
        connect(chart, &MetricChart::curveToggled, this, &ChartGrid::curveToggled);
        connect(chart, &MetricChart::pictureRequested, this,
                [this, chart] { emit pictureRequested(chart); });
        connect(chart, &MetricChart::expandRequested, this,
                [this, chart] { enlarge(enlarged_ == nullptr ? chart : nullptr); });
    }
    arrange();
}

void ChartGrid::setCurves(const std::vector<CurveDescription>& curves, int plannedEpochs) {
    for (MetricChart* chart : charts_) {
        chart->setCurves(curves);
        chart->setEmptyText(chart->content().description.onePointAnEpoch
                                ? tr("The first point comes after the first epoch.")
                                : tr("The curves start with the first mini-batches."));
    }
    setPlannedEpochs(plannedEpochs);
}

void ChartGrid::setPlannedEpochs(int epochs) {
    for (MetricChart* chart : charts_) {
        chart->setPlannedEpochs(epochs);
    }
}

void ChartGrid::append(std::size_t curve, const TrainingSnapshot& snapshot, double stepsPerEpoch) {
    for (const StepRecord& record : snapshot.steps) {
        const double x = static_cast<double>(record.step) / stepsPerEpoch;
        charts_[TrainLoss]->append(curve, x, record.loss);
        charts_[TrainAccuracy]->append(curve, x, record.accuracy);
    }
    for (const EpochRecord& record : snapshot.epochs) {
        charts_[TestLoss]->append(curve, record.epoch, record.testLoss);
        charts_[TestAccuracy]->append(curve, record.epoch, record.testAccuracy);
    }
}

void ChartGrid::refresh() {
    for (MetricChart* chart : charts_) {
        if (!chart->isHidden()) {
            chart->refresh();
        }
    }
}

void ChartGrid::setSmoothing(double weight) {
    charts_[TrainLoss]->setSmoothing(weight);
    charts_[TrainAccuracy]->setSmoothing(weight);
}

void ChartGrid::setLogarithmic(bool logarithmic) {
    charts_[TrainLoss]->setLogarithmic(logarithmic);
    charts_[TestLoss]->setLogarithmic(logarithmic);
}

void ChartGrid::setCurveVisible(std::size_t curve, bool visible) {
    for (MetricChart* chart : charts_) {
        chart->setCurveVisible(curve, visible);
    }
}

std::vector<MetricChart*> ChartGrid::charts() const {
    return {charts_.begin(), charts_.end()};
}

QSize ChartGrid::sizeHint() const {
    return minimumSizeHint();
}

QSize ChartGrid::minimumSizeHint() const {
    const QSize chart = leastChartSize();
    const int rows = enlarged_ == nullptr ? FigureCount / columns_ : 1;
    return {chart.width(), rows * (chart.height() + kSpacing) - kSpacing};
}

void ChartGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool hasRoomForTwo = width() >= kTwoColumns * leastChartSize().width() + kSpacing;
    const int columns = hasRoomForTwo ? kTwoColumns : 1;
    if (columns != columns_) {
        columns_ = columns;
        arrange();
    }
}

QSize ChartGrid::leastChartSize() const {
    QSize size(kChartColumns * fontMetrics().averageCharWidth(),
               kChartLines * fontMetrics().height());
    for (const MetricChart* chart : charts_) {
        size = size.expandedTo(chart->minimumSize()).expandedTo(chart->minimumSizeHint());
    }
    return size;
}

/// A stretch factor would keep room for a row or column even when nothing in it is shown.
void ChartGrid::arrange() {
    for (int line = 0; line < FigureCount; ++line) {
        grid_->setRowStretch(line, 0);
        grid_->setColumnStretch(line, 0);
    }
    int place = 0;
    for (MetricChart* chart : charts_) {
        const int row = place / columns_;
        const int column = place % columns_;
        const bool shown = enlarged_ == nullptr || chart == enlarged_;
        grid_->addWidget(chart, row, column);
        chart->setVisible(shown);
        if (shown) {
            grid_->setRowStretch(row, 1);
            grid_->setColumnStretch(column, 1);
        }
        ++place;
    }
    updateGeometry();
}

/// Reaches the grid once the chart in focus has no use for the key itself.
void ChartGrid::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && enlarged_ != nullptr) {
        enlarge(nullptr);
        return;
    }
    QWidget::keyPressEvent(event);
}

void ChartGrid::enlarge(MetricChart* chartOrNull) {
    enlarged_ = chartOrNull;
    for (MetricChart* chart : charts_) {
        chart->setExpanded(chart == enlarged_);
    }
    arrange();
    refresh();
}

}  // namespace normscope
