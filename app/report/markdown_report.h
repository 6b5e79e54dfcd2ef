#pragma once

#include <QString>

#include "app/report/report.h"

namespace normscope {

/// Writes the text to `path` and the pictures as PNG into a folder beside it: of x.md, x-pictures.
/// Empty when done, else one plain sentence that names the file.
QString writeMarkdownReport(const Report& report, const QString& path);

}  // namespace normscope
