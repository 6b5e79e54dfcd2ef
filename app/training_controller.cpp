#include "app/training_controller.h"

#include <utility>

#include "app/training_worker.h"

namespace normscope {

TrainingController::TrainingController(TrainerFactory factory, QObject* parent)
    : QObject(parent), factory_(std::move(factory)) {}

TrainingController::~TrainingController() {
    emit stopWorkers();
    for (const Lane& lane : lanes_) {
        lane.thread->wait();
    }
}

void TrainingController::start(std::shared_ptr<const PreparedRun> prepared) {
    Q_ASSERT(state_ == State::Idle);
    ++run_;
    for (std::size_t model = 0; model < prepared->run.models.size(); ++model) {
        if (!isComplete(*prepared, model)) {
            addLane(prepared, model);
        }
    }
    if (!lanes_.empty()) {
        setState(State::Training);
        emit startWorkers();
    }
}

void TrainingController::addLane(const std::shared_ptr<const PreparedRun>& prepared,
                                 std::size_t model) {
    Lane lane{std::make_unique<QThread>(),
              std::make_unique<TrainingWorker>(prepared, model, run_, factory_, box_)};
    lane.thread->setObjectName(QString::fromStdString(prepared->run.config.models[model].label));
    lane.worker->moveToThread(lane.thread.get());
    TrainingWorker* worker = lane.worker.get();
    connect(this, &TrainingController::startWorkers, worker, &TrainingWorker::start);
    connect(this, &TrainingController::pauseWorkers, worker, &TrainingWorker::pause);
    connect(this, &TrainingController::resumeWorkers, worker, &TrainingWorker::resume);
    connect(this, &TrainingController::stepWorkers, worker, &TrainingWorker::stepOnce);
    connect(this, &TrainingController::stopWorkers, worker, &TrainingWorker::stop);
    connect(worker, &TrainingWorker::snapshotsWaiting, this, &TrainingController::passSnapshotsOn);
    // Direct: the thread ends even while the destructor waits for it.
    connect(worker, &TrainingWorker::ended, lane.thread.get(), &QThread::quit,
            Qt::DirectConnection);
    connect(lane.thread.get(), &QThread::finished, this, &TrainingController::onLaneEnded);
    lane.thread->start();
    lanes_.push_back(std::move(lane));
    ++lanesRunning_;
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
        if (snapshot->run != run_) {
            continue;
        }
        emit snapshotReady(snapshot);
        if (snapshot->phase == ModelPhase::Failed) {
            emit failed(QString::fromStdString(snapshot->error));
        }
    }
}

void TrainingController::onLaneEnded() {
    if (--lanesRunning_ > 0) {
        return;
    }
    for (const Lane& lane : lanes_) {
        lane.thread->wait();  // it has said that it ends, and is about to
    }
    passSnapshotsOn();  // none is left behind
    lanes_.clear();
    setState(State::Idle);
}

void TrainingController::setState(State state) {
    if (std::exchange(state_, state) != state) {
        emit stateChanged(state);
    }
}

}  // namespace normscope
