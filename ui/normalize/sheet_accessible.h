#pragma once

namespace normscope {

class SheetView;

/// Lets screen readers see every SheetView as a table: a row for each row of pixels of each image;
/// the columns of the input, then those of the normalized input, then those of the output, so that
/// the table stays as it is wherever the reader is. Idempotent.
void installSheetAccessibility();

// Say to screen readers what has changed.
void announceCurrentCell(SheetView& view);  ///< another cell has the focus
void announceSelection(SheetView& view);
void announceSheetValue(SheetView& view);  ///< the current cell may show another number
void announceSheetShape(SheetView& view);  ///< the table is another one

}  // namespace normscope
