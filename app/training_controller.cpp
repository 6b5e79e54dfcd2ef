#include "app/training_controller.h"

#include <utility>

#include "app/training_worker.h"

namespace normscope {

TrainingController::TrainingController(TrainerFactory factory, QObject* parent)
    : QObject(parent), factory_(std::move(factory)) {}

TrainingController::~TrainingController() {
    tellWorkers(&TrainingWorker::stop);
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
        tellWorkers(&TrainingWorker::start);
    }
}

void TrainingController::addLane(const std::shared_ptr<const PreparedRun>& prepared,
                                 std::size_t model) {
    Lane lane{std::make_unique<QThread>(),
              std::make_unique<TrainingWorker>(prepared, model, run_, factory_)};
    lane.thread->setObjectName(QString::fromStdString(prepared->run.config.models[model].label));
    lane.worker->moveToThread(lane.thread.get());
    connect(lane.worker.get(), &TrainingWorker::snapshotReady, this,
            &TrainingController::onSnapshot);
    // Direct: the thread ends even while the destructor waits for it.
    connect(lane.worker.get(), &TrainingWorker::ended, lane.thread.get(), &QThread::quit,
            Qt::DirectConnection);
    connect(lane.thread.get(), &QThread::finished, this, &TrainingController::onLaneEnded);
    lane.thread->start();
    lanes_.push_back(std::move(lane));
    ++lanesRunning_;
}

void TrainingController::tellWorkers(void (TrainingWorker::*command)()) {
    for (const Lane& lane : lanes_) {
        QMetaObject::invokeMethod(lane.worker.get(), command, Qt::QueuedConnection);
    }
}

void TrainingController::pause() {
    if (state_ == State::Training) {
        setState(State::Paused);
        tellWorkers(&TrainingWorker::pause);
    }
}

void TrainingController::resume() {
    if (state_ == State::Paused) {
        setState(State::Training);
        tellWorkers(&TrainingWorker::resume);
    }
}

void TrainingController::stepOnce() {
    if (state_ == State::Paused) {
        tellWorkers(&TrainingWorker::stepOnce);
    }
}

void TrainingController::stop() {
    if (state_ == State::Training || state_ == State::Paused) {
        setState(State::Stopping);
        tellWorkers(&TrainingWorker::stop);
    }
}

void TrainingController::onSnapshot(const std::shared_ptr<const TrainingSnapshot>& snapshot) {
    if (snapshot->run != run_) {
        return;
    }
    emit snapshotReady(snapshot);
    if (snapshot->phase == ModelPhase::Failed) {
        emit failed(QString::fromStdString(snapshot->error));
    }
}

void TrainingController::onLaneEnded() {
    if (--lanesRunning_ > 0) {
        return;
    }
    for (const Lane& lane : lanes_) {
        lane.thread->wait();  // it has said that it ends, and is about to
    }
    lanes_.clear();
    setState(State::Idle);
}

void TrainingController::setState(State state) {
    if (std::exchange(state_, state) != state) {
        emit stateChanged(state);
    }
}

}  // namespace normscope
