#include "app/training_controller.h"

#include <algorithm>
#include <utility>

#include "app/training_worker.h"

namespace normscope {

TrainingController::TrainingController(TrainerFactory factory, QObject* parent,
                                       std::chrono::milliseconds patience)
    : QObject(parent), factory_(std::move(factory)), patience_(patience) {
    constexpr int kLooks = 10;
    watch_.setInterval(patience / kLooks);
    connect(&watch_, &QTimer::timeout, this, &TrainingController::watch);
}

TrainingController::~TrainingController() {
    emit stopWorkers();
    for (const Lane& lane : lanes_) {
        lane.thread->wait();
    }
    box_.takeAll();
}

void TrainingController::start(const std::shared_ptr<const PreparedRun>& prepared) {
    Q_ASSERT(state_ == State::Idle);
    ++run_;
    for (std::size_t model = 0; model < prepared->run.models.size(); ++model) {
        if (!isComplete(*prepared, model)) {
            addWorker(prepared, model);
        }
    }
    if (!lanes_.empty()) {
        watch_.start();
        setState(State::Training);
        emit startWorkers();
    }
}

void TrainingController::addWorker(const std::shared_ptr<const PreparedRun>& prepared,
                                   std::size_t model) {
    auto thread = std::make_unique<QThread>();
    thread->setObjectName(QString::fromStdString(prepared->run.config.models[model].label));
    auto pulse = std::make_shared<Pulse>();
    auto* worker = new TrainingWorker(prepared, model, run_, factory_, box_, inspections_, pulse);
    worker->moveToThread(thread.get());
    connect(this, &TrainingController::startWorkers, worker, &TrainingWorker::start);
    connect(this, &TrainingController::pauseWorkers, worker, &TrainingWorker::pause);
    connect(this, &TrainingController::resumeWorkers, worker, &TrainingWorker::resume);
    connect(this, &TrainingController::stepWorkers, worker, &TrainingWorker::stepOnce);
    connect(this, &TrainingController::stopWorkers, worker, &TrainingWorker::stop);
    connect(this, &TrainingController::inspectWorkers, worker, &TrainingWorker::inspect);
    connect(worker, &TrainingWorker::inspectionsWaiting, this,
            &TrainingController::passInspectionsOn);
    connect(worker, &TrainingWorker::snapshotsWaiting, this, &TrainingController::passSnapshotsOn);
    // Direct: the thread ends even while the destructor waits for it.
    connect(worker, &TrainingWorker::ended, thread.get(), &QThread::quit, Qt::DirectConnection);
    connect(thread.get(), &QThread::finished, worker, &QObject::deleteLater);
    connect(thread.get(), &QThread::finished, this, [this, model] { onThreadFinished(model); });
    thread->start();
    lanes_.push_back({.model = model, .thread = std::move(thread), .pulse = std::move(pulse)});
}

void TrainingController::pause() {
    if (state_ == State::Training) {
        setState(State::Paused);
        emit pauseWorkers();
    }
}

void TrainingController::resume() {
    if (state_ == State::Paused) {
        setState(State::Training);
        emit resumeWorkers();
    }
}

void TrainingController::stepOnce() {
    if (state_ == State::Paused) {
        emit stepWorkers();
    }
}

void TrainingController::stop() {
    if (state_ == State::Training || state_ == State::Paused) {
        setState(State::Stopping);
        emit stopWorkers();
    }
}

void TrainingController::passSnapshotsOn() {
    for (const auto& snapshot : box_.takeAll()) {
        if (snapshot->run == run_) {
            emit snapshotReady(snapshot);
        }
    }
}

void TrainingController::onThreadFinished(std::size_t model) {
    passInspectionsOn();
    Lane& lane = laneOf(model);
    lane.running = false;
    // Questions that came too late went down with the worker.
    for (int left = std::exchange(lane.questions, 0); left > 0; --left) {
        emit inspected(model, nullptr);
    }
    if (std::ranges::any_of(lanes_, &Lane::running)) {
        return;
    }
    for (const Lane& each : lanes_) {
        each.thread->wait();  // it has said that it ends, and is about to
    }
    passSnapshotsOn();  // none is left behind
    watch_.stop();
    lanes_.clear();
    setState(State::Idle);
}

void TrainingController::watch() {
    for (Lane& lane : lanes_) {
        const bool stalls = lane.running && lane.pulse->busyFor() > patience_;
        if (std::exchange(lane.stalled, stalls) != stalls) {
            emit stalled(lane.model, stalls);
        }
    }
}

bool TrainingController::isStuck() const {
    return !lanes_.empty() && std::ranges::all_of(lanes_, [](const Lane& lane) {
        return !lane.running || lane.stalled;
    });
}

bool TrainingController::inspect(std::size_t model) {
    const auto lane = std::ranges::find(lanes_, model, &Lane::model);
    if (lane == lanes_.end() || !lane->running) {
        return false;
    }
    ++lane->questions;
    emit inspectWorkers(model);
    return true;
}

void TrainingController::passInspectionsOn() {
    for (const Inspection& inspection : inspections_.takeAll()) {
        if (inspection.run == run_ && !lanes_.empty()) {
            --laneOf(inspection.model).questions;
            emit inspected(inspection.model, inspection.content);
        }
    }
}

TrainingController::Lane& TrainingController::laneOf(std::size_t model) {
    return *std::ranges::find(lanes_, model, &Lane::model);
}

void TrainingController::setState(State state) {
    if (std::exchange(state_, state) != state) {
        emit stateChanged(state);
    }
}

}  // namespace normscope
