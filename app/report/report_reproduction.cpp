#include <QCoreApplication>
#include <QLocale>

#include "app/report/report_parts.h"
#include "core/versions.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

QString number(qlonglong value) {
    return QLocale().toString(value);
}

ReportTable factsTable(const Run& run) {
    ReportTable table{
        .titles = {Texts::tr("What"), Texts::tr("Value")}, .rows = {}, .textColumns = 2};
    QStringList cycles;
    for (const int epochs : run.config.cycles) {
        cycles << number(epochs);
    }
    table.rows = {
        {Texts::tr("Seed"), QString::number(run.config.seed)},
        {Texts::tr("Epochs of each one-cycle schedule"), cycles.join(QStringLiteral(", "))},
        {Texts::tr("Threads of each model"), number(run.config.threads)},
        {Texts::tr("MD5 of the four data files, one after the other"),
         QString::fromStdString(run.dataset.checksum)},
        {Texts::tr("Images in these files"),
         Texts::tr("%1 for training, %2 for testing")
             .arg(number(run.dataset.trainTotal), number(run.dataset.testTotal))},
    };
    return table;
}

}  // namespace

ReportSection notesSection(const Comparison& models) {
    ReportSection section{Texts::tr("Notes"), {}};
    const auto runs = runsOf(models);
    for (const auto& run : runs) {
        const QString notes = QString::fromStdString(run->notes);
        if (notes.trimmed().isEmpty()) {
            continue;
        }
        if (runs.size() > 1) {
            section.blocks.emplace_back(ReportSubheading{runNameOf(*run, models)});
        }
        for (const QString& line : notes.split(u'\n', Qt::SkipEmptyParts)) {
            section.blocks.emplace_back(ReportParagraph{line.trimmed()});
        }
    }
    if (section.blocks.empty()) {
        section.blocks.emplace_back(ReportParagraph{Texts::tr("No notes were kept with the run.")});
    }
    return section;
}

ReportSection reproductionSection(const Comparison& models) {
    ReportSection section{Texts::tr("How to do it again"), {}};
    const auto runs = runsOf(models);
    section.blocks.emplace_back(ReportParagraph{
        Texts::tr("This command trains the same networks on the same images in the same order; "
                  "the seed decides the weights, the order and any augmentation.")});
    for (const auto& run : runs) {
        if (runs.size() > 1) {
            section.blocks.emplace_back(ReportSubheading{runNameOf(*run, models)});
        }
        section.blocks.emplace_back(ReportListing{QString::fromStdString(run->command)});
        section.blocks.emplace_back(factsTable(*run));
    }
    section.blocks.emplace_back(
        ReportParagraph{Texts::tr("Written by Normscope %1 with LibTorch %2.")
                            .arg(QString::fromStdString(programVersion()),
                                 QString::fromStdString(torchVersion()))});
    return section;
}

}  // namespace normscope
