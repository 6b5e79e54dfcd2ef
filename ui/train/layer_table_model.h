#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/network.h"

namespace normscope {

/// The layers of one network as torchinfo prints them, and below them the sum of their parameters.
class LayerTableModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { Layer, OutputShape, Parameters, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setNetwork(const NetworkSpec& network, int batchSize);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString text(std::size_t row, int column) const;
    bool isTotal(int row) const;

    std::vector<LayerRow> rows_;
};

}  // namespace normscope
