#pragma once

#include <functional>
#include <span>

#include "core/dataset.h"
#include "core/mini_batch.h"
#include "core/training_records.h"

namespace normscope {

/// One reading of a whole set, a batch at a time, so that a trainer can be interrupted in it.
class EvaluationPass {
  public:
    explicit EvaluationPass(const DigitSet& set);

    bool finished() const { return evaluation_.total == set_.size(); }

    /// Fills in kClassCount log-probabilities for each image.
    using Read = std::function<void(const MiniBatch& batch, std::span<float> logProbabilities)>;

    /// Has the next images read.
    void step(const Read& read);

    /// To be called once finished.
    Evaluation take();

  private:
    const DigitSet& set_;
    Evaluation evaluation_;
    double lossSum_ = 0.0;
};

}  // namespace normscope
