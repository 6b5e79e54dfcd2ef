#pragma once

#include <stdexcept>
#include <string>

#include "core/trainer.h"

namespace normscope::testing {

/// A trainer without torch: figures that follow from the position alone. Its checkpoint is the
/// number of finished epochs. A learning rate above 1 makes it diverge in the second mini-batch,
/// a seed of 666 makes it fail otherwise.
class FakeTrainer : public Trainer {
  public:
    explicit FakeTrainer(const TrainerStart& start)
        : config_(start.config),
          stepsPerEpoch_(normscope::stepsPerEpoch(start.config, start.dataset->train.size())),
          test_(start.dataset->test.labels),
          epochs_(start.checkpoint ? std::stoi(*start.checkpoint) : 0),
          steps_(epochs_ * stepsPerEpoch_) {}

    Slice step() override {
        if (config_.seed == 666) {
            throw std::runtime_error("The fake trainer fails.");
        }
        return evaluating_ ? evaluate() : train();
    }

    int epochsFinished() const override { return epochs_; }
    std::string model() const override { return "model after " + std::to_string(epochs_); }
    std::string checkpoint() const override { return std::to_string(epochs_); }

  private:
    Slice train() {
        ++steps_;
        if (config_.learningRate > 1.0 && steps_ == 2) {
            throw TrainingDiverged("The loss is no longer a number.");
        }
        Slice slice;
        slice.images = config_.batchSize;
        slice.seconds = 0.001;
        slice.step = StepRecord{.step = steps_,
                                .epoch = epochs_ + 1,
                                .loss = 1.0F / static_cast<float>(steps_),
                                .accuracy = 0.5F,
                                .l1Penalty = 0.25F};
        if (isSampled(config_.cycles, stepsPerEpoch_, steps_)) {
            LayerSample sample;
            sample.record.step = steps_;
            sample.record.epoch = epochs_ + 1;
            sample.record.channels.front().input.p50 = 0.5F * static_cast<float>(steps_);
            slice.sample = std::make_shared<const LayerSample>(sample);
        }
        evaluating_ = steps_ % stepsPerEpoch_ == 0;
        slice.phase = evaluating_ ? ModelPhase::Evaluating : ModelPhase::Training;
        return slice;
    }

    Slice evaluate() {
        evaluating_ = false;
        ++epochs_;
        Evaluation evaluation;
        evaluation.total = static_cast<int>(test_.size());
        evaluation.wrong = 1;
        evaluation.loss = 0.125;
        evaluation.labels = test_;
        evaluation.predictions = test_;
        evaluation.predictions[0] = static_cast<std::uint8_t>((test_[0] + 1) % kClassCount);
        evaluation.probabilityOfPrediction.assign(test_.size(), 0.75F);
        evaluation.probabilityOfLabel.assign(test_.size(), 0.75F);
        for (std::size_t i = 0; i < test_.size(); ++i) {
            ++evaluation.confusion[test_[i]][evaluation.predictions[i]];
        }
        Slice slice;
        slice.phase = epochs_ == config_.epochs() ? ModelPhase::Finished : ModelPhase::Training;
        slice.epoch = EpochRecord{.epoch = epochs_,
                                  .trainLoss = 0.5,
                                  .trainAccuracy = 0.5,
                                  .testLoss = evaluation.loss,
                                  .testAccuracy = evaluation.accuracy(),
                                  .learningRate = 0.01,
                                  .seconds = 0.001 * static_cast<double>(stepsPerEpoch_),
                                  .l1Penalty = 0.25};
        slice.evaluation = std::make_shared<const Evaluation>(std::move(evaluation));
        return slice;
    }

    TrainingConfig config_;
    std::int64_t stepsPerEpoch_;
    std::vector<std::uint8_t> test_;
    int epochs_;
    std::int64_t steps_;
    bool evaluating_ = false;
};

inline std::unique_ptr<Trainer> makeFakeTrainer(const TrainerStart& start) {
    return std::make_unique<FakeTrainer>(start);
}

}  // namespace normscope::testing
