#pragma once

#include <QObject>
#include <QThread>
#include <QTimer>
#include <chrono>
#include <memory>
#include <vector>

#include "app/pulse.h"
#include "app/snapshot_box.h"
#include "core/model_training.h"

namespace normscope {

/// Trains the models of a comparison, each on a thread of its own, and passes on what they report.
/// Lives on the thread of the window and never waits there, but for its destruction.
class TrainingController : public QObject {
    Q_OBJECT

  public:
    enum class State { Idle, Training, Paused, Stopping };
    Q_ENUM(State)

    /// A model that is at one slice for longer than `patience` is reported as stalled. A slice
    /// takes milliseconds, or some seconds where LibTorch reads very large mini-batches.
    explicit TrainingController(TrainerFactory factory, QObject* parent = nullptr,
                                std::chrono::milliseconds patience = kPatience);
    /// Stops what is under way and waits for it: one slice and the writing of what was measured.
    ~TrainingController() override;

    State state() const { return state_; }

    /// Whether nothing but stalled models keeps from being idle: nobody knows for how long.
    bool isStuck() const;

    /// The number that the snapshots of the next start will carry.
    std::uint64_t nextRun() const { return run_ + 1; }

    /// Only while idle.
    void start(const std::shared_ptr<const PreparedRun>& prepared);

    // Without effect in a state where they make no sense.
    void pause();
    void resume();
    void stepOnce();  ///< each model one mini-batch; only while paused
    void stop();

    /// Asks for the content of model.pt as of now; answered by inspected(). False, and no answer,
    /// if the model is not in training.
    bool inspect(std::size_t model);

  signals:
    // Commands to the workers.
    void startWorkers();
    void pauseWorkers();
    void resumeWorkers();
    void stepWorkers();
    void stopWorkers();
    void inspectWorkers(std::size_t model);

    void stateChanged(normscope::TrainingController::State state);
    void snapshotReady(std::shared_ptr<const normscope::TrainingSnapshot> snapshot);
    /// A model has not answered for as long as the patience lasts, or does so again.
    void stalled(std::size_t model, bool stalled);
    /// `content` is null if the training of the model ended before it could tell.
    void inspected(std::size_t model, std::shared_ptr<const std::string> content);

  private:
    /// A model in training.
    struct Lane {
        std::size_t model;
        std::unique_ptr<QThread> thread;
        std::shared_ptr<Pulse> pulse;
        bool running = true;
        bool stalled = false;
        int questions = 0;  ///< inspections not answered yet
    };

    void addWorker(const std::shared_ptr<const PreparedRun>& prepared, std::size_t model);
    void passSnapshotsOn();
    void onThreadFinished(std::size_t model);
    void passInspectionsOn();
    void watch();
    Lane& laneOf(std::size_t model);
    void setState(State state);

    TrainerFactory factory_;
    const std::chrono::milliseconds patience_;
    QTimer watch_;
    State state_ = State::Idle;
    std::uint64_t run_ = 0;
    SnapshotBox box_;
    InspectionBox inspections_;
    std::vector<Lane> lanes_;  ///< empty while idle
};

}  // namespace normscope
