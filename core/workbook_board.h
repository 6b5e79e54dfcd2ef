#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/normalization.h"
#include "core/xlsx_book.h"

namespace normscope {

/// The colours of a statistics set: `tint` for grounds, `line` for outlines, arrows and labels.
struct SetInk {
    std::uint32_t tint;
    std::uint32_t line;
};

/// "S1" for set 0.
std::string workbookLabel(std::size_t set);

/// Where a tensor stands on a sheet, as on a board: a row of blocks for each image, a column of
/// blocks for each channel. Above each image a row, and right of each channel a column is left for
/// arrows, so that each statistics set is a rectangle with nothing but its own numbers in it.
class WorkbookBoard {
  public:
    /// `top` is the row of the heads "Channel 1", ...
    WorkbookBoard(const Shape4& shape, const NormSpec& spec, lxw_row_t top);

    const Shape4& shape() const { return shape_; }
    const std::vector<StatisticsSet>& sets() const { return sets_; }
    std::size_t setOf(int image, int channel) const;
    /// Neighbours, beside and below each other, differ clearly.
    SetInk ink(const StatisticsSet& set) const;

    CellPlace cell(const CellIndex& index) const;
    CellPlace first(const StatisticsSet& set) const;
    CellPlace last(const StatisticsSet& set) const;
    /// The first row and column beyond the board.
    CellPlace end() const;
    bool isGap(lxw_col_t column) const;

    /// The look of a cell: the ground of its set and its share of the outline.
    CellStyle cellStyle(const CellIndex& index) const;
    /// Heads, labels and arrows, and the outline of each set between its blocks.
    void draw(XlsxSheet& sheet) const;

  private:
    lxw_row_t arrowRow(int image) const;
    lxw_col_t gapColumn(int channel) const;
    unsigned outline(CellPlace place, const StatisticsSet& set) const;
    CellStyle arrowStyle(const StatisticsSet& set, unsigned edges) const;
    void drawHeads(XlsxSheet& sheet) const;
    void drawDown(XlsxSheet& sheet, const StatisticsSet& set, const std::string& label) const;
    void drawAcross(XlsxSheet& sheet, const StatisticsSet& set, const std::string& label) const;

    Shape4 shape_;
    NormSpec spec_;
    lxw_row_t top_;
    std::vector<StatisticsSet> sets_;
};

}  // namespace normscope
