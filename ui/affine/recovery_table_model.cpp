#include "ui/affine/recovery_table_model.h"

#include <QFont>
#include <QLocale>
#include <QSize>
#include <algorithm>
#include <utility>

#include "ui/norm_style.h"

namespace normscope {
namespace {

/// Values of a network are of the order of 1, and double precision keeps 16 digits of them.
constexpr double kExact = 1e-9;
constexpr QSize kSwatch{28, 12};

std::size_t rowOf(NormKind kind) {
    return static_cast<std::size_t>(std::ranges::find(kComparedNorms, kind) -
                                    kComparedNorms.begin());
}

bool isNumber(int column) {
    return column >= RecoveryTableModel::Image;
}

/// As short as the column allows, and in full.
std::pair<QString, QString> titleOf(int column) {
    using Table = RecoveryTableModel;
    switch (column) {
        case Table::Normalization:
            return {Table::tr("Normalization"), Table::tr("Normalization")};
        case Table::Owner:
            return {Table::tr("Mean and variance"),
                    Table::tr("What has a mean and a variance of its own")};
        case Table::Image:
            return {Table::tr("This image"),
                    Table::tr("Largest error in this image, with gamma and beta taken from it")};
        case Table::Batch:
            return {Table::tr("All images"),
                    Table::tr("Largest error in all images, with gamma and beta taken from this "
                              "image")};
        default:
            return {Table::tr("Best pairs"),
                    Table::tr("Largest error in all images, with the gamma and beta of each "
                              "channel that keep it smallest: no pair does better")};
    }
}

}  // namespace

void RecoveryTableModel::clear(const Shape4& shape, int groups) {
    shape_ = shape;
    groups_ = groups;
    measured_ = {};
    rowsChanged(0, rowCount() - 1);
}

void RecoveryTableModel::setChosen(NormKind kind) {
    if (chosen_ != kind) {
        chosen_ = kind;
        rowsChanged(0, rowCount() - 1);
    }
}

void RecoveryTableModel::setDark(bool dark) {
    if (dark_ != dark) {
        dark_ = dark;
        rowsChanged(0, rowCount() - 1);
    }
}

void RecoveryTableModel::setRecovery(NormKind kind, const Recovery& recovery) {
    const std::size_t row = rowOf(kind);
    measured_.at(row) = recovery;
    rowsChanged(static_cast<int>(row), static_cast<int>(row));
}

std::optional<Recovery> RecoveryTableModel::recovery(NormKind kind) const {
    return measured_.at(rowOf(kind));
}

int RecoveryTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(kComparedNorms.size());
}

int RecoveryTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecoveryTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto row = static_cast<std::size_t>(index.row());
    const bool chosen = kComparedNorms.at(row) == chosen_;
    switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case Qt::ToolTipRole:
            return titleOf(index.column()).second;
        case Qt::DecorationRole:
            return index.column() == Normalization
                       ? swatchIcon(curveStyle(kComparedNorms.at(row), 0, dark_), kSwatch)
                       : QVariant();
        case Qt::FontRole: {
            QFont weight;
            weight.setWeight(QFont::DemiBold);
            return chosen ? weight : QVariant();
        }
        case Qt::TextAlignmentRole:
            return headerData(index.column(), Qt::Horizontal, role);
        default:
            return {};
    }
}

QVariant RecoveryTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole:
            return titleOf(section).first;
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole:
            return titleOf(section).second;
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::Alignment(
                (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
        default:
            return {};
    }
}

QString RecoveryTableModel::owner(NormKind kind) const {
    switch (kind) {
        case NormKind::None:
            break;
        case NormKind::Batch:
            return tr("every channel, for all images");
        case NormKind::Layer:
            return tr("every image");
        case NormKind::Group:
            return shape_.channels == 1 || groups_ == 1 ? tr("every image: as layer norm")
                                                        : tr("every group of every image");
        case NormKind::Instance:
            return shape_.channels == 1 ? tr("every image: as layer norm")
                                        : tr("every channel of every image");
    }
    return {};
}

QString RecoveryTableModel::text(std::size_t row, int column) const {
    const NormKind kind = kComparedNorms.at(row);
    if (column == Normalization) {
        if (kind != NormKind::Group || shape_.channels == 1) {
            return displayName(kind);
        }
        return groups_ == 1
                   ? tr("%1, 1 group").arg(displayName(kind))
                   : tr("%1, %2 groups").arg(displayName(kind), QLocale().toString(groups_));
    }
    if (column == Owner) {
        return owner(kind);
    }
    const std::optional<Recovery>& measured = measured_.at(row);
    if (!measured) {
        return {};
    }
    switch (column) {
        case Image:
            return recoveryText(measured->imageWithItsPairs);
        case Batch:
            return recoveryText(measured->batchWithItsPairs);
        default:
            return recoveryText(measured->batchAtBest);
    }
}

void RecoveryTableModel::rowsChanged(int first, int last) {
    emit dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

QString recoveryText(double error) {
    const QLocale locale;
    if (error >= kExact) {
        return locale.toString(error, error < 0.001 ? 'e' : 'f', error < 0.001 ? 1 : 3);
    }
    return error == 0.0 ? RecoveryTableModel::tr("exact")
                        : RecoveryTableModel::tr("exact (%1)").arg(locale.toString(error, 'e', 0));
}

}  // namespace normscope
