#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "core/dataset.h"
#include "core/training_config.h"
#include "core/training_records.h"

namespace normscope {

/// What one call of Trainer::step() did.
struct Slice {
    ModelPhase phase = ModelPhase::Training;  ///< what comes next: Training, Evaluating or Finished
    int images = 0;                           ///< trained on; 0 while evaluating
    double seconds = 0.0;                     ///< that they took
    std::optional<StepRecord> step;           ///< after a mini-batch
    std::shared_ptr<const LayerSample> sample;     ///< with `step`, if it was sampled: isSampled()
    std::optional<EpochRecord> epoch;              ///< after the last slice of an evaluation
    std::shared_ptr<const Evaluation> evaluation;  ///< with `epoch`
};

/// The loss is no longer a number. The message is one sentence with what to do.
class TrainingDiverged : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Trains one network, a slice at a time. Lives and dies on the thread that made it.
class Trainer {
  public:
    virtual ~Trainer() = default;

    /// One mini-batch, or a few dozen images of the evaluation that ends an epoch: some
    /// milliseconds. Throws TrainingDiverged; not to be called again after that, nor once the
    /// phase is Finished.
    virtual Slice step() = 0;

    virtual int epochsFinished() const = 0;

    /// Contents of model.pt and of checkpoint.pt, as of now; the latter only between epochs.
    virtual std::string model() const = 0;
    virtual std::string checkpoint() const = 0;
};

/// What a trainer is made from: config.models[model], from the beginning or, with the content of a
/// checkpoint.pt, from where that was written.
struct TrainerStart {
    const TrainingConfig& config;
    std::size_t model;
    std::shared_ptr<const Dataset> dataset;
    const std::optional<std::string>& checkpoint;
    bool samplesLayers = true;  ///< off only to measure what it costs
};

/// Throws std::runtime_error when the checkpoint is of another network.
std::unique_ptr<Trainer> makeTrainer(const TrainerStart& start);

/// makeTrainer(), or what stands in for it.
using TrainerFactory = std::function<std::unique_ptr<Trainer>(const TrainerStart&)>;

}  // namespace normscope
