#pragma once

#include <cstdint>

namespace normscope {

/// The one-cycle schedule (Smith and Topin, arXiv 1708.07120) as PyTorch's OneCycleLR has it by
/// default: over the first 30 % of the mini-batches the learning rate climbs on half a cosine from
/// peak / 25 to the peak, over the rest it falls to peak / 250,000, while the momentum goes the
/// other way, 0.95 to 0.85 and back.
class OneCycle {
  public:
    OneCycle(std::int64_t totalSteps, double peak) : totalSteps_(totalSteps), peak_(peak) {}

    /// Of mini-batch `step`, 0 .. totalSteps - 1.
    double learningRate(std::int64_t step) const;
    double momentum(std::int64_t step) const;

  private:
    struct Position {
        bool climbing;
        double share;  ///< of the phase that is behind, 0..1
    };
    Position at(std::int64_t step) const;

    std::int64_t totalSteps_;
    double peak_;
};

}  // namespace normscope
