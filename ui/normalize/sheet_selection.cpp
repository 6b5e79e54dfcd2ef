#include "ui/normalize/sheet_selection.h"

#include <algorithm>
#include <cstdlib>

#include "ui/normalize/sheet_navigation.h"

namespace normscope {

SheetSelection SheetSelection::everything(const Shape4& shape, SheetPart part) {
    return {part, moved(shape, {}, SheetMove::First), moved(shape, {}, SheetMove::Last)};
}

CellIndex SheetSelection::first(const Shape4& shape) const {
    const GridPosition a = gridPosition(shape, anchor);
    const GridPosition b = gridPosition(shape, reach);
    return cellAtPosition(shape, {std::min(a.row, b.row), std::min(a.column, b.column)});
}

CellIndex SheetSelection::last(const Shape4& shape) const {
    const GridPosition a = gridPosition(shape, anchor);
    const GridPosition b = gridPosition(shape, reach);
    return cellAtPosition(shape, {std::max(a.row, b.row), std::max(a.column, b.column)});
}

int SheetSelection::rows(const Shape4& shape) const {
    return 1 + std::abs(gridPosition(shape, anchor).row - gridPosition(shape, reach).row);
}

int SheetSelection::columns(const Shape4& shape) const {
    return 1 + std::abs(gridPosition(shape, anchor).column - gridPosition(shape, reach).column);
}

std::int64_t SheetSelection::count(const Shape4& shape) const {
    return std::int64_t{rows(shape)} * columns(shape);
}

bool SheetSelection::contains(const Shape4& shape, const SheetCell& cell) const {
    const GridPosition at = gridPosition(shape, cell.cell);
    const GridPosition from = gridPosition(shape, first(shape));
    const GridPosition to = gridPosition(shape, last(shape));
    return cell.part == part && at.row >= from.row && at.row <= to.row &&
           at.column >= from.column && at.column <= to.column;
}

}  // namespace normscope
