#pragma once

#include <memory>
#include <span>

#include "core/layer_percentiles.h"
#include "core/mini_batch.h"
#include "core/thread_team.h"
#include "core/torch/digit_net.h"

namespace normscope {

/// What computes loss, gradients and readings of a network. Its parameters, their gradients and
/// the running statistics stay where the network has them, so that everything else (optimizer,
/// penalty, checkpoint) is the same whatever computes.
class Engine {
  public:
    virtual ~Engine() = default;

    struct Outcome {
        double loss = 0.0;  ///< mean negative log-likelihood of the mini-batch
        int correct = 0;
    };

    /// The derivatives of the loss replace what is in net.parameters().grad(); batch norm takes the
    /// mini-batch into its running statistics. `sampler`, if it is not null, sees what enters and
    /// leaves every norm layer.
    virtual Outcome learn(const MiniBatch& batch, LayerSampler* sampler) = 0;

    /// kClassCount log-probabilities of each image, as in evaluation.
    virtual void read(const MiniBatch& batch, std::span<float> logProbabilities) = 0;
};

/// Autograd: the reference. `net` must outlive either.
std::unique_ptr<Engine> makeTorchEngine(DigitNet& net);

/// core/kernels, as fast as can be for mini-batches of `batchSize` (others are read as well).
/// `team`, who does the work, must outlive it. Throws std::runtime_error.
std::unique_ptr<Engine> makeKernelEngine(DigitNet& net, const NetworkSpec& spec, int batchSize,
                                         ThreadTeam& team);

}  // namespace normscope
