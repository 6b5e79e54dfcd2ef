#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/experiment.h"
#include "ui/picture/picture.h"

class QComboBox;
class QLabel;
class QStackedWidget;

namespace normscope {

class BandChart;
class CopyableTable;
class ExperimentTableModel;
class SeedDots;
class SweepChart;

/// What an experiment measured, as far as it has come: charts, numbers and what may be claimed.
class ExperimentResultsView : public QWidget {
    Q_OBJECT

  public:
    explicit ExperimentResultsView(QWidget* parent = nullptr);

    void display(const Experiment& experiment);

    /// Of the experiment shown; empty before there is one.
    std::vector<Picture> pictures() const;

  private:
    QWidget* makeSeedCharts();
    QWidget* makeSweepCharts();
    QWidget* makeNumbers();
    void showSeeds(const Experiment& experiment);
    void showSweep(const Experiment& experiment);
    void say(const QStringList& sentences);

    bool shown_ = false;
    QStackedWidget* charts_;
    QComboBox* metric_;
    BandChart* bands_;
    SeedDots* dots_;
    SweepChart* measured_;
    SweepChart* published_;
    ExperimentTableModel* table_;
    CopyableTable* tableView_;
    QLabel* findings_;
};

}  // namespace normscope
