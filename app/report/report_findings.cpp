#include <QAbstractItemModel>
#include <QCoreApplication>

#include "app/report/report_parts.h"
#include "app/report/report_picture.h"
#include "ui/findings/finding_sentences.h"
#include "ui/findings/findings_table_model.h"
#include "ui/findings/original_panel.h"
#include "ui/findings/summary_chart.h"
#include "ui/findings/summary_content.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

/// The texts of a model as page Findings shows them.
ReportTable tableOf(const QAbstractItemModel& model) {
    ReportTable table;
    for (int column = 0; column < model.columnCount(); ++column) {
        table.titles << model.headerData(column, Qt::Horizontal).toString();
    }
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList texts;
        for (int column = 0; column < model.columnCount(); ++column) {
            texts << model.index(row, column).data().toString();
        }
        table.rows.push_back(std::move(texts));
    }
    return table;
}

ReportItems sentencesOf(const Comparison& models) {
    ReportItems items;
    for (const Finding& finding : findingsOf(models)) {
        items.texts << (finding.support.isEmpty()
                            ? finding.text
                            : Texts::tr("%1 %2").arg(finding.text, finding.support));
    }
    return items;
}

/// The values, but not ten of each model.
QString captionOf(const SummaryContent& summary) {
    return summary.kind == SummaryKind::Digits
               ? Texts::tr("How many of the test images of each digit each model reads correctly.")
               : spokenSummary(summary);
}

}  // namespace

ReportSection findingsSection(const Comparison& models) {
    ReportSection section{Texts::tr("Findings"), {}};
    section.blocks.emplace_back(sentencesOf(models));
    for (const SummaryContent& summary : summariesOf(models)) {
        if (!summary.series.empty()) {
            section.blocks.emplace_back(ReportFigure{QString::fromLatin1(fileName(summary.kind)),
                                                     recorded(summaryPicture(summary)),
                                                     captionOf(summary)});
        }
    }
    FindingsTableModel figures;
    figures.setComparison(models);
    section.blocks.emplace_back(tableOf(figures));
    if (const QStringList original = originalFigures(models); !original.isEmpty()) {
        section.blocks.emplace_back(ReportSubheading{originalTitle()});
        section.blocks.emplace_back(ReportItems{original});
        section.blocks.emplace_back(ReportParagraph{originalRemark()});
    }
    return section;
}

}  // namespace normscope
