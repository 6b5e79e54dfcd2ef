#include "app/training_session.h"

#include <QDir>
#include <QLocale>
#include <algorithm>
#include <utility>

#include "app/log_file.h"
#include "app/run_views.h"
#include "app/timed_folder.h"
#include "core/trainer.h"
#include "ui/train/train_page.h"

namespace normscope {
namespace {

bool isIncomplete(const std::vector<ModelHistory>& histories) {
    return std::ranges::any_of(histories, [](const ModelHistory& history) {
        return history.outcome == Outcome::Running || history.outcome == Outcome::Stopped;
    });
}

}  // namespace

TrainingSession::TrainingSession(TrainPage& page, Folders folders, TrainerFactory factory,
                                 QObject* parent)
    : QObject(parent),
      page_(page),
      folders_(std::move(folders)),
      datasets_(std::make_shared<DatasetCache>(folders_.bundledData)),
      library_({.kept = folders_.runs, .bundled = folders_.bundledRuns}),
      loader_(datasets_, factory),
      controller_(std::move(factory)) {
    connectPage();
    connectLoader();
    connectController();
    connectLibrary();
    constexpr int kAdvanceMilliseconds = 100;
    advance_.setSingleShot(true);
    advance_.setInterval(kAdvanceMilliseconds);
    connect(&advance_, &QTimer::timeout, this, &TrainingSession::tellAdvance);
}

void TrainingSession::connectPage() {
    connect(&page_, &TrainPage::startRequested, this, &TrainingSession::start);
    connect(&page_, &TrainPage::pauseRequested, &controller_, &TrainingController::pause);
    connect(&page_, &TrainPage::resumeRequested, &controller_, &TrainingController::resume);
    connect(&page_, &TrainPage::stepRequested, &controller_, &TrainingController::stepOnce);
    connect(&page_, &TrainPage::stopRequested, this, &TrainingSession::stop);
    connect(&page_, &TrainPage::moreEpochsRequested, this, &TrainingSession::continueRun);
}

void TrainingSession::connectLoader() {
    connect(&loader_, &RunLoader::dataRead, this, [this](const DatasetInfo& info) {
        const bool bundled = info.folder == folders_.bundledData;
        page_.setData(bundled ? std::filesystem::path() : std::filesystem::path(info.folder),
                      nameOfData(info.folder, folders_.bundledData));
        images_ = info;
        const QLocale locale;
        emit statusChanged(tr("%1: %2 training images, %3 test images")
                               .arg(nameOfData(info.folder, folders_.bundledData),
                                    locale.toString(info.trainTotal),
                                    locale.toString(info.testTotal)));
    });
    connect(&loader_, &RunLoader::prepared, this, &TrainingSession::onPrepared);
    connect(&loader_, &RunLoader::failed, this, &TrainingSession::takeFailure);
}

void TrainingSession::connectLibrary() {
    namespace fs = std::filesystem;
    connect(&library_, &RunLibrary::loaded, this, &TrainingSession::takeOpened);
    connect(&library_, &RunLibrary::failed, this,
            [this](const fs::path& folder, const QString& sentence) {
                if (!folder.empty() && folder == opening_) {
                    opening_.clear();
                    library_.close(folder);
                    takeFailure(sentence);
                }
            });
    connect(&library_, &RunLibrary::renamed, this,
            [this](const fs::path& from, const fs::path& to) {
                if (live_ && live_->folder() == from) {
                    live_->setFolder(to);
                    trained_ = live_->snapshot();
                }
                if (shown_ == from) {
                    shown_ = to;
                    page_.setRunFolder(QString::fromStdString(to.string()));
                    emit changed();
                }
            });
    connect(&library_, &RunLibrary::removed, this, [this](const fs::path& folder) {
        if (live_ && live_->folder() == folder) {
            live_.reset();
            trained_.reset();
        }
        if (shown_ == folder && !isUnderWay(phase_)) {
            shown_.clear();
            page_.setRunFolder({});
            setPhase(restingPhase());
        }
    });
}

void TrainingSession::takeFailure(const QString& sentence) {
    stopWhenPrepared_ = false;
    setPhase(restingPhase());
    qCInfo(trainingLog).noquote() << "failed:" << sentence;
    page_.setMessage(sentence);
}

void TrainingSession::connectController() {
    connect(&controller_, &TrainingController::snapshotReady, this,
            [this](const std::shared_ptr<const TrainingSnapshot>& snapshot) {
                takeSnapshot(*snapshot);
            });
    connect(&controller_, &TrainingController::inspected, this, &TrainingSession::inspected);
    connect(&controller_, &TrainingController::failed, &page_, &TrainPage::setMessage);
    connect(&controller_, &TrainingController::stateChanged, this,
            &TrainingSession::onStateChanged);
}

void TrainingSession::setData(const std::filesystem::path& folder) {
    loader_.readData(folder);
}

/// Whether a training may begin; then the page no longer says why not.
bool TrainingSession::isFree() {
    if (isUnderWay(phase_)) {
        return false;
    }
    page_.setMessage(obstacle_);
    return obstacle_.isEmpty();
}

void TrainingSession::start(const TrainingConfig& config) {
    if (!isFree()) {
        return;
    }
    TrainingConfig chosen = config;
    chosen.threads = threads_;
    continuing_ = false;
    setPhase(RunPhase::Loading);
    loader_.prepareNew(chosen, timedFolder(folders_.runs));
}

void TrainingSession::continueRun(int moreEpochs) {
    if (shown_.empty() || !isFree()) {
        return;
    }
    continuing_ = true;
    setPhase(RunPhase::Loading);
    loader_.prepareContinuation(shown_, moreEpochs);
}

void TrainingSession::openRun(const std::filesystem::path& folder) {
    if (isUnderWay(phase_)) {
        return;
    }
    page_.setMessage({});
    setPhase(RunPhase::Loading);
    opening_ = library_.open(folder);
    library_.load(opening_);
}

void TrainingSession::takeOpened(const std::shared_ptr<const Run>& run) {
    if (!opening_.empty() && run->folder == opening_) {
        opening_.clear();
        showRun(run);
    }
}

void TrainingSession::onPrepared(const std::shared_ptr<const PreparedRun>& prepared,
                                 const QString& problem) {
    const Run& run = prepared->run;
    shown_ = prepared->writer ? run.folder : std::filesystem::path();
    RunView view = viewOf(run, datasets_->bundled());
    view.run = controller_.nextRun();
    view.folder = QString::fromStdString(shown_.string());
    shownIsIncomplete_ = false;
    if (continuing_) {
        page_.showRun(view, run.models);
    } else {
        page_.beginRun(view);
    }
    page_.setMessage(problem);
    if (!shown_.empty()) {
        emit statusChanged(tr("Saving to %1").arg(view.folder));
    }
    underWay_ = run.config;
    live_ = std::make_unique<LiveRun>(*prepared);
    trained_ = live_->snapshot();
    library_.setUnderWay(shown_);
    emit runShown(trained_);
    qCInfo(trainingLog).noquote() << "started:" << QString::fromStdString(trained_->command);
    controller_.start(prepared);
    onStateChanged(controller_.state());
    if (std::exchange(stopWhenPrepared_, false)) {
        controller_.stop();
    }
}

void TrainingSession::takeSnapshot(const TrainingSnapshot& snapshot) {
    if (!snapshot.error.empty()) {
        qCInfo(trainingLog).noquote() << "failed:" << QString::fromStdString(snapshot.error);
    }
    if (!snapshot.writeProblem.empty()) {
        qCInfo(trainingLog).noquote()
            << "not written:" << QString::fromStdString(snapshot.writeProblem);
    }
    page_.apply(snapshot);
    if (live_->take(snapshot) && !advance_.isActive()) {
        advance_.start();
    }
}

void TrainingSession::tellAdvance() {
    advance_.stop();
    if (live_) {
        trained_ = live_->snapshot();
        emit runAdvanced(trained_);
    }
}

void TrainingSession::showRun(const std::shared_ptr<const Run>& run) {
    // The settings beside the curves are those that made them; the images stay the chosen ones.
    TrainingConfig settings = run->config;
    settings.data = page_.configuration().data;
    page_.setConfiguration(settings);
    library_.open(run->folder);
    display(run);
    QStringList problems;
    for (const std::string& problem : run->problems) {
        problems << QString::fromStdString(problem);
    }
    page_.setMessage(problems.join(' '));
    emit statusChanged(tr("Read from %1").arg(QString::fromStdString(run->folder.string())));
    emit runShown(run);
}

void TrainingSession::display(const std::shared_ptr<const Run>& run) {
    shown_ = isBundled(run->folder) ? std::filesystem::path() : run->folder;
    shownIsIncomplete_ = isIncomplete(run->models);
    RunView view = viewOf(*run, datasets_->bundled());
    view.run = controller_.nextRun();
    page_.showRun(view, run->models);
    setPhase(restingPhase());
}

void TrainingSession::showComparison(const Comparison& models) {
    if (isUnderWay(phase_) || models.empty()) {
        return;
    }
    if (const std::shared_ptr<const Run> run = wholeRun(models)) {
        display(run);
        return;
    }
    shown_.clear();
    shownIsIncomplete_ = false;
    RunView view = viewOf(models, datasets_->bundled());
    view.run = controller_.nextRun();
    page_.showRun(view, historiesOf(models));
    setPhase(restingPhase());
}

void TrainingSession::writeNotes(const std::filesystem::path& run, const QString& notes) {
    if (live_ && live_->folder() == run) {
        live_->setNotes(notes.toStdString());
    }
    if (!run.empty()) {
        library_.writeNotes(run, notes);
    }
}

/// What came with the program stays as it is.
bool TrainingSession::isBundled(const std::filesystem::path& folder) const {
    return std::ranges::find(folders_.bundledRuns, folder) != folders_.bundledRuns.end();
}

void TrainingSession::pauseOrResume() {
    if (controller_.state() == TrainingController::State::Paused) {
        controller_.resume();
    } else {
        controller_.pause();
    }
}

void TrainingSession::stepOnce() {
    controller_.stepOnce();
}

void TrainingSession::stop() {
    if (!opening_.empty()) {
        opening_.clear();  // what is read of it is not wanted any more
        setPhase(restingPhase());
        return;
    }
    stopWhenPrepared_ = phase_ == RunPhase::Loading;
    controller_.stop();
}

bool TrainingSession::canContinue() const {
    return !isUnderWay(phase_) && !shown_.empty() && shownIsIncomplete_;
}

std::filesystem::path TrainingSession::dataFolder() const {
    return page_.configuration().data;
}

bool TrainingSession::inspect(std::size_t model) {
    return controller_.inspect(model);
}

void TrainingSession::onStateChanged(TrainingController::State state) {
    using State = TrainingController::State;
    switch (state) {
        case State::Training:
            setPhase(RunPhase::Training);
            break;
        case State::Paused:
            setPhase(RunPhase::Paused);
            break;
        case State::Stopping:
            shownIsIncomplete_ = true;
            setPhase(RunPhase::Stopping);
            break;
        case State::Idle:
            underWay_.reset();
            library_.setUnderWay({});
            tellAdvance();
            setPhase(RunPhase::Ended);
            break;
    }
}

void TrainingSession::setPhase(RunPhase phase) {
    phase_ = phase;
    page_.setPhase(phase);
    emit changed();
}

/// Of a page on which nothing is under way.
RunPhase TrainingSession::restingPhase() const {
    return shown_.empty() ? RunPhase::Idle : RunPhase::Ended;
}

}  // namespace normscope
