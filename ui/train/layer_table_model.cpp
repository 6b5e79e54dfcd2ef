#include "ui/train/layer_table_model.h"

#include <QFont>
#include <QLocale>

namespace normscope {
namespace {

QVariant alignmentOf(int column) {
    const Qt::Alignment horizontal =
        column == LayerTableModel::Parameters ? Qt::AlignRight : Qt::AlignLeft;
    return QVariant::fromValue(Qt::Alignment(horizontal | Qt::AlignVCenter));
}

}  // namespace

void LayerTableModel::setNetwork(const NetworkSpec& network, int batchSize) {
    beginResetModel();
    rows_ = layerTable(network, batchSize);
    rows_.push_back({tr("Total").toStdString(), {}, parameterCount(network)});
    endResetModel();
}

int LayerTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int LayerTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LayerTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole:
            return text(static_cast<std::size_t>(index.row()), index.column());
        case Qt::TextAlignmentRole:
            return alignmentOf(index.column());
        case Qt::FontRole:
            if (isTotal(index.row())) {
                QFont bold;
                bold.setBold(true);
                return bold;
            }
            return {};
        default:
            return {};
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case Layer:
            return tr("Layer");
        case OutputShape:
            return tr("Output shape");
        default:
            return tr("Parameters");
    }
}

QString LayerTableModel::text(std::size_t row, int column) const {
    const LayerRow& layer = rows_[row];
    switch (column) {
        case Layer:
            return QString::fromStdString(layer.name);
        case OutputShape:
            return QString::fromStdString(layer.outputShape);
        default:
            return layer.parameters == 0 ? QStringLiteral("—")
                                         : QLocale().toString(qlonglong{layer.parameters});
    }
}

bool LayerTableModel::isTotal(int row) const {
    return row + 1 == rowCount();
}

}  // namespace normscope
