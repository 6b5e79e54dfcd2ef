#pragma once

#include "ui/normalize/sheet_state.h"
#include "ui/picture/picture.h"

namespace normscope {

/// The sheet with its arrows and statistics, as a picture of its own natural size.
Picture sheetPicture(const SheetState& state);

}  // namespace normscope
