#include "app/training_worker.h"

#include <sys/resource.h>

#include <utility>

#include "core/failure_text.h"

namespace normscope {
namespace {

constexpr std::chrono::milliseconds kFrame{16};

/// The window comes first: on Linux this lowers the calling thread alone.
void yieldToTheWindow() {
    constexpr int kNice = 5;
    ::setpriority(PRIO_PROCESS, /*who=*/0, kNice);
}

}  // namespace

TrainingWorker::TrainingWorker(std::shared_ptr<const PreparedRun> prepared, std::size_t model,
                               std::uint64_t run, TrainerFactory factory, SnapshotBox& box,
                               InspectionBox& inspections, std::shared_ptr<Pulse> pulse)
    : prepared_(std::move(prepared)),
      model_(model),
      run_(run),
      factory_(std::move(factory)),
      box_(box),
      inspections_(inspections),
      pulse_(std::move(pulse)) {}

void TrainingWorker::guarded(const std::function<void()>& work) {
    const Pulse::Beat busy(*pulse_);
    try {
        work();
    } catch (const std::exception& failure) {
        fail(failure);
    }
}

void TrainingWorker::start() {
    yieldToTheWindow();
    guarded([this] { begin(); });
}

void TrainingWorker::begin() {
    training_ = std::make_unique<ModelTraining>(*prepared_, model_, factory_);
    tell();
    if (training_->ended()) {
        finish();
    } else {
        post();
    }
}

void TrainingWorker::pause() {
    mode_ = Mode::Paused;
    guarded([this] { tell(); });
}

void TrainingWorker::resume() {
    mode_ = Mode::Running;
    post();
}

void TrainingWorker::stepOnce() {
    mode_ = Mode::Stepping;
    post();
}

void TrainingWorker::stop() {
    guarded([this] {
        if (training_) {
            training_->stop();
            tell();
            finish();
        }
    });
}

void TrainingWorker::inspect(std::size_t model) {
    if (model != model_) {
        return;
    }
    std::shared_ptr<const std::string> content;
    try {
        if (training_) {
            content = std::make_shared<const std::string>(training_->model());
        }
    } catch (const std::exception&) {
        content = nullptr;  // no memory for it: as good as ended
    }
    if (inspections_.put({run_, model_, std::move(content)})) {
        emit inspectionsWaiting();
    }
}

void TrainingWorker::post() {
    if (training_ && !std::exchange(posted_, true)) {
        QMetaObject::invokeMethod(this, &TrainingWorker::advance, Qt::QueuedConnection);
    }
}

void TrainingWorker::advance() {
    posted_ = false;
    if (!training_ || mode_ == Mode::Paused) {
        return;
    }
    guarded([this] { doSlice(); });
}

void TrainingWorker::doSlice() {
    const std::size_t epochs = training_->history().epochs.size();
    training_->step();
    const bool epochEnded = training_->history().epochs.size() > epochs;
    if (mode_ == Mode::Stepping && training_->trained()) {
        mode_ = Mode::Paused;
    }
    const bool ended = training_->ended();
    if (ended || epochEnded || mode_ == Mode::Paused ||
        std::chrono::steady_clock::now() - told_ >= kFrame) {
        tell();
    }
    if (ended) {
        finish();
    } else {
        post();
    }
}

void TrainingWorker::tell() {
    if (!training_) {
        return;
    }
    TrainingSnapshot snapshot = training_->takeSnapshot();
    snapshot.run = run_;
    if (mode_ == Mode::Paused && !training_->ended()) {
        snapshot.phase = ModelPhase::Paused;
    }
    told_ = std::chrono::steady_clock::now();
    give(std::move(snapshot));
}

void TrainingWorker::give(TrainingSnapshot snapshot) {
    if (box_.put(std::make_shared<const TrainingSnapshot>(std::move(snapshot)))) {
        emit snapshotsWaiting();
    }
}

/// Not what the trainer throws, which ModelTraining takes. Finished epochs have been written.
void TrainingWorker::fail(const std::exception& failure) {
    TrainingSnapshot last;
    last.run = run_;
    last.model = model_;
    last.phase = ModelPhase::Failed;
    last.canGoOn = true;
    last.totalEpochs = prepared_->run.config.epochs();
    if (training_ && !training_->history().steps.empty()) {
        last.step = training_->history().steps.back().step;
        last.epoch = training_->history().steps.back().epoch;
    }
    training_.reset();
    try {
        last.error = failureText(failure);
        give(std::move(last));
    } catch (const std::exception&) {
        finish();  // not even that could be told
        return;
    }
    finish();
}

void TrainingWorker::finish() {
    training_.reset();  // the trainer dies on the thread that made it
    emit ended();
}

}  // namespace normscope
