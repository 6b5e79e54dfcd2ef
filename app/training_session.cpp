#include "app/training_session.h"

#include <QDateTime>
#include <QDir>
#include <QLocale>
#include <algorithm>
#include <utility>

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
      loader_(datasets_, factory),
      controller_(std::move(factory)) {
    connectPage();
    connectLoader();
    connectController();
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
        const QLocale locale;
        emit statusChanged(tr("%1: %2 training images, %3 test images")
                               .arg(nameOfData(info.folder, folders_.bundledData),
                                    locale.toString(info.trainTotal),
                                    locale.toString(info.testTotal)));
    });
    connect(&loader_, &RunLoader::prepared, this, &TrainingSession::onPrepared);
    connect(&loader_, &RunLoader::runRead, this,
            [this](const std::shared_ptr<const Run>& run) { showRun(*run); });
    connect(&loader_, &RunLoader::failed, this, [this](const QString& message) {
        stopWhenPrepared_ = false;
        setPhase(restingPhase());
        page_.setMessage(message);
    });
}

void TrainingSession::connectController() {
    connect(&controller_, &TrainingController::snapshotReady, this,
            [this](const std::shared_ptr<const TrainingSnapshot>& snapshot) {
                page_.apply(*snapshot);
            });
    connect(&controller_, &TrainingController::inspected, this, &TrainingSession::inspected);
    connect(&controller_, &TrainingController::failed, &page_, &TrainPage::setMessage);
    connect(&controller_, &TrainingController::stateChanged, this,
            &TrainingSession::onStateChanged);
}

void TrainingSession::setData(const std::filesystem::path& folder) {
    loader_.readData(folder);
}

void TrainingSession::start(const TrainingConfig& config) {
    if (isUnderWay(phase_)) {
        return;
    }
    TrainingConfig chosen = config;
    chosen.threads = threads_;
    page_.setMessage({});
    continuing_ = false;
    setPhase(RunPhase::Loading);
    loader_.prepareNew(chosen, newRunFolder());
}

void TrainingSession::continueRun(int moreEpochs) {
    if (isUnderWay(phase_) || shown_.empty()) {
        return;
    }
    page_.setMessage({});
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
    loader_.readRun(folder);
}

void TrainingSession::onPrepared(const std::shared_ptr<const PreparedRun>& prepared,
                                 const QString& problem) {
    const Run& run = prepared->run;
    shown_ = prepared->writer ? run.folder : std::filesystem::path();
    RunView view{.run = controller_.nextRun(),
                 .config = run.config,
                 .stepsPerEpoch = stepsPerEpoch(run.config, run.dataset.trainTotal),
                 .testTotal = run.dataset.testTotal,
                 .folder = QString::fromStdString(shown_.string()),
                 .dataName = nameOfData(run.config.data, folders_.bundledData)};
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
    controller_.start(prepared);
    onStateChanged(controller_.state());
    if (std::exchange(stopWhenPrepared_, false)) {
        controller_.stop();
    }
}

void TrainingSession::showRun(const Run& run) {
    // The settings beside the curves are those that made them; the images stay the chosen ones.
    TrainingConfig settings = run.config;
    settings.data = page_.configuration().data;
    page_.setConfiguration(settings);
    shown_ = run.folder;
    shownIsIncomplete_ = isIncomplete(run.models);
    page_.showRun({.run = controller_.nextRun(),
                   .config = run.config,
                   .stepsPerEpoch = stepsPerEpoch(run.config, run.dataset.trainTotal),
                   .testTotal = run.dataset.testTotal,
                   .folder = QString::fromStdString(run.folder.string()),
                   .dataName = nameOfData(run.config.data, folders_.bundledData)},
                  run.models);
    setPhase(RunPhase::Ended);
    QStringList problems;
    for (const std::string& problem : run.problems) {
        problems << QString::fromStdString(problem);
    }
    page_.setMessage(problems.join(' '));
    emit statusChanged(tr("Read from %1").arg(QString::fromStdString(run.folder.string())));
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

std::filesystem::path TrainingSession::newRunFolder() const {
    const std::string time =
        QDateTime::currentDateTime().toString("yyyy-MM-dd HH-mm-ss").toStdString();
    std::filesystem::path folder = folders_.runs / time;
    std::error_code error;
    for (int again = 2; std::filesystem::exists(folder, error); ++again) {
        folder = folders_.runs / (time + " (" + std::to_string(again) + ")");
    }
    return folder;
}

}  // namespace normscope
