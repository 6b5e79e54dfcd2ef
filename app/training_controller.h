#pragma once

#include <QObject>
#include <QThread>
#include <memory>
#include <vector>

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

    explicit TrainingController(TrainerFactory factory, QObject* parent = nullptr);
    /// Stops what is under way and waits for it: one slice and the writing of what was measured.
    ~TrainingController() override;

    State state() const { return state_; }

    /// The number that the snapshots of the next start will carry.
    std::uint64_t nextRun() const { return run_ + 1; }

    /// Only while idle.
    void start(std::shared_ptr<const PreparedRun> prepared);

    // Without effect in a state where they make no sense.
    void pause();
    void resume();
    void stepOnce();  ///< each model one mini-batch; only while paused
    void stop();

  signals:
    // Commands to the workers.
    void startWorkers();
    void pauseWorkers();
    void resumeWorkers();
    void stepWorkers();
    void stopWorkers();

    void stateChanged(normscope::TrainingController::State state);
    void snapshotReady(std::shared_ptr<const normscope::TrainingSnapshot> snapshot);
    /// A model cannot go on; the others do.
    void failed(const QString& message);

  private:
    void addWorker(const std::shared_ptr<const PreparedRun>& prepared, std::size_t model);
    void passSnapshotsOn();
    void onThreadFinished();
    void setState(State state);

    TrainerFactory factory_;
    State state_ = State::Idle;
    std::uint64_t run_ = 0;
    SnapshotBox box_;
    std::vector<std::unique_ptr<QThread>> threads_;  ///< one a model, each with its worker
    std::size_t threadsRunning_ = 0;
};

}  // namespace normscope
