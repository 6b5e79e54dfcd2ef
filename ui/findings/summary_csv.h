#pragma once

#include <QString>
#include <optional>

#include "ui/findings/summary_content.h"

namespace normscope {

/// Writes the numbers of a summary chart as label,item,value. The items are: wrong, low, high of
/// its interval; or the digits; or the last epochs, the first of them 1. Empty when done, else one
/// plain sentence that names the file.
std::optional<QString> writeSummaryCsv(const QString& path, const SummaryContent& content);

}  // namespace normscope
