#pragma once

#include "ui/normalize/sheet_state.h"

namespace normscope {

// How the current cell moves, as pure functions. A part of the sheet is one grid of
// images * height rows and channels * width columns; moving knows no borders between blocks.

/// Where a cell lies in the grid of its part.
struct GridPosition {
    int row = 0;
    int column = 0;

    friend bool operator==(const GridPosition&, const GridPosition&) = default;
};

int gridRows(const Shape4& shape);
int gridColumns(const Shape4& shape);
GridPosition gridPosition(const Shape4& shape, const CellIndex& cell);
/// The nearest cell where the position is outside of the grid.
CellIndex cellAtPosition(const Shape4& shape, GridPosition position);

enum class SheetMove {
    Left,
    Right,
    Up,
    Down,
    Next,       ///< to the right, at the end of a row to the start of the next
    Previous,   ///< the way back
    BlockLeft,  ///< to the edge of the block, from there to that of the next block
    BlockRight,
    BlockUp,
    BlockDown,
    RowStart,
    RowEnd,
    First,
    Last,
    ImageUp,  ///< the same cell of the image above
    ImageDown
};

/// The cell that the move leads to; `cell` itself where it leads nowhere.
CellIndex moved(const Shape4& shape, const CellIndex& cell, SheetMove move);

/// The part before (-1) or after (+1) this one, from the last on to the first.
SheetPart neighbouringPart(SheetPart part, int direction);

}  // namespace normscope
