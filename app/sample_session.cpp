#include "app/sample_session.h"

#include <QDir>
#include <QFileDialog>
#include <algorithm>
#include <utility>

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

}  // namespace

SampleSession::SampleSession(NormalizePage& normalize, AffinePage& affine,
                             TrainingSession& training, QObject* parent)
    : QObject(parent),
      normalize_(normalize),
      affine_(affine),
      training_(training),
      loader_(training.datasets()),
      normalizeFeed_(loader_, training, offered_),
      affineFeed_(loader_, training, offered_) {
    serve(normalize, normalizeFeed_);
    serve(affine, affineFeed_);
    connect(&training, &TrainingSession::changed, this, &SampleSession::follow);
    connect(&loader_, &SampleLoader::runsListed, this, &SampleSession::takeList);
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
    return listings_ > 0 || normalizeFeed_.isBusy() || affineFeed_.isBusy();
}

void SampleSession::listRuns() {
    listed_ = true;
    offer();
    ++listings_;
    loader_.listRuns(training_.runsFolder(), elsewhere());
}

void SampleSession::openRun(const std::filesystem::path& folder,
                            std::function<void(const QString& problem)> done) {
    std::erase(opened_, folder);
    opened_.insert(opened_.begin(), folder);
    done_ = std::move(done);
    listRuns();
}

template <typename Page>
void SampleSession::askWhichRunToOpen(Page& page) {
    auto* dialog = new QFileDialog(&page, tr("Open a run folder"),
                                   QString::fromStdString(training_.runsFolder().string()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this, &page](const QString& folder) {
        openRun(folder.toStdString(), [&page, folder](const QString& problem) {
            page.setMessage(problem);
            if (problem.isEmpty()) {
                page.choose(firstOf(folder));
            }
        });
    });
    dialog->open();
}

/// What begins, ends or is shown on page Train changes what is on offer.
void SampleSession::follow() {
    const bool isUnderWay = training_.underWay().has_value();
    const bool changed = isUnderWay != wasUnderWay_ || training_.shownFolder() != wasShown_;
    wasUnderWay_ = isUnderWay;
    wasShown_ = training_.shownFolder();
    if (changed && listed_) {
        listRuns();
    }
}

std::vector<std::filesystem::path> SampleSession::elsewhere() const {
    std::vector<std::filesystem::path> folders = opened_;
    const std::filesystem::path& shown = training_.shownFolder();
    if (!shown.empty() && shown.parent_path() != training_.runsFolder() &&
        std::ranges::find(folders, shown) == folders.end()) {
        folders.push_back(shown);
    }
    return folders;
}

void SampleSession::takeList(const std::vector<RunChoice>& runs) {
    --listings_;
    saved_ = runs;
    offer();
    if (const auto done = std::exchange(done_, nullptr)) {
        const QString folder = QString::fromStdString(opened_.front().string());
        QString problem;
        if (std::ranges::find(runs, folder, &RunChoice::folder) == runs.end()) {
            opened_.erase(opened_.begin());
            problem = tr("%1 is not the folder of a run, or its models were not saved.")
                          .arg(QDir::toNativeSeparators(folder));
        }
        done(problem);
    }
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
