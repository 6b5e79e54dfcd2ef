#include "app/report/report_writer.h"

#include <QFileInfo>
#include <array>

#include "app/report/html_report.h"
#include "app/report/markdown_report.h"
#include "app/report/pdf_report.h"
#include "app/report/report_content.h"
#include "ui/save_file.h"

namespace normscope {
namespace {

constexpr std::array kFormats{ReportFormat::Html, ReportFormat::Pdf, ReportFormat::Markdown};

}  // namespace

QString nameOf(ReportFormat format) {
    switch (format) {
        case ReportFormat::Html:
            return QStringLiteral("html");
        case ReportFormat::Pdf:
            return QStringLiteral("pdf");
        case ReportFormat::Markdown:
            return QStringLiteral("md");
    }
    Q_UNREACHABLE();
}

std::optional<ReportFormat> reportFormatNamed(const QString& name) {
    for (const ReportFormat format : kFormats) {
        if (name == nameOf(format)) {
            return format;
        }
    }
    return std::nullopt;
}

QString writeReport(const Report& report, const QString& path, ReportFormat format) {
    switch (format) {
        case ReportFormat::Html:
            return saveFile(path, htmlReport(report)).value_or(QString());
        case ReportFormat::Pdf:
            return saveFile(path, pdfReport(report)).value_or(QString());
        case ReportFormat::Markdown:
            return writeMarkdownReport(report, path);
    }
    Q_UNREACHABLE();
}

QString writeReport(const Comparison& models, const std::shared_ptr<const Dataset>& dataset,
                    const QString& path, ReportFormat format) {
    return writeReport(makeReport(models, dataset), path, format);
}

}  // namespace normscope
