#include <QCoreApplication>
#include <QLocale>
#include <string>
#include <string_view>
#include <vector>

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

/// The " --out FOLDER" at the end of a command, as the shell is to read it.
std::string outOptionOf(const std::string& command) {
    constexpr std::string_view kOut = " --out ";
    bool isQuoted = false;
    for (std::size_t at = 0; at < command.size(); ++at) {
        if (command[at] == '\'') {
            isQuoted = !isQuoted;
        } else if (command[at] == '\\' && !isQuoted) {
            ++at;
        } else if (!isQuoted && command.compare(at, kOut.size(), kOut) == 0) {
            return command.substr(at);
        }
    }
    return {};
}

/// The command of a run trains its first cycle alone.
std::vector<std::string> commandsOf(const Run& run) {
    std::vector<std::string> commands{run.command};
    for (std::size_t cycle = 1; cycle < run.config.cycles.size(); ++cycle) {
        commands.push_back("normscope train --more-epochs " +
                           std::to_string(run.config.cycles[cycle]) + outOptionOf(run.command));
    }
    return commands;
}

/// What the commands train that the run has not; empty if it has it all.
QString remainderText(const Run& run) {
    QStringList finished;
    for (std::size_t model = 0; model < run.models.size(); ++model) {
        const ModelHistory& history = run.models[model];
        const auto epochs = static_cast<int>(history.epochs.size());
        const bool canGoOn =
            history.outcome == Outcome::Running || history.outcome == Outcome::Stopped;
        if (canGoOn && epochs < run.config.epochs()) {
            finished << Texts::tr("%1 of “%2”")
                            .arg(number(epochs),
                                 QString::fromStdString(run.config.models[model].label));
        }
    }
    return finished.isEmpty()
               ? QString()
               : Texts::tr("That trains each network for all %1 epochs, of which this run has %2.")
                     .arg(number(run.config.epochs()), QLocale().createSeparatedList(finished));
}

/// Empty where the run does not tell.
QString versionsText(const RunVersions& versions) {
    return versions.normscope.empty() || versions.libtorch.empty()
               ? QString()
               : Texts::tr("Trained with Normscope %1 and LibTorch %2.")
                     .arg(QString::fromStdString(versions.normscope),
                          QString::fromStdString(versions.libtorch));
}

void addRun(ReportSection& section, const Run& run) {
    for (const std::string& command : commandsOf(run)) {
        section.blocks.emplace_back(ReportListing{QString::fromStdString(command)});
    }
    if (const QString remainder = remainderText(run); !remainder.isEmpty()) {
        section.blocks.emplace_back(ReportParagraph{remainder});
    }
    section.blocks.emplace_back(factsTable(run));
    if (const QString versions = versionsText(run.versions); !versions.isEmpty()) {
        section.blocks.emplace_back(ReportParagraph{versions});
    }
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
    const bool oneCommand = runs.size() == 1 && runs.front()->config.cycles.size() == 1;
    section.blocks.emplace_back(ReportParagraph{
        oneCommand
            ? Texts::tr("This command trains the same networks on the same images in the same "
                        "order; the seed decides the weights, the order and any augmentation.")
            : Texts::tr("These commands, one after the other, train the same networks on the same "
                        "images in the same order; the seed decides the weights, the order and "
                        "any augmentation.")});
    for (const auto& run : runs) {
        if (runs.size() > 1) {
            section.blocks.emplace_back(ReportSubheading{runNameOf(*run, models)});
        }
        addRun(section, *run);
    }
    section.blocks.emplace_back(
        ReportParagraph{Texts::tr("This report was written by Normscope %1.")
                            .arg(QString::fromStdString(programVersion()))});
    return section;
}

}  // namespace normscope
