#pragma once

#include <qcustomplot.h>

#include <optional>

#include "ui/chart/readout_values.h"

namespace normscope {

class CurvePlot;

/// The vertical line, the dots on the curves and the box of values at the pointer. It lives on the
/// plot's buffered overlay layer: moving it repaints no curve.
class Readout : public QCPLayerable {
    Q_OBJECT

  public:
    Readout(CurvePlot* plot, const ChartContent& content);

    /// Shown at the next replot() or at once by replotNow().
    void setValues(std::optional<ReadoutValues> values);
    void replotNow();
    const std::optional<ReadoutValues>& values() const { return values_; }

  protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

  private:
    QRect boxAt(qreal x, QSize size) const;
    void drawLineAndDots(QCPPainter* painter) const;
    void drawBox(QCPPainter* painter) const;

    CurvePlot* plot_;
    const ChartContent& content_;
    std::optional<ReadoutValues> values_;
};

}  // namespace normscope
