#include "app/sample_session.h"

#include <QDir>
#include <algorithm>
#include <optional>
#include <utility>

#include "app/folder_dialog.h"
#include "app/training_session.h"
#include "ui/affine/affine_page.h"
#include "ui/normalize/normalize_page.h"

namespace normscope {
namespace {

/// What an opened run is shown by: what enters the first norm layer of its first model.
SampleRequest firstOf(const QString& folder) {
    SampleRequest request;
    request.kind = SampleRequest::Kind::Activations;
    request.run = folder;
    return request;
}

/// A whole run with those of its models that were saved; empty where there are none.
std::optional<RunChoice> choiceOf(const ListedRun& run) {
    if (!run.listing) {
        return std::nullopt;
    }
    RunChoice choice{
        .name = run.name, .folder = QString::fromStdString(run.folder.string()), .models = {}};
    const std::vector<ModelConfig>& models = run.listing->run.config.models;
    for (std::size_t model = 0; model < models.size(); ++model) {
        if (run.listing->saved[model]) {
            choice.models.push_back(
                {QString::fromStdString(models[model].label), models[model].network});
        }
    }
    return choice.models.empty() ? std::nullopt : std::optional(choice);
}

}  // namespace

SampleSession::SampleSession(NormalizePage& normalize, AffinePage& affine,
                             TrainingSession& training, QObject* parent)
    : QObject(parent),
      normalize_(normalize),
      affine_(affine),
      training_(training),
      loader_(training.datasets()),
      normalizeFeed_(loader_, training, offered_),
      affineFeed_(loader_, training, offered_),
      wasUnderWay_(training.underWay().has_value()) {
    serve(normalize, normalizeFeed_);
    serve(affine, affineFeed_);
    connect(&training, &TrainingSession::changed, this, &SampleSession::follow);
    connect(&training.library(), &RunLibrary::renamed, this, &SampleSession::takeRenamed);
    connect(&training.library(), &RunLibrary::listed, this, &SampleSession::takeList);
}

template <typename Page>
void SampleSession::serve(Page& page, SampleFeed& feed) {
    connect(&page, &Page::sampleRequested, &feed, &SampleFeed::request);
    connect(&page, &Page::openRunRequested, this, [this, &page] { askWhichRunToOpen(page); });
    connect(&feed, &SampleFeed::sampleReady, &page, &Page::showSample);
    connect(&feed, &SampleFeed::failed, &page, &Page::setMessage);
    connect(&feed, &SampleFeed::failed, this, &SampleSession::failed);
}

bool SampleSession::isBusy() const {
    return training_.library().isBusy() || normalizeFeed_.isBusy() || affineFeed_.isBusy();
}

void SampleSession::listRuns() {
    listed_ = true;
    offer();
    training_.library().refresh();
}

void SampleSession::openRun(const std::filesystem::path& folder,
                            std::function<void(const QString& problem)> done) {
    listed_ = true;
    done_ = std::move(done);
    opening_ = training_.library().open(folder);
}

template <typename Page>
void SampleSession::askWhichRunToOpen(Page& page) {
    askForFolder(page, tr("Open a run folder"), training_.runsFolder(), this,
                 [this, &page](const std::filesystem::path& folder) {
                     openRun(folder, [&page, folder](const QString& problem) {
                         page.setMessage(problem);
                         if (problem.isEmpty()) {
                             page.choose(firstOf(QString::fromStdString(folder.string())));
                         }
                     });
                 });
}

/// What begins and ends on page Train changes what is on offer.
void SampleSession::follow() {
    const bool isUnderWay = training_.underWay().has_value();
    if (std::exchange(wasUnderWay_, isUnderWay) != isUnderWay && listed_) {
        listRuns();
    }
}

void SampleSession::takeRenamed(const std::filesystem::path& from,
                                const std::filesystem::path& to) {
    const QString before = QString::fromStdString(from.string());
    const QString after = QString::fromStdString(to.string());
    for (std::vector<RunChoice>* runs : {&saved_, &offered_}) {
        const auto moved = std::ranges::find(*runs, before, &RunChoice::folder);
        if (moved != runs->end()) {
            moved->folder = after;
        }
    }
    normalize_.moveRun(before, after);
    affine_.moveRun(before, after);
}

void SampleSession::takeList(const std::vector<ListedRun>& runs) {
    saved_.clear();
    for (const ListedRun& run : runs) {
        if (auto choice = choiceOf(run)) {
            saved_.push_back(std::move(*choice));
        }
    }
    if (!listed_) {
        return;
    }
    offer();
    const bool answered = done_ && training_.library().find(opening_) != nullptr;
    if (!answered) {
        return;
    }
    const QString folder = QString::fromStdString(opening_.string());
    QString problem;
    if (std::ranges::find(saved_, folder, &RunChoice::folder) == saved_.end()) {
        problem = tr("%1 is not the folder of a run, or its models were not saved.")
                      .arg(QDir::toNativeSeparators(folder));
        training_.library().close(opening_);
    }
    std::exchange(done_, nullptr)(problem);
}

void SampleSession::offer() {
    std::vector<RunChoice> runs;
    if (const auto& config = training_.underWay()) {
        RunChoice present{.name = tr("This training"), .folder = {}, .models = {}};
        for (const ModelConfig& model : config->models) {
            present.models.push_back({QString::fromStdString(model.label), model.network});
        }
        runs.push_back(std::move(present));
    }
    const QString shown = QString::fromStdString(training_.shownFolder().string());
    for (const RunChoice& run : saved_) {
        if (!training_.underWay() || run.folder != shown) {
            runs.push_back(run);
        }
    }
    if (runs != offered_) {
        offered_ = runs;
        normalize_.setRuns(runs);
        affine_.setRuns(runs);
    }
}

}  // namespace normscope
