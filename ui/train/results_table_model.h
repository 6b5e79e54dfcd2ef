#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/train/model_progress.h"
#include "ui/train/run_view.h"

namespace normscope {

/// What the models of a comparison came to: a row each, filled in when the model has ended.
class ResultsTableModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        Model,
        Normalization,
        L1,
        Parameters,
        Epochs,
        BestAccuracy,
        FinalAccuracy,
        Wrong,
        TrainingTime,
        ImagesPerSecond,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// A new comparison: one row per model, nothing measured yet.
    void setRun(const RunView& view);
    void setProgress(const std::vector<ModelProgress>& progress);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString text(std::size_t row, int column) const;
    QString measuredText(std::size_t row, int column) const;
    QString toolTip(std::size_t row, int column) const;

    RunView view_;
    std::vector<ModelProgress> progress_;
};

}  // namespace normscope
