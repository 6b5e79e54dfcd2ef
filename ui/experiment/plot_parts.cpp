#include "ui/experiment/plot_parts.h"

#include <algorithm>
#include <cmath>

namespace normscope {
namespace {

class WholeNumberTicker : public QCPAxisTicker {
  protected:
    double getTickStep(const QCPRange& range) override {
        return std::max(1.0, std::round(QCPAxisTicker::getTickStep(range)));
    }
    int getSubTickCount(double) override { return 0; }
};

}  // namespace

void showAsMarks(QCPGraph& graph, const CurveStyle& style, double side) {
    graph.setLineStyle(QCPGraph::lsNone);
    graph.setAdaptiveSampling(false);
    graph.setPen(style.markerPen());  // stands in where the scatter style has none
    graph.setScatterStyle(
        QCPScatterStyle(markerPath(style.marker, side), style.markerPen(), style.markerBrush()));
}

QSharedPointer<QCPAxisTicker> wholeNumberTicker() {
    return QSharedPointer<QCPAxisTicker>(new WholeNumberTicker);
}

void fitAxis(QCPAxis& axis, double lowest, double highest, double floor) {
    constexpr double kRoom = 0.08;  // of the range, at either end
    if (!std::isfinite(lowest) || !std::isfinite(highest)) {
        axis.setRange(floor, floor + 1.0);
        return;
    }
    double span = highest - lowest;
    if (span <= 0.0) {
        span = std::max(0.1 * std::abs(highest), 1e-3);
        lowest -= span / 2.0;
        highest += span / 2.0;
    }
    axis.setRange(std::max(floor, lowest - kRoom * span), highest + kRoom * span);
}

}  // namespace normscope
