#pragma once

#include <QSize>

#include "ui/normalize/sheet_state.h"
#include "ui/picture/picture.h"

namespace normscope {

/// The sheet with its arrows and statistics, as a picture of its own natural size. Its three
/// tensors are arranged as they fill a page of these proportions best.
inline constexpr QSize kLandscapePage(1600, 1100);
Picture sheetPicture(const SheetState& state, QSize page = kLandscapePage);

}  // namespace normscope
