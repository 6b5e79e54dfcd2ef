#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/meters.h"
#include "core/run_preparation.h"
#include "core/trainer.h"
#include "core/training_records.h"

namespace normscope {

/// One model of a comparison in training: drives the trainer, collects what it measures, writes the
/// run folder and tells of it in snapshots. Lives on one thread. Nothing of what the trainer or the
/// disk throws gets out: it is in the next snapshot.
class ModelTraining {
  public:
    ModelTraining(const PreparedRun& prepared, std::size_t model, const TrainerFactory& factory);

    /// One slice. Not to be called once ended.
    void step();
    /// Ends here; what was measured is written.
    void stop();
    bool ended() const;

    /// Whether the last slice was a mini-batch.
    bool trained() const { return trained_; }

    /// Everything since the last snapshot.
    TrainingSnapshot takeSnapshot();

    /// The content of model.pt as of now. Not to be called once the training has failed.
    std::string model() const { return trainer_->model(); }

    const ModelHistory& history() const { return history_; }

  private:
    void take(const Slice& slice);
    void fail(const std::exception& failure);
    void end(Outcome outcome, ModelPhase phase, const std::string& error = {});
    void write(const std::function<void()>& writing);

    std::size_t model_;
    std::shared_ptr<RunWriter> writer_;
    std::unique_ptr<Trainer> trainer_;
    ModelHistory history_;
    SpeedMeter speed_;
    TrainingSnapshot snapshot_;
    bool trained_ = false;
};

}  // namespace normscope
