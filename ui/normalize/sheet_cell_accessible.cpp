#include "ui/normalize/sheet_cell_accessible.h"

#include <QWindow>

#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_table_accessible.h"
#include "ui/normalize/sheet_words.h"
#include "ui/widgets/number_field.h"

namespace normscope {

bool SheetCellAccessible::isValid() const {
    return view_ && contains(view_->document().shape(), cell_.cell);
}

QWindow* SheetCellAccessible::window() const {
    return view_ ? view_->window()->windowHandle() : nullptr;
}

QAccessibleInterface* SheetCellAccessible::parent() const {
    return QAccessible::queryAccessibleInterface(view_);
}

QString SheetCellAccessible::text(QAccessible::Text kind) const {
    if (!isValid()) {
        return {};
    }
    switch (kind) {
        case QAccessible::Name:
            return cellPosition(cell_);
        case QAccessible::Value:
        case QAccessible::Description:  // all that a screen reader on Linux asks for
            return cellContent(view_->document(), cell_, view_->gradientOf());
        default:
            return {};
    }
}

void SheetCellAccessible::setText(QAccessible::Text kind, const QString& text) {
    if (const auto number = readNumber(text); kind == QAccessible::Value && number) {
        setCurrentValue(*number);
    }
}

QRect SheetCellAccessible::rect() const {
    if (!isValid()) {
        return {};
    }
    const QRect onViewport = view_->viewportRect(cell_).toAlignedRect();
    return {view_->viewport()->mapToGlobal(onViewport.topLeft()), onViewport.size()};
}

QAccessible::State SheetCellAccessible::state() const {
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.focusable = true;
    state.selectable = true;
    state.selected = isSelected();
    state.focused = view_->hasFocus() && view_->current() == cell_;
    state.editable = isEditable();
    state.readOnly = !isEditable();
    state.invisible = !view_->isVisible();
    state.offscreen = !view_->viewportRect(cell_).intersects(QRectF(view_->viewport()->rect()));
    return state;
}

void* SheetCellAccessible::interface_cast(QAccessible::InterfaceType type) {
    switch (type) {
        case QAccessible::TableCellInterface:
            return static_cast<QAccessibleTableCellInterface*>(this);
        case QAccessible::ValueInterface:
            return static_cast<QAccessibleValueInterface*>(this);
        case QAccessible::ActionInterface:
            return static_cast<QAccessibleActionInterface*>(this);
        default:
            return nullptr;
    }
}

bool SheetCellAccessible::isSelected() const {
    return isValid() && view_->selection() &&
           view_->selection()->contains(view_->document().shape(), cell_);
}

int SheetCellAccessible::columnIndex() const {
    const Shape4& shape = view_->document().shape();
    return static_cast<int>(cell_.part) * gridColumns(shape) +
           gridPosition(shape, cell_.cell).column;
}

int SheetCellAccessible::rowIndex() const {
    return gridPosition(view_->document().shape(), cell_.cell).row;
}

QVariant SheetCellAccessible::currentValue() const {
    return isValid() ? QVariant(view_->document().value(cell_)) : QVariant();
}

void SheetCellAccessible::setCurrentValue(const QVariant& value) {
    if (isValid() && isEditable()) {
        view_->document().setCell(cell_.cell, value.toDouble());
    }
}

QStringList SheetCellAccessible::actionNames() const {
    return isEditable() ? QStringList{setFocusAction(), pressAction()}
                        : QStringList{setFocusAction()};
}

void SheetCellAccessible::doAction(const QString& name) {
    if (!isValid() || !actionNames().contains(name)) {
        return;
    }
    view_->setFocus(Qt::OtherFocusReason);
    view_->setCurrent(cell_);
    if (name == pressAction()) {
        view_->edit();
    }
}

}  // namespace normscope
