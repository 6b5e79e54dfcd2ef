#pragma once

#include <QObject>

#include "app/picture_actions.h"

namespace normscope {

class MetricChart;
class StatusLine;
class TrainPage;

/// What the charts of page Train give away: pictures and numbers.
class ChartActions : public QObject {
    Q_OBJECT

  public:
    ChartActions(TrainPage& page, PictureActions& pictures, StatusLine& status);

    /// All charts as one sheet, then each alone.
    PagePictures pictures() const;
    /// The sheet, which is all that is printed.
    PagePictures sheet() const;

  private:
    void showExport(const MetricChart* chartOrNull);
    void showExportOfInside();
    void askWhereToSaveData(const MetricChart& chart);

    TrainPage& page_;
    PictureActions& pictures_;
    StatusLine& status_;
};

}  // namespace normscope
