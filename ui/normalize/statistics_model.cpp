#include "ui/normalize/statistics_model.h"

#include <QLocale>
#include <cmath>

#include "ui/normalize/arithmetic.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_painter.h"

namespace normscope {

StatisticsModel::StatisticsModel(const SheetDocument& document, QObject* parent)
    : QAbstractTableModel(parent), document_(document), rows_(measured()) {
    connect(&document, &SheetDocument::changed, this, &StatisticsModel::takeChange);
}

void StatisticsModel::setPalette(const QPalette& palette) {
    palette_ = palette;
    if (!rows_.empty()) {
        emit dataChanged(index(0, Set), index(rowCount() - 1, Set), {Qt::DecorationRole});
    }
}

int StatisticsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int StatisticsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StatisticsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole:
            return textOf(index.row(), index.column());
        case Qt::TextAlignmentRole:
            return QVariant(index.column() <= Cells ? Qt::AlignLeft | Qt::AlignVCenter
                                                    : Qt::AlignRight | Qt::AlignVCenter);
        case Qt::DecorationRole:
            return index.column() == Set ? QVariant(setColours(index.row(), palette_).line)
                                         : QVariant();
        default:
            return {};
    }
}

QVariant StatisticsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(section <= Cells ? Qt::AlignLeft | Qt::AlignVCenter
                                         : Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case Set:
            return tr("Set");
        case Cells:
            return tr("Cells");
        case Count:
            return tr("Count m");
        case Mean:
            return tr("Mean μ");
        case Variance:
            return tr("Variance σ²");
        default:
            return QStringLiteral("√(σ² + ε)");
    }
}

std::vector<StatisticsModel::Row> StatisticsModel::measured() const {
    const NormTrace& trace = document_.trace();
    std::vector<Row> rows;
    rows.reserve(trace.sets.size());
    for (std::size_t set = 0; set < trace.sets.size(); ++set) {
        rows.push_back({trace.sets[set], trace.mean[set], trace.variance[set]});
    }
    return rows;
}

/// Rows come and go only as the sets do, so that a table keeps its place while numbers change.
void StatisticsModel::takeChange() {
    std::vector<Row> rows = measured();
    const int before = rowCount();
    const int after = static_cast<int>(rows.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        rows_ = std::move(rows);
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
        rows_ = std::move(rows);
        endRemoveRows();
    } else {
        rows_ = std::move(rows);
    }
    if (after > 0) {
        emit dataChanged(index(0, 0), index(after - 1, ColumnCount - 1), {Qt::DisplayRole});
    }
}

QString StatisticsModel::textOf(int row, int column) const {
    const Row& shown = rows_[static_cast<std::size_t>(row)];
    switch (column) {
        case Set:
            return setLabel(row);
        case Cells:
            return cellsOf(shown.set);
        case Count:
            return QLocale().toString(static_cast<qlonglong>(shown.set.count));
        case Mean:
            return arithmeticNumber(shown.mean);
        case Variance:
            return arithmeticNumber(shown.variance);
        default:
            return arithmeticNumber(std::sqrt(shown.variance + document_.state().spec.eps));
    }
}

QString StatisticsModel::cellsOf(const StatisticsSet& set) const {
    const QString images = set.image ? tr("image %L1").arg(*set.image + 1) : tr("all images");
    if (set.channels == document_.shape().channels && set.image) {
        return tr("%1, all channels").arg(images);
    }
    if (set.channels == 1) {
        return tr("%1, channel %L2").arg(images).arg(set.firstChannel + 1);
    }
    return tr("%1, channels %L2 to %L3")
        .arg(images)
        .arg(set.firstChannel + 1)
        .arg(set.firstChannel + set.channels);
}

}  // namespace normscope
