#include "ui/normalize/running_model.h"

#include <QLocale>

namespace normscope {
namespace {

constexpr int kDecimals = 4;

enum Column { kChannel, kMean, kVariance, kColumns };

}  // namespace

void RunningModel::setRunning(const RunningStatistics& running) {
    if (running.mean.size() != running_.mean.size()) {
        beginResetModel();
        running_ = running;
        endResetModel();
    } else if (running != running_) {
        running_ = running;
        emit dataChanged(index(0, kMean), index(rowCount() - 1, kVariance));
    }
}

int RunningModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(running_.mean.size());
}

int RunningModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant RunningModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const auto channel = static_cast<std::size_t>(index.row());
    const QLocale locale;
    switch (index.column()) {
        case kChannel:
            return locale.toString(index.row() + 1);
        case kMean:
            return locale.toString(running_.mean[channel], 'f', kDecimals);
        case kVariance:
            return locale.toString(running_.variance[channel], 'f', kDecimals);
        default:
            return {};
    }
}

QVariant RunningModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    }
    const bool full = role == Qt::AccessibleTextRole || role == Qt::ToolTipRole;
    if (!full && role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case kChannel:
            return tr("Channel");
        case kMean:
            return full ? tr("Running mean") : tr("Mean");
        case kVariance:
            return full ? tr("Running variance") : tr("Variance");
        default:
            return {};
    }
}

}  // namespace normscope
