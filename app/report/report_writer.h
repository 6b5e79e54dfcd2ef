#pragma once

#include <QString>
#include <memory>
#include <optional>

#include "app/report/report.h"
#include "core/dataset.h"
#include "ui/compared_model.h"

namespace normscope {

enum class ReportFormat { Html, Pdf, Markdown };

/// "html", "pdf" or "md", which is also how the names of their files end.
QString nameOf(ReportFormat format);
std::optional<ReportFormat> reportFormatNamed(const QString& name);

/// Writes the report as one file; Markdown has its pictures in a folder beside it. Empty when done,
/// else one plain sentence that names the file. May be called on any thread.
QString writeReport(const Report& report, const QString& path, ReportFormat format);

/// The report of these models: see makeReport(), which is what must be on the window's thread.
QString writeReport(const Comparison& models, const std::shared_ptr<const Dataset>& dataset,
                    const QString& path, ReportFormat format);

}  // namespace normscope
