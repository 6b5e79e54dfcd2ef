#pragma once

#include <QAbstractItemModel>
#include <QSize>
#include <vector>

#include "ui/runs/run_entry.h"

namespace normscope {

/// Runs, and below each its models, which are checked to be compared. What is checked or renamed is
/// asked for by signals; the model shows what it is given.
class RunTreeModel : public QAbstractItemModel {
    Q_OBJECT

  public:
    enum Column { Name, Wrong, ColumnCount };

    static constexpr std::size_t kMostCompared = 8;  ///< more curves nobody tells apart

    using QAbstractItemModel::QAbstractItemModel;

    void setRuns(const std::vector<RunEntry>& runs);
    /// Those that are compared, in their order.
    void setCompared(const std::vector<ModelRef>& models);
    /// How the swatches are painted.
    void setLook(bool dark, QSize swatch);

    const std::vector<RunEntry>& runs() const { return runs_; }
    /// The run of this row or, below it, of its parent; null where there is none.
    const RunEntry* runAt(const QModelIndex& index) const;
    QModelIndex indexOf(const QString& folder) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  signals:
    void comparisonChosen(const std::vector<normscope::ModelRef>& models);
    void renameRequested(const QString& folder, const QString& name);
    /// Why a model stays checked or unchecked.
    void refused(const QString& sentence);

  private:
    QVariant runData(const RunEntry& run, int role) const;
    QVariant modelData(const RunEntry& run, int model, int column, int role) const;
    QVariant swatch(const RunEntry& run, int model) const;
    int variantOf(const RunEntry& run, int model) const;
    bool isCompared(const ModelRef& model) const;
    Qt::CheckState checkState(const RunEntry& run) const;
    bool check(const std::vector<ModelRef>& models, bool checked);
    const ModelEntry* find(const ModelRef& model) const;
    void tellAllChanged();

    std::vector<RunEntry> runs_;
    std::vector<ModelRef> compared_;
    bool dark_ = false;
    QSize swatch_{32, 16};
};

}  // namespace normscope
