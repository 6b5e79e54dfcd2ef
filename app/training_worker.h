#pragma once

#include <QObject>
#include <chrono>
#include <functional>
#include <memory>

#include "app/pulse.h"
#include "app/snapshot_box.h"
#include "core/model_training.h"

namespace normscope {

/// Trains one model on the thread it is moved to. It works in short slices and posts itself the
/// next one, so that a command waits for one slice and not for an epoch. No exception leaves it:
/// what is thrown ends this model alone, and is told in its last snapshot.
class TrainingWorker : public QObject {
    Q_OBJECT

  public:
    TrainingWorker(std::shared_ptr<const PreparedRun> prepared, std::size_t model,
                   std::uint64_t run, TrainerFactory factory, SnapshotBox& box,
                   InspectionBox& inspections, std::shared_ptr<Pulse> pulse);

    // Connected, queued, to the commands of the controller.
    void start();
    void pause();
    void resume();
    void stepOnce();  ///< one mini-batch, then paused again
    void stop();
    /// Answered in the box of inspections, if it is this model.
    void inspect(std::size_t model);

  signals:
    /// The box was empty and is no longer. A snapshot is put there at most once a frame and after
    /// each epoch, with everything since the last one: no measurement is left out.
    void snapshotsWaiting();
    void ended();
    /// The box of inspections was empty and is no longer.
    void inspectionsWaiting();

  private:
    enum class Mode { Running, Stepping, Paused };

    void guarded(const std::function<void()>& work);
    void begin();
    void post();
    void advance();
    void doSlice();
    void tell();
    void give(TrainingSnapshot snapshot);
    void fail(const std::exception& failure);
    void finish();

    const std::shared_ptr<const PreparedRun> prepared_;
    const std::size_t model_;
    const std::uint64_t run_;
    const TrainerFactory factory_;
    SnapshotBox& box_;
    InspectionBox& inspections_;
    const std::shared_ptr<Pulse> pulse_;
    std::unique_ptr<ModelTraining> training_;
    Mode mode_ = Mode::Running;
    bool posted_ = false;
    std::chrono::steady_clock::time_point told_;
};

}  // namespace normscope
