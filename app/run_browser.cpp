#include "app/run_browser.h"

#include "app/comparison_session.h"
#include "app/folder_dialog.h"
#include "app/run_name.h"
#include "app/training_session.h"
#include "core/trainer.h"
#include "ui/runs/runs_panel.h"
#include "ui/train/model_texts.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

ModelEntry entryOf(const ModelConfig& model, const ModelSummary& summary, int testTotal) {
    return {.label = QString::fromStdString(model.label),
            .kind = model.network.kind,
            .normalization = networkTitle(model.network),
            .epochs = summary.epochs,
            .wrong = summary.wrong,
            .testTotal = testTotal};
}

RunEntry::Kind kindOf(const ListedRun& run) {
    if (run.state == RunState::InTraining) {
        return RunEntry::Kind::UnderWayElsewhere;
    }
    switch (run.origin) {
        case RunOrigin::Opened:
            return RunEntry::Kind::Opened;
        case RunOrigin::Bundled:
            return RunEntry::Kind::Bundled;
        case RunOrigin::Kept:
            break;
    }
    return RunEntry::Kind::Kept;
}

RunEntry entryOf(const ListedRun& listed) {
    RunEntry entry{
        .folder = QString::fromStdString(listed.folder.string()),
        .name = listed.name,
        .when = listed.when,
        .kind = kindOf(listed),
        .canGoOn = listed.origin != RunOrigin::Bundled &&
                   (listed.state == RunState::Stopped || listed.state == RunState::Interrupted),
        .notes = {},
        .problems = listed.problems,
        .models = {}};
    if (listed.listing) {
        const Run& run = listed.listing->run;
        entry.notes = QString::fromStdString(run.notes);
        for (std::size_t model = 0; model < run.models.size(); ++model) {
            entry.models.push_back(entryOf(
                run.config.models[model], listed.listing->summaries[model], run.dataset.testTotal));
        }
    }
    return entry;
}

/// The run of this window: what is known of it is ahead of its files.
RunEntry entryOf(const Run& run, bool isUnderWay, bool isUnsaved) {
    const bool isSaved = !run.folder.empty() && !isUnsaved;
    RunEntry entry{.folder = QString::fromStdString(run.folder.string()),
                   .name = isSaved ? nameOfRun(run.folder) : RunBrowser::tr("This training"),
                   .when = isSaved ? beginOfRun(run.folder) : QDateTime(),
                   .kind = isUnderWay ? RunEntry::Kind::UnderWay
                           : isSaved  ? RunEntry::Kind::Kept
                                      : RunEntry::Kind::Unsaved,
                   .canGoOn = false,
                   .notes = QString::fromStdString(run.notes),
                   .problems = {},
                   .models = {}};
    const int images = trainingImages(run.config, run.dataset.trainTotal);
    for (std::size_t model = 0; model < run.models.size(); ++model) {
        entry.models.push_back(entryOf(run.config.models[model],
                                       summarize(run.models[model], images, run.dataset.testTotal),
                                       run.dataset.testTotal));
    }
    return entry;
}

}  // namespace

RunBrowser::RunBrowser(TrainingSession& training, ComparisonSession& comparison, QObject* parent)
    : QObject(parent), training_(training), comparison_(comparison) {
    connect(&training.library(), &RunLibrary::listed, this, &RunBrowser::entriesChanged);
    connect(&training, &TrainingSession::runAdvanced, this, &RunBrowser::entriesChanged);
    connect(&training, &TrainingSession::changed, this, &RunBrowser::entriesChanged);
}

std::vector<RunEntry> RunBrowser::entries() const {
    std::vector<RunEntry> entries;
    const std::shared_ptr<const Run>& trained = training_.trained();
    const bool isUnderWay = training_.underWay().has_value();
    const bool isUnsaved = training_.keeper().isUnsaved();
    const bool isAhead = trained && (isUnderWay || isUnsaved || trained->folder.empty());
    if (isAhead) {
        entries.push_back(entryOf(*trained, isUnderWay, isUnsaved));
    }
    for (const ListedRun& run : training_.library().runs()) {
        if (!isAhead || run.folder != trained->folder) {
            entries.push_back(entryOf(run));
        }
    }
    return entries;
}

void RunBrowser::serve(RunsPanel& panel) {
    RunsPanel* shown = &panel;
    RunLibrary* library = &training_.library();
    const auto fill = [this, shown] {
        shown->setRuns(entries());
        shown->setCompared(comparison_.chosen());
    };
    // With the panel as their context, the connections end with it.
    connect(this, &RunBrowser::entriesChanged, shown, fill);
    connect(&comparison_, &ComparisonSession::changed, shown, fill);
    connect(&comparison_, &ComparisonSession::failed, shown, &RunsPanel::setMessage);
    connect(library, &RunLibrary::failed, shown,
            [shown](const fs::path&, const QString& sentence) { shown->setMessage(sentence); });
    connect(shown, &RunsPanel::comparisonChosen, this,
            [this](const std::vector<ModelRef>& models) { comparison_.choose(models); });
    connect(shown, &RunsPanel::openRequested, this, [this, shown] { askWhichToOpen(*shown); });
    connect(shown, &RunsPanel::showRequested, this,
            [this](const QString& folder) { training_.openRun(folder.toStdString()); });
    connect(shown, &RunsPanel::resumeRequested, this,
            [this](const QString& folder) { training_.resumeRun(folder.toStdString()); });
    connect(shown, &RunsPanel::renameRequested, this,
            [library](const QString& folder, const QString& name) {
                library->rename(folder.toStdString(), name);
            });
    connect(shown, &RunsPanel::deleteRequested, this,
            [library](const QString& folder) { library->moveToTrash(folder.toStdString()); });
    connect(shown, &RunsPanel::closeRequested, this,
            [library](const QString& folder) { library->close(folder.toStdString()); });
    fill();
    library->refresh();
}

void RunBrowser::askWhichToOpen(RunsPanel& panel) {
    askForFolder(panel, tr("Open a run folder"), training_.library().keptFolder(), this,
                 [this](const std::filesystem::path& folder) { training_.library().open(folder); });
}

}  // namespace normscope
