#pragma once

// Internal to core: works on a DigitNet.

#include "core/digit_net.h"
#include "core/training_records.h"

namespace normscope {

/// One reading of a whole set, a batch at a time, so that a trainer can be interrupted in it.
class EvaluationPass {
  public:
    explicit EvaluationPass(const DigitSet& set);

    bool finished() const { return evaluation_.total == set_.size(); }

    /// Reads the next images with `net`, which is left in evaluation mode.
    void step(DigitNet& net);

    /// To be called once finished.
    Evaluation take();

  private:
    const DigitSet& set_;
    Evaluation evaluation_;
    double lossSum_ = 0.0;
};

}  // namespace normscope
