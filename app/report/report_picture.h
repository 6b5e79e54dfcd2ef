#pragma once

#include <QByteArray>

#include "app/report/report.h"

namespace normscope {

/// The picture as it is painted now, so that what it is painted with is needed no longer: widgets
/// paint on the thread of the window alone, a recording on any.
Picture recorded(const Picture& picture);

/// The picture of a figure as PNG, two dots for each of its pixels. Empty if there is no memory
/// for it.
QByteArray pngOf(const ReportFigure& figure);

}  // namespace normscope
