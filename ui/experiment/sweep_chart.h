#pragma once

#include "core/experiment_results.h"
#include "ui/experiment/experiment_figure.h"

namespace normscope {

/// Errors in percent of one model against the size of the batch.
struct SweepCurve {
    FigureModel model;
    std::vector<std::pair<int, double>> points;  ///< size, error
};

/// Error against batch size, from large batches to small ones as in the Group Normalization paper;
/// sizes are spaced by their logarithm.
class SweepChart : public ExperimentFigure {
    Q_OBJECT

  public:
    SweepChart(const QString& title, const QString& sizeTitle, const QString& errorTitle,
               QWidget* parent = nullptr);

    void setCurves(std::vector<SweepCurve> curves, std::vector<int> sizes);

    QString spokenValues() const override;

  protected:
    void draw(CurvePlot& plot) const override;

  private:
    void fitAxes(CurvePlot& plot) const;

    QString sizeTitle_;
    QString errorTitle_;
    std::vector<SweepCurve> curves_;
    std::vector<int> sizes_;
};

/// What an experiment measured.
std::vector<SweepCurve> sweepCurves(const std::vector<FigureModel>& models,
                                    const SweepResults& results);
/// What the paper measured, and the sizes it did at.
std::vector<SweepCurve> paperCurves();
std::vector<int> paperSizes();

}  // namespace normscope
