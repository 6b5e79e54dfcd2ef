#pragma once

#include <QObject>
#include <QTimer>

#include "ui/chart/chart_content.h"

namespace normscope {

/// Works out another smoothing of a chart's curves. Of very long curves it does so bit by bit, so
/// that no frame is missed; until all of it is there, the chart shows the one before.
class CurveSmoother : public QObject {
    Q_OBJECT

  public:
    /// `content` outlives the smoother.
    explicit CurveSmoother(ChartContent& content, QObject* parent = nullptr);

    /// Weight 0..0.999. While one is under way, that one comes first: whoever drags a slider sees
    /// it move.
    void setWeight(double weight);
    /// The curves are others, which are short: what is wanted is applied at once.
    void restart();

  signals:
    /// The chart has another smoothing.
    void applied();

  private:
    void start();
    void goOn();
    std::size_t prepare();
    void apply();

    ChartContent& content_;
    QTimer next_;  ///< runs while a smoothing is under way
    double wanted_ = 0.0;
    double prepared_ = 0.0;
};

}  // namespace normscope
