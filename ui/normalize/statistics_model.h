#pragma once

#include <QAbstractTableModel>
#include <QPalette>
#include <vector>

#include "core/normalization.h"

namespace normscope {

class SheetDocument;

/// The statistics sets of the sheet, one a row: what belongs to it and what was measured.
class StatisticsModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { Set, Cells, Count, Mean, Variance, Deviation, ColumnCount };

    explicit StatisticsModel(const SheetDocument& document, QObject* parent = nullptr);

    /// Whose colours the swatches of the sets take.
    void setPalette(const QPalette& palette);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    /// What a row shows, kept here: while rows come and go the document is ahead of the table.
    struct Row {
        StatisticsSet set;
        double mean;
        double variance;
    };

    void takeChange();
    std::vector<Row> measured() const;
    QString textOf(int row, int column) const;
    QString cellsOf(const StatisticsSet& set) const;

    const SheetDocument& document_;
    QPalette palette_;
    std::vector<Row> rows_;
};

}  // namespace normscope
