#pragma once

#include <qcustomplot.h>

namespace normscope {

/// Ticks of a logarithmic axis at 1, 2 and 5 times the powers of ten; over many decades at the
/// powers alone, within less than a decade at even steps. (QCustomPlot's own leaves an axis within
/// one decade without labels.)
class LogTicker : public QCPAxisTicker {
  protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    int getSubTickCount(double tickStep) override;
};

}  // namespace normscope
