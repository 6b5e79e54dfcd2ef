#pragma once

#include <QObject>

namespace normscope {

class MetricChart;
class SidePanel;
class StatusLine;
class TrainPage;

/// What the charts of a page give away: pictures, numbers, a printed page.
class ChartActions : public QObject {
    Q_OBJECT

  public:
    /// Pictures are set up in `panel`; what was done is told in `status`.
    ChartActions(TrainPage& page, SidePanel& panel, StatusLine& status);

    /// With the panel set to this chart, or to all as one sheet if null.
    void showExport(MetricChart* chart);
    void print();

  private:
    void copyPicture(const MetricChart& chart);
    void askWhereToSaveData(const MetricChart& chart);

    TrainPage& page_;
    SidePanel& panel_;
    StatusLine& status_;
};

}  // namespace normscope
