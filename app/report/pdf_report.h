#pragma once

#include <QByteArray>

#include "app/report/report.h"

namespace normscope {

/// Pages of A4 with numbers at their feet, pictures as vectors; no picture and, while it fits a
/// page, no table is cut.
QByteArray pdfReport(const Report& report);

}  // namespace normscope
