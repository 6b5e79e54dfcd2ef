#pragma once

#include <QAccessible>
#include <QPointer>

#include "ui/normalize/sheet_state.h"
#include "ui/normalize/sheet_view.h"

namespace normscope {

/// One cell of the sheet: where it is, what it holds, and a new number where it may be changed.
class SheetCellAccessible : public QAccessibleInterface,
                            public QAccessibleTableCellInterface,
                            public QAccessibleValueInterface,
                            public QAccessibleActionInterface {
  public:
    SheetCellAccessible(SheetView& view, const SheetCell& cell) : view_(&view), cell_(cell) {}

    const SheetCell& cell() const { return cell_; }

    bool isValid() const override;
    QObject* object() const override { return nullptr; }
    QWindow* window() const override;
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text kind, const QString& text) override;
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    bool isSelected() const override;
    QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
    int columnIndex() const override;
    int rowIndex() const override;
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface* table() const override { return parent(); }

    QVariant currentValue() const override;
    void setCurrentValue(const QVariant& value) override;
    QVariant maximumValue() const override { return kLargestNumber; }
    QVariant minimumValue() const override { return -kLargestNumber; }
    QVariant minimumStepSize() const override { return 0.0; }

    QStringList actionNames() const override;
    void doAction(const QString& name) override;
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

  private:
    bool isEditable() const { return cell_.part == SheetPart::Input; }

    QPointer<SheetView> view_;
    SheetCell cell_;
};

}  // namespace normscope
