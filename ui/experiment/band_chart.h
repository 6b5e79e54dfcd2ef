#pragma once

#include "core/experiment_results.h"
#include "ui/experiment/experiment_figure.h"

namespace normscope {

enum class BandMetric { TestAccuracy, TestLoss, TrainAccuracy, TrainLoss };
QString displayName(BandMetric metric);

/// Curves over the epochs: the mean of the seeds, in a band of one standard deviation to either
/// side.
class BandChart : public ExperimentFigure {
    Q_OBJECT

  public:
    explicit BandChart(QWidget* parent = nullptr);

    void setResults(std::vector<FigureModel> models, SeedResults results);
    void setMetric(BandMetric metric);
    BandMetric shownMetric() const { return metric_; }

    QString spokenValues() const override;

  protected:
    void draw(CurvePlot& plot) const override;

  private:
    const MeanEstimate& measured(const EpochBand& band) const;
    bool isAccuracy() const;
    double shown(double value) const { return isAccuracy() ? 100.0 * value : value; }
    void drawModel(CurvePlot& plot, std::size_t model) const;
    void fitAxes(CurvePlot& plot) const;

    SeedResults results_;
    BandMetric metric_ = BandMetric::TestAccuracy;
};

}  // namespace normscope
