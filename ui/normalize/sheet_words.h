#pragma once

#include <QString>
#include <optional>

#include "ui/normalize/sheet_state.h"

namespace normscope {

class SheetDocument;

// The cells of the sheet in words, for screen readers and tool tips.

/// "Image 1, channel 2, row 1, column 3 of the input".
QString cellPosition(const SheetCell& cell);

/// "2, set S1", and what else the sheet shows at that cell: its part in the gradient of an output
/// cell, what a poke has moved.
QString cellContent(const SheetDocument& document, const SheetCell& cell,
                    const std::optional<CellIndex>& gradientOf);

/// "Batch norm. Images: 4, channels: 4, height: 2, width: 2, statistics sets: 4".
QString sheetSummary(const SheetDocument& document);

/// Which keys do what.
QString sheetKeys();

}  // namespace normscope
