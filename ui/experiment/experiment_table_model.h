#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/experiment_results.h"

namespace normscope {

/// The numbers of an experiment, a row for each model. Over seeds: mean, standard deviation,
/// interval and every seed's count; over batch sizes: the error with each.
class ExperimentTableModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    using QAbstractTableModel::QAbstractTableModel;

    void showSeeds(const Experiment& experiment, const SeedResults& results);
    void showSweep(const Experiment& experiment, const SweepResults& results);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    void show(QStringList heads, std::vector<QStringList> rows);

    QStringList heads_;
    std::vector<QStringList> rows_;
};

}  // namespace normscope
