#pragma once

#include <QLocale>
#include <QString>
#include <vector>

#include "ui/normalize/sheet_state.h"

namespace normscope {

// The cells of a sheet as the text that spreadsheets exchange. In text, images lie below and
// channels beside each other: row = image * H + y, column = channel * W + x.

/// A rectangle of numbers, or the reason why a text is none.
struct NumberBlock {
    int rows = 0;
    int columns = 0;
    std::vector<double> values;  ///< row by row
    QString problem;             ///< a sentence; empty if the block is sound
};

/// Reads rows that end with a line end and are divided by tabs, else by semicolons, else by commas:
/// where the locale writes decimals with a comma, only if a line holds two commas or more. Numbers
/// may have the decimal point of the locale or of programs, and no separators of thousands.
NumberBlock readBlock(const QString& text, const QLocale& locale = QLocale());

/// Rows of the tensor's grid between two corners, in whatever order: tabs between numbers, line
/// ends between rows. Read back in the same locale they are the same numbers.
QString writeBlock(const Tensor4& tensor, const CellIndex& first, const CellIndex& last,
                   const QLocale& locale = QLocale());

/// Why the block, its top left number at `first`, reaches beyond the sheet; empty if it does not.
QString problemOfPlace(const NumberBlock& block, const Shape4& shape, const CellIndex& first);

/// Writes a sound block that has its place.
void writeInto(Tensor4& tensor, const CellIndex& first, const NumberBlock& block);

}  // namespace normscope
