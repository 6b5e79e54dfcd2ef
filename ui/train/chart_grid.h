#pragma once

#include <QWidget>
#include <array>
#include <vector>

#include "core/training_records.h"
#include "ui/chart/metric_chart.h"

class QGridLayout;

namespace normscope {

/// Training loss, test loss, training accuracy and test accuracy, two by two, or below each other
/// where large text leaves no room for that. A curve hidden in one is hidden in all; one chart can
/// take the room of all four.
class ChartGrid : public QWidget {
    Q_OBJECT

  public:
    explicit ChartGrid(QWidget* parent = nullptr);

    /// Starts anew with these curves.
    void setCurves(const std::vector<CurveDescription>& curves, int plannedEpochs);
    void setPlannedEpochs(int epochs);

    /// `stepsPerEpoch` turns mini-batches into epochs, the unit of the x axis.
    void append(std::size_t curve, const TrainingSnapshot& snapshot, double stepsPerEpoch);
    /// Paints what was appended.
    void refresh();

    void setSmoothing(double weight);
    void setLogarithmic(bool logarithmic);
    void setCurveVisible(std::size_t curve, bool visible);

    std::vector<MetricChart*> charts() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void curveToggled(std::size_t curve, bool visible);
    void pictureRequested(normscope::MetricChart* chart);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    enum Figure { TrainLoss, TestLoss, TrainAccuracy, TestAccuracy, FigureCount };

    /// Null gives each chart its quarter again.
    void enlarge(MetricChart* chartOrNull);

    void arrange();
    QSize leastChartSize() const;

    QGridLayout* grid_;
    std::array<MetricChart*, FigureCount> charts_{};
    MetricChart* enlarged_ = nullptr;
    int columns_ = 2;
};

}  // namespace normscope
