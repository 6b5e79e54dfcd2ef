#pragma once

#include <QString>
#include <optional>

#include "ui/chart/chart_content.h"

namespace normscope {

/// Writes every point as label,epoch,value; the values as they are, accuracies 0..1. Empty when
/// done, else one plain sentence that names the file.
std::optional<QString> writeChartCsv(const QString& path, const ChartContent& content);

}  // namespace normscope
