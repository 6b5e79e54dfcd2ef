#pragma once

#include <QObject>
#include <chrono>
#include <memory>

#include "core/model_training.h"

namespace normscope {

/// Trains one model on the thread it is moved to. It works in short slices and posts itself the
/// next one, so that a command waits for one slice and not for an epoch.
class TrainingWorker : public QObject {
    Q_OBJECT

  public:
    TrainingWorker(std::shared_ptr<const PreparedRun> prepared, std::size_t model,
                   std::uint64_t run, TrainerFactory factory);

    // To be called queued, from the thread of the controller.
    void start();
    void pause();
    void resume();
    void stepOnce();  ///< one mini-batch, then paused again
    void stop();

  signals:
    /// At most once a frame, and with everything since the last one: no measurement is left out.
    void snapshotReady(std::shared_ptr<const normscope::TrainingSnapshot> snapshot);
    void ended();

  private:
    enum class Mode { Running, Stepping, Paused };

    void post();
    void advance();
    void tell();
    void finish();

    const std::shared_ptr<const PreparedRun> prepared_;
    const std::size_t model_;
    const std::uint64_t run_;
    const TrainerFactory factory_;
    std::unique_ptr<ModelTraining> training_;
    Mode mode_ = Mode::Running;
    bool posted_ = false;
    std::chrono::steady_clock::time_point told_;
};

}  // namespace normscope
