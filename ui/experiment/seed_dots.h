#pragma once

#include "core/experiment_results.h"
#include "ui/experiment/experiment_figure.h"

namespace normscope {

/// How many test images each model misread at last, a dot for every seed, with the mean and its
/// 95 % interval.
class SeedDots : public ExperimentFigure {
    Q_OBJECT

  public:
    explicit SeedDots(QWidget* parent = nullptr);

    void setResults(std::vector<FigureModel> models, SeedResults results);

    QString spokenValues() const override;

  protected:
    void draw(CurvePlot& plot) const override;
    bool hasLegend() const override { return false; }

  private:
    double rowOf(std::size_t model) const;
    void fitAxes(CurvePlot& plot) const;
    void drawDots(CurvePlot& plot, std::size_t model) const;
    void drawMean(CurvePlot& plot, std::size_t model) const;

    SeedResults results_;
};

}  // namespace normscope
