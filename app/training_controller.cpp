#include "app/training_controller.h"

#include <utility>

#include "app/training_worker.h"

namespace normscope {

TrainingController::TrainingController(TrainerFactory factory, QObject* parent)
    : QObject(parent), factory_(std::move(factory)) {}

TrainingController::~TrainingController() {
    emit stopWorkers();
    for (const auto& thread : threads_) {
        thread->wait();
    }
    box_.takeAll();
}

void TrainingController::start(std::shared_ptr<const PreparedRun> prepared) {
    Q_ASSERT(state_ == State::Idle);
    ++run_;
    for (std::size_t model = 0; model < prepared->run.models.size(); ++model) {
        if (!isComplete(*prepared, model)) {
            addWorker(prepared, model);
        }
    }
    if (!threads_.empty()) {
        setState(State::Training);
        emit startWorkers();
    }
}

void TrainingController::addWorker(const std::shared_ptr<const PreparedRun>& prepared,
                                   std::size_t model) {
    auto thread = std::make_unique<QThread>();
    thread->setObjectName(QString::fromStdString(prepared->run.config.models[model].label));
    auto* worker = new TrainingWorker(prepared, model, run_, factory_, box_);
    worker->moveToThread(thread.get());
    connect(this, &TrainingController::startWorkers, worker, &TrainingWorker::start);
    connect(this, &TrainingController::pauseWorkers, worker, &TrainingWorker::pause);
    connect(this, &TrainingController::resumeWorkers, worker, &TrainingWorker::resume);
    connect(this, &TrainingController::stepWorkers, worker, &TrainingWorker::stepOnce);
    connect(this, &TrainingController::stopWorkers, worker, &TrainingWorker::stop);
    connect(worker, &TrainingWorker::snapshotsWaiting, this, &TrainingController::passSnapshotsOn);
    // Direct: the thread ends even while the destructor waits for it.
    connect(worker, &TrainingWorker::ended, thread.get(), &QThread::quit, Qt::DirectConnection);
    connect(thread.get(), &QThread::finished, worker, &QObject::deleteLater);
    connect(thread.get(), &QThread::finished, this, &TrainingController::onThreadFinished);
    thread->start();
    threads_.push_back(std::move(thread));
    ++threadsRunning_;
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

void TrainingController::onThreadFinished() {
    if (--threadsRunning_ > 0) {
        return;
    }
    for (const auto& thread : threads_) {
        thread->wait();  // it has said that it ends, and is about to
    }
    passSnapshotsOn();  // none is left behind
    threads_.clear();
    setState(State::Idle);
}

void TrainingController::setState(State state) {
    if (std::exchange(state_, state) != state) {
        emit stateChanged(state);
    }
}

}  // namespace normscope
