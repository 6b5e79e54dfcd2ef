#pragma once

#include <QAbstractTableModel>

#include "core/normalization.h"

namespace normscope {

/// What batch norm keeps of the batches it was fed: a row for each channel.
class RunningModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setRunning(const RunningStatistics& running);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    RunningStatistics running_;
};

}  // namespace normscope
