#pragma once

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>

#include "ui/normalize/sheet_state.h"

namespace normscope {

class SheetView;

/// Place of a cell among the children of the table, row by row.
int sheetTableIndex(const SheetView& view, const SheetCell& cell);

/// The sheet as a table. Its cells come into being when they are asked for.
class SheetTableAccessible : public QAccessibleWidget, public QAccessibleTableInterface {
  public:
    explicit SheetTableAccessible(SheetView* view);
    ~SheetTableAccessible() override;

    /// A walk through the children comes to an end: on a large sheet the cells that lie further on
    /// are reached through the table, by child() or as the cell with the focus.
    static constexpr int kListedChildren = 1024;

    void* interface_cast(QAccessible::InterfaceType type) override;
    QString text(QAccessible::Text kind) const override;
    QAccessible::State state() const override;
    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* focusChild() const override;

    QAccessibleInterface* caption() const override { return nullptr; }
    QAccessibleInterface* summary() const override { return nullptr; }
    QAccessibleInterface* cellAt(int row, int column) const override;
    int rowCount() const override;
    int columnCount() const override;
    QString rowDescription(int row) const override;
    QString columnDescription(int column) const override;
    int selectedCellCount() const override;
    QList<QAccessibleInterface*> selectedCells() const override;
    // Cells are selected, not whole rows or columns.
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override { return 0; }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override { return {}; }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent* event) override;

  private:
    SheetView& view() const;
    const Shape4& shape() const;
    int cellCount() const { return rowCount() * columnCount(); }
    SheetCell sheetCell(int row, int column) const;
    void forgetCells() const;
    void deleteCells() const;

    // Those that were asked for, and the shape that they are of.
    mutable QHash<int, QAccessible::Id> cells_;
    mutable Shape4 shapeOfCells_;
};

}  // namespace normscope
