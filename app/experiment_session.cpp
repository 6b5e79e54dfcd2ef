#include "app/experiment_session.h"

#include <QDir>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "app/folder_dialog.h"
#include "app/log_file.h"
#include "app/run_name.h"
#include "app/training_messages.h"
#include "core/experiment_duration.h"
#include "ui/experiment/experiment_view.h"

namespace normscope {
namespace {

constexpr std::chrono::milliseconds kFrame{16};

/// What the view needs of a run that trains: no mini-batches, which are many.
std::shared_ptr<const Run> withoutSteps(Run run) {
    for (ModelHistory& history : run.models) {
        history.steps = {};
    }
    return std::make_shared<const Run>(std::move(run));
}

bool isMeasured(const ExperimentRun& run) {
    return run.complete && measuredSpeed(*run.run);
}

}  // namespace

ExperimentSession::ExperimentSession(ExperimentView& view, Folders folders,
                                     std::shared_ptr<DatasetCache> datasets, TrainerFactory factory,
                                     QObject* parent)
    : QObject(parent),
      view_(view),
      folders_(std::move(folders)),
      loader_(std::move(datasets), factory),
      controller_(std::move(factory)) {
    frame_.setSingleShot(true);
    frame_.setInterval(kFrame);
    connect(&frame_, &QTimer::timeout, this, &ExperimentSession::tellProgress);
    connectView();
    connectLoader();
    connectController();
    loader_.findInterrupted(folders_.experiments);
}

void ExperimentSession::connectView() {
    connect(&view_, &ExperimentView::startRequested, this, &ExperimentSession::start);
    connect(&view_, &ExperimentView::stopRequested, this, &ExperimentSession::stop);
    connect(&view_, &ExperimentView::resumeRequested, this, &ExperimentSession::resume);
    connect(&view_, &ExperimentView::openRequested, this, &ExperimentSession::askWhichToOpen);
}

void ExperimentSession::connectLoader() {
    connect(&loader_, &ExperimentLoader::experimentRead, this, &ExperimentSession::onRead);
    connect(&loader_, &ExperimentLoader::prepared, this, &ExperimentSession::onPrepared);
    connect(
        &loader_, &ExperimentLoader::savedElsewhere, this,
        [this](const std::filesystem::path& folder) {
            writer_.reset();
            view_.setMessage(tr("The run is saved in %1; page Train can open it. Its experiment "
                                "trains it anew when it is continued.")
                                 .arg(QString::fromStdString(folder.string())));
        });
    connect(&loader_, &ExperimentLoader::foundInterrupted, this, &ExperimentSession::offer);
    connect(&loader_, &ExperimentLoader::failed, this, &ExperimentSession::onFailed);
}

void ExperimentSession::connectController() {
    connect(
        &controller_, &TrainingController::snapshotReady, this,
        [this](const std::shared_ptr<const TrainingSnapshot>& snapshot) { onSnapshot(*snapshot); });
    connect(&controller_, &TrainingController::stateChanged, this,
            [this](TrainingController::State state) {
                if (state == TrainingController::State::Idle) {
                    trained_ = current_;
                    setState(State::Preparing);
                    loader_.refresh(experiment_, current_, writer_);
                }
            });
    connect(&controller_, &TrainingController::stalled, this,
            [this](std::size_t model, bool stalled) {
                view_.showMessage(stallMessage(*experiment_->runs[current_].run, model, stalled));
                emit runningChanged(isRunning());  // whoever waits for the end may not want to
            });
}

/// Whether something can be begun now; where a training keeps from it, the view says so.
bool ExperimentSession::isFree() {
    if (state_ != State::Idle) {
        return false;
    }
    view_.setMessage(obstacle_);
    return obstacle_.isEmpty();
}

void ExperimentSession::start(const ExperimentSpec& spec) {
    if (!isFree()) {
        return;
    }
    if (writer_) {
        tellUnsaved(tr("Another experiment has to wait."));
        return;
    }
    ExperimentSpec chosen = spec;
    chosen.base.threads = threads_;
    setState(State::Preparing);
    loader_.create(chosen, folders_.experiments);
}

void ExperimentSession::resume() {
    if (!experiment_ || !isFree()) {
        return;
    }
    setState(State::Preparing);
    if (writer_) {
        loader_.refresh(experiment_, current_, writer_);
    } else {
        loader_.read(experiment_->folder);
    }
}

void ExperimentSession::goOnWith(const std::filesystem::path& folder) {
    if (!isFree()) {
        return;
    }
    if (writer_) {
        tellUnsaved(tr("Another experiment has to wait."));
        return;
    }
    setState(State::Preparing);
    loader_.read(folder);
}

void ExperimentSession::open(const std::filesystem::path& folder) {
    if (state_ == State::Idle && writer_) {
        tellUnsaved(tr("Another experiment has to wait."));
    } else if (state_ == State::Idle) {
        view_.setMessage({});
        setState(State::Opening);
        loader_.read(folder);
    }
}

void ExperimentSession::askWhereToSave() {
    askForFolder(view_, tr("Save the run elsewhere"), QDir::homePath().toStdString(), this,
                 [this](const std::filesystem::path& folder) { saveElsewhere(folder); });
}

void ExperimentSession::saveElsewhere(const std::filesystem::path& parent) {
    if (isUnsaved()) {
        loader_.saveElsewhere(writer_, parent);
    }
}

void ExperimentSession::stop() {
    if (isRunning()) {
        stopping_ = true;
        controller_.stop();
    }
}

void ExperimentSession::askWhichToOpen() {
    askForFolder(view_, tr("Open an experiment folder"), folders_.experiments, this,
                 [this](const std::filesystem::path& folder) { open(folder); });
}

void ExperimentSession::onRead(const std::shared_ptr<const Experiment>& experiment) {
    writer_.reset();  // all of it is on the disk
    show(experiment);
    noteSpeed();
    if (state_ == State::Opening) {
        setState(State::Idle);
        return;
    }
    goOn();
}

/// Of the run that was finished last: what the next experiment may take is told from it.
void ExperimentSession::noteSpeed() {
    const auto& runs = experiment_->runs;
    const auto finished = std::find_if(runs.rbegin(), runs.rend(), &isMeasured);
    if (finished != runs.rend()) {
        view_.setSpeed(measuredSpeed(*finished->run));
    }
}

/// With the next run, unless there is none or the experiment was stopped.
void ExperimentSession::goOn() {
    const auto next = nextRun(*experiment_);
    // What kept it from its end just now, but for divergence, would do so without end.
    const bool failed = std::exchange(trained_, std::nullopt) == next && next;
    if (stopping_ || failed || !next || !experiment_->problems.empty()) {
        end();
        return;
    }
    loader_.prepare(experiment_, *next);
}

void ExperimentSession::onPrepared(std::size_t run,
                                   const std::shared_ptr<const PreparedRun>& prepared) {
    current_ = run;
    writer_ = prepared->writer;
    trainTotal_ = prepared->run.dataset.trainTotal;
    auto begun = std::make_shared<Experiment>(*experiment_);
    begun->runs[run].run = withoutSteps(prepared->run);
    show(std::move(begun));
    countSteps();
    controller_.start(prepared);
    if (controller_.state() == TrainingController::State::Idle) {
        writer_.reset();
        end();  // nothing was left to train after all
        return;
    }
    setState(State::Training);
    tellProgress();
    if (stopping_) {
        controller_.stop();  // which its files are to say
    }
}

void ExperimentSession::countSteps() {
    const ExperimentRun& current = experiment_->runs[current_];
    const qint64 perModel =
        stepsOf(current, trainTotal_) / static_cast<qint64>(current.config.models.size());
    steps_.clear();
    for (const ModelHistory& history : current.run->models) {
        const bool done =
            history.outcome == Outcome::Finished || history.outcome == Outcome::Failed;
        const auto epochs = static_cast<qint64>(history.epochs.size());
        steps_.push_back(done ? perModel : perModel / current.config.epochs() * epochs);
    }
    epoch_ = 0;
    total_ = stepsOf(*experiment_, trainTotal_);
    doneBefore_ = 0;
    for (std::size_t run = 0; run < experiment_->runs.size(); ++run) {
        doneBefore_ += run == current_ ? 0 : stepsDone(experiment_->runs[run], trainTotal_);
    }
    if (doneAtStart_ < 0) {
        doneAtStart_ = doneBefore_ + std::accumulate(steps_.begin(), steps_.end(), qint64{0});
        clock_.start();
    }
}

void ExperimentSession::onSnapshot(const TrainingSnapshot& snapshot) {
    steps_[snapshot.model] = std::max<qint64>(steps_[snapshot.model], snapshot.step);
    epoch_ = std::max(epoch_, snapshot.epoch);
    if (!snapshot.epochs.empty()) {
        takeEpochs(snapshot);
    }
    if (!snapshot.writeProblem.empty()) {
        view_.setMessage(tr("%1 The run goes on in memory; once that is mended, its next epoch "
                            "writes everything.")
                             .arg(QString::fromStdString(snapshot.writeProblem)));
    }
    if (snapshot.phase == ModelPhase::Failed && snapshot.canGoOn) {
        view_.showMessage(failureMessage(*experiment_->runs[current_].run, snapshot));
    }
    if (!frame_.isActive()) {
        frame_.start();
    }
}

/// The results as far as they have come. What is shown is never changed, but replaced.
void ExperimentSession::takeEpochs(const TrainingSnapshot& snapshot) {
    auto experiment = std::make_shared<Experiment>(*experiment_);
    auto run = std::make_shared<Run>(*experiment->runs[current_].run);
    ModelHistory& history = run->models[snapshot.model];
    for (std::size_t i = 0; i < snapshot.epochs.size(); ++i) {
        history.epochs.push_back(snapshot.epochs[i]);
        history.take(snapshot.evaluations[i]);
    }
    experiment->runs[current_].run = std::move(run);
    show(std::move(experiment));
}

void ExperimentSession::onFailed(const QString& message) {
    qCCritical(trainingLog).noquote() << message;
    if (writer_) {
        tellUnsaved(message);
    } else {
        view_.setMessage(message);
    }
    end();
}

void ExperimentSession::tellUnsaved(const QString& why) {
    view_.showMessage({.text = tr("%1 The run is in memory alone: mend what keeps it from its "
                                  "folder and continue the experiment, or save the run elsewhere.")
                                   .arg(why),
                       .actions = {{tr("Save elsewhere..."), [this] { askWhereToSave(); }}}});
}

void ExperimentSession::offer(const InterruptedExperiment& experiment) {
    const QLocale locale;
    const auto number = [&](std::size_t count) {
        return locale.toString(static_cast<qulonglong>(count));
    };
    emit offered(experiment,
                 tr("The experiment %1 was interrupted; %2 of its %3 comparisons are complete. It "
                    "can go on as if nothing had happened.")
                     .arg(nameOfRun(experiment.folder), number(experiment.complete),
                          number(experiment.comparisons)));
}

void ExperimentSession::end() {
    stopping_ = false;
    trained_.reset();
    doneAtStart_ = -1;
    frame_.stop();
    setState(State::Idle);
}

void ExperimentSession::show(std::shared_ptr<const Experiment> experiment) {
    experiment_ = std::move(experiment);
    view_.setExperiment(experiment_);
    if (!experiment_->problems.empty()) {
        view_.setMessage(QString::fromStdString(experiment_->problems.front()));
    }
}

void ExperimentSession::setState(State state) {
    const bool wasRunning = isRunning();
    state_ = state;
    if (!isRunning()) {
        view_.setProgress(false, 0, 0, {});
    } else if (!wasRunning) {
        view_.setProgress(true, 0, 0, tr("Reading the images..."));
    }
    if (isRunning() != wasRunning) {
        emit runningChanged(isRunning());
    }
}

void ExperimentSession::tellProgress() {
    if (state_ == State::Training) {
        const qint64 done = doneBefore_ + std::accumulate(steps_.begin(), steps_.end(), qint64{0});
        view_.setProgress(true, done, total_, progressLine());
    }
}

QString ExperimentSession::progressLine() const {
    if (stopping_) {
        return tr("Stopping...");
    }
    const QLocale locale;
    const ExperimentRun& current = experiment_->runs[current_];
    const QString run = experiment_->spec.kind == ExperimentKind::Seeds
                            ? tr("Seed %1").arg(current.config.seed)
                            : tr("Batches of %1").arg(locale.toString(current.config.batchSize));
    return tr("%1 (%2 of %3), epoch %4 of %5")
               .arg(run, locale.toString(static_cast<int>(current_) + 1),
                    locale.toString(static_cast<int>(experiment_->runs.size())),
                    locale.toString(epoch_), locale.toString(current.config.epochs())) +
           timeLeft();
}

/// From the mini-batches so far, once they tell something.
QString ExperimentSession::timeLeft() const {
    constexpr double kLeastSeconds = 5.0;
    const qint64 done = doneBefore_ + std::accumulate(steps_.begin(), steps_.end(), qint64{0});
    const double seconds = static_cast<double>(clock_.elapsed()) / 1000.0;
    if (seconds < kLeastSeconds || done <= doneAtStart_) {
        return {};
    }
    const double left =
        seconds * static_cast<double>(total_ - done) / static_cast<double>(done - doneAtStart_);
    const auto minutes = static_cast<int>(std::ceil(left / 60.0));
    return minutes <= 1 ? tr(", about a minute left")
                        : tr(", about %1 minutes left").arg(QLocale().toString(minutes));
}

}  // namespace normscope
