#pragma once

#include <cstdint>

#include "ui/normalize/sheet_state.h"

namespace normscope {

/// A rectangle of cells in the grid of one part, from where it was begun to where it was drawn to.
struct SheetSelection {
    SheetPart part = SheetPart::Input;
    CellIndex anchor;
    CellIndex reach;

    static SheetSelection of(const SheetCell& cell) { return {cell.part, cell.cell, cell.cell}; }
    static SheetSelection everything(const Shape4& shape, SheetPart part);

    CellIndex first(const Shape4& shape) const;  ///< top left
    CellIndex last(const Shape4& shape) const;   ///< bottom right
    int rows(const Shape4& shape) const;
    int columns(const Shape4& shape) const;
    std::int64_t count(const Shape4& shape) const;
    bool contains(const Shape4& shape, const SheetCell& cell) const;

    friend bool operator==(const SheetSelection&, const SheetSelection&) = default;
};

}  // namespace normscope
