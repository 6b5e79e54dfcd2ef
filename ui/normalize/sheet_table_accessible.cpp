#include "ui/normalize/sheet_table_accessible.h"

#include <algorithm>

#include "ui/normalize/sheet_cell_accessible.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_view.h"
#include "ui/normalize/sheet_words.h"

namespace normscope {
namespace {

constexpr int kParts = 3;

int tableColumns(const Shape4& shape) {
    return kParts * gridColumns(shape);
}

}  // namespace

int sheetTableIndex(const SheetView& view, const SheetCell& cell) {
    const Shape4& shape = view.document().shape();
    const GridPosition at = gridPosition(shape, cell.cell);
    return at.row * tableColumns(shape) + static_cast<int>(cell.part) * gridColumns(shape) +
           at.column;
}

SheetTableAccessible::SheetTableAccessible(SheetView* view)
    : QAccessibleWidget(view, QAccessible::Table), shapeOfCells_(view->document().shape()) {}

SheetTableAccessible::~SheetTableAccessible() {
    deleteCells();  // by now the view is none any more
}

void* SheetTableAccessible::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface*>(this)
                                               : QAccessibleWidget::interface_cast(type);
}

QString SheetTableAccessible::text(QAccessible::Text kind) const {
    switch (kind) {
        case QAccessible::Value:
            return view().current() ? view().spoken(*view().current()) : QString();
        case QAccessible::Description:
            return sheetSummary(view().document());
        case QAccessible::Help:
            return sheetKeys();
        default:
            return QAccessibleWidget::text(kind);
    }
}

QAccessible::State SheetTableAccessible::state() const {
    QAccessible::State state = QAccessibleWidget::state();
    state.multiSelectable = true;
    return state;
}

int SheetTableAccessible::childCount() const {
    return std::min(cellCount(), kListedChildren);
}

QAccessibleInterface* SheetTableAccessible::child(int index) const {
    if (index < 0 || index >= cellCount()) {
        return nullptr;
    }
    if (shapeOfCells_ != shape()) {
        forgetCells();
    }
    if (const auto known = cells_.constFind(index); known != cells_.cend()) {
        return QAccessible::accessibleInterface(*known);
    }
    auto* made =
        new SheetCellAccessible(view(), sheetCell(index / columnCount(), index % columnCount()));
    cells_.insert(index, QAccessible::registerAccessibleInterface(made));
    return made;
}

QAccessibleInterface* SheetTableAccessible::childAt(int x, int y) const {
    const QPoint point = view().viewport()->mapFromGlobal(QPoint(x, y));
    const auto cell = view().cellUnder(point);
    return cell && view().viewport()->rect().contains(point) ? child(sheetTableIndex(view(), *cell))
                                                             : nullptr;
}

int SheetTableAccessible::indexOfChild(const QAccessibleInterface* child) const {
    const auto* cell = dynamic_cast<const SheetCellAccessible*>(child);
    return cell && cell->isValid() ? sheetTableIndex(view(), cell->cell()) : -1;
}

QAccessibleInterface* SheetTableAccessible::focusChild() const {
    return view().hasFocus() && view().current() ? child(sheetTableIndex(view(), *view().current()))
                                                 : QAccessibleWidget::focusChild();
}

QAccessibleInterface* SheetTableAccessible::cellAt(int row, int column) const {
    const bool inside = row >= 0 && row < rowCount() && column >= 0 && column < columnCount();
    return inside ? child(row * columnCount() + column) : nullptr;
}

int SheetTableAccessible::rowCount() const {
    return gridRows(shape());
}

int SheetTableAccessible::columnCount() const {
    return tableColumns(shape());
}

QString SheetTableAccessible::rowDescription(int row) const {
    const CellIndex cell = cellAtPosition(shape(), {row, 0});
    return SheetView::tr("Image %1, row %2").arg(cell.image + 1).arg(cell.row + 1);
}

QString SheetTableAccessible::columnDescription(int column) const {
    const SheetCell at = sheetCell(0, column);
    const QString channel =
        SheetView::tr("channel %1, column %2").arg(at.cell.channel + 1).arg(at.cell.column + 1);
    switch (at.part) {
        case SheetPart::Input:
            return SheetView::tr("Input, %1").arg(channel);
        case SheetPart::Normalized:
            return SheetView::tr("Normalized input, %1").arg(channel);
        case SheetPart::Output:
            return SheetView::tr("Output, %1").arg(channel);
    }
    return {};
}

int SheetTableAccessible::selectedCellCount() const {
    const auto& selection = view().selection();
    return selection ? static_cast<int>(selection->count(shape())) : 0;
}

QList<QAccessibleInterface*> SheetTableAccessible::selectedCells() const {
    QList<QAccessibleInterface*> cells;
    const auto& selection = view().selection();
    if (!selection) {
        return cells;
    }
    const GridPosition first = gridPosition(shape(), selection->first(shape()));
    const GridPosition last = gridPosition(shape(), selection->last(shape()));
    for (int row = first.row; row <= last.row; ++row) {
        for (int column = first.column; column <= last.column; ++column) {
            if (cells.size() == kListedChildren) {
                return cells;
            }
            cells << child(
                sheetTableIndex(view(), {selection->part, cellAtPosition(shape(), {row, column})}));
        }
    }
    return cells;
}

void SheetTableAccessible::modelChange(QAccessibleTableModelChangeEvent*) {
    forgetCells();
}

SheetView& SheetTableAccessible::view() const {
    return *static_cast<SheetView*>(widget());
}

const Shape4& SheetTableAccessible::shape() const {
    return view().document().shape();
}

SheetCell SheetTableAccessible::sheetCell(int row, int column) const {
    const int width = gridColumns(shape());
    return {static_cast<SheetPart>(column / width), cellAtPosition(shape(), {row, column % width})};
}

void SheetTableAccessible::forgetCells() const {
    deleteCells();
    shapeOfCells_ = shape();
}

void SheetTableAccessible::deleteCells() const {
    for (const QAccessible::Id id : std::as_const(cells_)) {
        QAccessible::deleteAccessibleInterface(id);
    }
    cells_.clear();
}

}  // namespace normscope
