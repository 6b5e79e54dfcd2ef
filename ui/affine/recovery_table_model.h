#pragma once

#include <QAbstractTableModel>
#include <array>
#include <optional>

#include "core/recovery.h"

namespace normscope {

/// Whether gamma and beta can bring back the original: a row for each norm, with what was measured.
/// Figures that are still to come are left blank.
class RecoveryTableModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { Normalization, Owner, Image, Batch, Best, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Other images: what was measured goes.
    void clear(const Shape4& shape, int groups);
    /// The norm on the bench, which is emphasized.
    void setChosen(NormKind kind);
    void setDark(bool dark);
    void setRecovery(NormKind kind, const Recovery& recovery);
    std::optional<Recovery> recovery(NormKind kind) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    /// What has a mean and a variance of its own: whence the figures of this norm.
    QString owner(NormKind kind) const;
    QString text(std::size_t row, int column) const;
    void rowsChanged(int first, int last);

    Shape4 shape_;
    int groups_ = 1;
    NormKind chosen_ = NormKind::Batch;
    bool dark_ = false;
    std::array<std::optional<Recovery>, kComparedNorms.size()> measured_;
};

/// "0.684", or "exact (4e-16)" where nothing but rounding is left.
QString recoveryText(double error);

}  // namespace normscope
