#include "app/training_session.h"

#include <QDir>
#include <QLocale>
#include <algorithm>
#include <utility>

#include "app/log_file.h"
#include "app/run_views.h"
#include "app/training_messages.h"
#include "core/run_writer.h"
#include "core/trainer.h"
#include "ui/train/train_page.h"
#include "ui/widgets/message_strip.h"

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
      keeper_(page_, loader_),
      offer_(library_),
      controller_(std::move(factory)) {
    connectPage();
    connectLoader();
    connectController();
    connectLibrary();
    connectKeeper();
    constexpr int kAdvanceMilliseconds = 100;
    advance_.setSingleShot(true);
    advance_.setInterval(kAdvanceMilliseconds);
    connect(&advance_, &QTimer::timeout, this, &TrainingSession::tellAdvance);
}

void TrainingSession::takeMoved(const std::filesystem::path& from,
                                const std::filesystem::path& to) {
    const bool isTrained = live_ && live_->folder() == from;
    if (isTrained) {
        live_->setFolder(to);
        trained_ = live_->snapshot();
    }
    if (from.empty() ? isTrained && showsTrained_ : shown_ == from) {
        shown_ = to;
        page_.setRunFolder(QString::fromStdString(to.string()));
        emit changed();
    }
}

void TrainingSession::takeFailure(const QString& sentence) {
    stopWhenPrepared_ = false;
    setPhase(restingPhase());
    qCInfo(trainingLog).noquote() << "failed:" << sentence;
    page_.setMessage(sentence);
}

void TrainingSession::setData(const std::filesystem::path& folder) {
    loader_.readData(folder);
}

/// Whether a training may begin; then the page no longer says why not.
bool TrainingSession::isFree() {
    if (isUnderWay(phase_)) {
        return false;
    }
    if (keeper_.isUnsaved()) {
        page_.showMessage(
            {.text = tr("The last training is not saved. Save it elsewhere, or discard it, before "
                        "the next one begins."),
             .actions = {{tr("Save elsewhere..."), [this] { keeper_.askWhereToSave(); }},
                         {tr("Discard"), [this] {
                              keeper_.discard();
                              page_.setMessage({});
                          }}}});
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
    loader_.prepareNew(chosen, folders_.runs);
}

void TrainingSession::continueRun(int moreEpochs) {
    if (!shown_.empty()) {
        prepareToGoOn(shown_, moreEpochs);
    }
}

void TrainingSession::resumeRun(const std::filesystem::path& folder) {
    prepareToGoOn(folder, /*moreEpochs=*/0);
}

void TrainingSession::prepareToGoOn(const std::filesystem::path& folder, int moreEpochs) {
    if (isFree()) {
        continuing_ = true;
        setPhase(RunPhase::Loading);
        loader_.prepareContinuation(folder, moreEpochs);
    }
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

void TrainingSession::onPrepared(const std::shared_ptr<const PreparedRun>& prepared) {
    const Run& run = prepared->run;
    shown_ = run.folder;
    showsTrained_ = true;
    RunView view = viewOf(run, datasets_->bundled());
    view.run = controller_.nextRun();
    view.folder = QString::fromStdString(shown_.string());
    shownIsIncomplete_ = false;
    if (continuing_) {
        showSettings(run.config);
        page_.showRun(view, run.models);
    } else {
        page_.beginRun(view);
    }
    page_.setMessage({});
    if (!shown_.empty()) {
        emit statusChanged(tr("Saving to %1").arg(view.folder));
    }
    underWay_ = run.config;
    live_ = std::make_unique<LiveRun>(*prepared);
    trained_ = live_->snapshot();
    library_.setUnderWay(shown_);
    keeper_.begin(*prepared);
    emit runShown(trained_);
    qCInfo(trainingLog).noquote() << "started:" << QString::fromStdString(trained_->command);
    controller_.start(prepared);
    onStateChanged(controller_.state());
    if (std::exchange(stopWhenPrepared_, false)) {
        controller_.stop();
    }
}

void TrainingSession::takeSnapshot(const TrainingSnapshot& snapshot) {
    page_.apply(snapshot);
    const bool advanced = live_->take(snapshot);
    if (advanced || !snapshot.writeProblem.empty()) {
        keeper_.look();
    }
    if (advanced && !advance_.isActive()) {
        advance_.start();
    }
    if (snapshot.phase == ModelPhase::Failed) {
        tell(failureMessage(live_->run(), snapshot));
    }
}

void TrainingSession::tell(const Message& message) {
    page_.showMessage(message);
    qCCritical(trainingLog).noquote() << message.text;
}

void TrainingSession::tellAdvance() {
    advance_.stop();
    if (live_) {
        trained_ = live_->snapshot();
        emit runAdvanced(trained_);
    }
}

void TrainingSession::showRun(const std::shared_ptr<const Run>& run) {
    showSettings(run->config);
    library_.open(run->folder);
    display(run);
    page_.setMessage(problemsText(*run));
    emit statusChanged(tr("Read from %1").arg(QString::fromStdString(run->folder.string())));
    emit runShown(run);
}

/// The settings beside the curves are those that made them; the images stay the chosen ones.
void TrainingSession::showSettings(TrainingConfig settings) {
    settings.data = page_.configuration().data;
    page_.setConfiguration(settings);
}

void TrainingSession::display(const std::shared_ptr<const Run>& run) {
    shown_ = isBundled(run->folder) ? std::filesystem::path() : run->folder;
    shownIsIncomplete_ = isIncomplete(run->models);
    showsTrained_ = trained_ && trained_->folder == run->folder;
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
    showsTrained_ = false;
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
            setPhase(RunPhase::Stopping);
            break;
        case State::Idle:
            underWay_.reset();
            library_.setUnderWay({});
            qCInfo(trainingLog) << "ended";
            keeper_.end();
            library_.refresh();
            tellAdvance();
            shownIsIncomplete_ = trained_ && isIncomplete(trained_->models);
            setPhase(RunPhase::Ended);
            break;
    }
}

void TrainingSession::setPhase(RunPhase phase) {
    phase_ = phase;
    page_.setPhase(phase);
    page_.setContinuable(canContinue());
    emit changed();
}

/// Of a page on which nothing is under way.
RunPhase TrainingSession::restingPhase() const {
    return shown_.empty() ? RunPhase::Idle : RunPhase::Ended;
}

}  // namespace normscope
