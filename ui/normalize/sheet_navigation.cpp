#include "ui/normalize/sheet_navigation.h"

#include <algorithm>

namespace normscope {
namespace {

/// Along one axis that is divided into blocks of `length`.
int towardsBlockStart(int place, int length) {
    const int start = place / length * length;
    return start < place ? start : std::max(0, start - length);
}

int towardsBlockEnd(int place, int length, int size) {
    const int end = place / length * length + length - 1;
    return place < end ? end : std::min(size - 1, end + length);
}

}  // namespace

int gridRows(const Shape4& shape) {
    return shape.images * shape.height;
}

int gridColumns(const Shape4& shape) {
    return shape.channels * shape.width;
}

GridPosition gridPosition(const Shape4& shape, const CellIndex& cell) {
    return {cell.image * shape.height + cell.row, cell.channel * shape.width + cell.column};
}

CellIndex cellAtPosition(const Shape4& shape, GridPosition position) {
    const int row = std::clamp(position.row, 0, gridRows(shape) - 1);
    const int column = std::clamp(position.column, 0, gridColumns(shape) - 1);
    return {row / shape.height, column / shape.width, row % shape.height, column % shape.width};
}

CellIndex moved(const Shape4& shape, const CellIndex& cell, SheetMove move) {
    const int rows = gridRows(shape);
    const int columns = gridColumns(shape);
    GridPosition to = gridPosition(shape, cell);
    switch (move) {
        case SheetMove::Left:
            --to.column;
            break;
        case SheetMove::Right:
            ++to.column;
            break;
        case SheetMove::Up:
            --to.row;
            break;
        case SheetMove::Down:
            ++to.row;
            break;
        case SheetMove::Next:
            if (++to.column == columns && to.row + 1 < rows) {
                to = {to.row + 1, 0};
            }
            break;
        case SheetMove::Previous:
            if (to.column-- == 0 && to.row > 0) {
                to = {to.row - 1, columns - 1};
            }
            break;
        case SheetMove::BlockLeft:
            to.column = towardsBlockStart(to.column, shape.width);
            break;
        case SheetMove::BlockRight:
            to.column = towardsBlockEnd(to.column, shape.width, columns);
            break;
        case SheetMove::BlockUp:
            to.row = towardsBlockStart(to.row, shape.height);
            break;
        case SheetMove::BlockDown:
            to.row = towardsBlockEnd(to.row, shape.height, rows);
            break;
        case SheetMove::RowStart:
            to.column = 0;
            break;
        case SheetMove::RowEnd:
            to.column = columns - 1;
            break;
        case SheetMove::First:
            to = {0, 0};
            break;
        case SheetMove::Last:
            to = {rows - 1, columns - 1};
            break;
        case SheetMove::ImageUp:
            to.row = cell.image > 0 ? to.row - shape.height : to.row;
            break;
        case SheetMove::ImageDown:
            to.row = cell.image + 1 < shape.images ? to.row + shape.height : to.row;
            break;
    }
    return cellAtPosition(shape, to);
}

SheetPart neighbouringPart(SheetPart part, int direction) {
    constexpr int kParts = 3;
    return static_cast<SheetPart>((static_cast<int>(part) + direction + kParts) % kParts);
}

}  // namespace normscope
