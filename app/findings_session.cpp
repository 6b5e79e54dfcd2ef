#include "app/findings_session.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include "app/comparison_session.h"
#include "app/report/report_content.h"
#include "app/report/report_writer.h"
#include "app/training_session.h"
#include "core/experiment_results.h"
#include "ui/experiment/experiment_view.h"
#include "ui/findings/findings_page.h"

namespace normscope {
namespace {

/// "pdf" of "Pages to print (*.pdf)".
QString suffixOf(const QString& filter) {
    return filter.section(u'.', -1).chopped(1);
}

}  // namespace

FindingsSession::FindingsSession(FindingsPage& page, ComparisonSession& comparison,
                                 TrainingSession& training, const TrainerFactory& factory,
                                 QObject* parent)
    : QObject(parent),
      page_(page),
      comparison_(comparison),
      training_(training),
      experiments_(page.experiments(),
                   {.experiments = training.runsFolder().parent_path() / "experiments"},
                   training.datasets(), factory),
      folder_(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)),
      thread_(QStringLiteral("reports")) {
    connect(&page, &FindingsPage::notesEdited, &comparison, &ComparisonSession::writeNotes);
    connect(&page, &FindingsPage::reportRequested, this, &FindingsSession::askWhereToSaveReport);
    connect(&comparison, &ComparisonSession::changed, this, &FindingsSession::showSpeed);
    connect(&training, &TrainingSession::changed, this, &FindingsSession::keepApart);
    connect(&experiments_, &ExperimentSession::runningChanged, this, &FindingsSession::keepApart);
    keepApart();
}

void FindingsSession::enter(const TrainingConfig& base) {
    page_.experiments().setBase(base);
    showSpeed();
}

void FindingsSession::showSpeed() {
    const Comparison& models = comparison_.models();
    page_.experiments().setSpeed(models.empty() ? std::nullopt
                                                : measuredSpeed(*models.front().run));
}

/// Whoever comes second waits: sharing two cores, both would take twice as long and the measured
/// images per second would mean nothing.
void FindingsSession::keepApart() {
    experiments_.setObstacle(isUnderWay(training_.phase())
                                 ? tr("A training is under way on page Train; start the "
                                      "experiment once it has ended.")
                                 : QString());
    training_.setObstacle(experiments_.isRunning()
                              ? tr("An experiment is under way on page Findings; start the "
                                   "training once it has ended.")
                              : QString());
}

void FindingsSession::askWhereToSaveReport() {
    const Comparison& models = comparison_.models();
    if (models.empty()) {
        page_.setMessage(
            tr("There is nothing to report on yet: train networks on page Train, or "
               "choose some that are trained."));
        return;
    }
    if (comparison_.dataset() == nullptr) {
        const QString folder = QString::fromStdString(models.front().run->dataset.folder);
        page_.setMessage(
            comparison_.isBusy()
                ? tr("A report shows test images, and those in %1 are still being read: save it "
                     "once they are there.")
                      .arg(folder)
                : tr("A report shows test images, and those in %1 could not be read: put the four "
                     "data files back there, then choose other models and these again.")
                      .arg(folder));
        return;
    }
    const QStringList filters{tr("Web page (*.html)"), tr("Pages to print (*.pdf)"),
                              tr("Markdown with pictures beside it (*.md)")};
    auto* dialog = new QFileDialog(&page_, tr("Save the report"), folder_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffixOf(filters.first()));
    dialog->selectFile(tr("Report"));
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString& filter) { dialog->setDefaultSuffix(suffixOf(filter)); });
    connect(dialog, &QFileDialog::fileSelected, this, &FindingsSession::saveReport);
    dialog->open();
}

void FindingsSession::saveReport(const QString& path) {
    const QFileInfo file(path);
    folder_ = file.absolutePath();
    const std::optional<ReportFormat> format = reportFormatNamed(file.suffix().toLower());
    if (!format) {
        page_.setMessage(tr("%1 ends neither in .html nor in .pdf nor in .md; name the report so.")
                             .arg(file.fileName()));
        return;
    }
    page_.setMessage({});
    emit told(tr("Writing %1...").arg(file.fileName()));
    auto report =
        std::make_shared<const Report>(makeReport(comparison_.models(), comparison_.dataset()));
    thread_.post(
        [this, report, path, name = file.fileName(), format = *format]() -> TaskThread::Answer {
            TaskThread::turnTo(path.toStdString());
            return [this, problem = writeReport(*report, path, format), name] {
                page_.setMessage(problem);
                emit told(problem.isEmpty() ? tr("Saved %1.").arg(name) : QString());
            };
        },
        [this](const QString& why) {
            page_.setMessage(why);
            emit told({});
        });
}

}  // namespace normscope
