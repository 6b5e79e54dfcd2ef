#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/kernels/instruction_sets.h"
#include "core/mini_batch.h"
#include "core/network.h"
#include "core/running_buffers.h"
#include "core/thread_team.h"

namespace normscope {

/// Loss and derivatives of the digit net, by hand: forward and backward for one network alone,
/// several images at once in the lanes of the vector registers.
///
/// From here down: image_group.h is a handful of images on their way through the network and back,
/// digit_group.cpp that way, layer by layer, with the mathematics of each layer above its code in
/// convolution.h, normalization.h, pooling.h and classification.h. digit_group.cpp is compiled once
/// for each instruction set (lanes.h); this class leads the groups through and adds up what they
/// leave, always in the same order: the result is the same, bit for bit, for any number of threads.
class DigitKernel {
  public:
    /// `team` must outlive it.
    DigitKernel(const NetworkSpec& spec, ThreadTeam& team,
                const kernels::InstructionSet& instructions);

    /// Learned numbers, in the order of DigitNet::parameters().
    int parameterCount() const { return layout_.count; }

    struct Outcome {
        double loss = 0.0;  ///< mean negative log-likelihood of the mini-batch
        int correct = 0;
    };

    /// Sees images `first` .. `first` + `count` - 1 of a mini-batch in their group.
    using Watcher = std::function<void(int first, int count, const kernels::ImageGroup& group)>;

    /// The loss of one mini-batch and its derivative by every parameter, which replaces what is in
    /// `gradient`. Under batch norm the running statistics take the mini-batch in (momentum and
    /// unbiased variance as PyTorch has them); otherwise they are not looked at. `watch`, if there
    /// is one, sees each group of images before it turns back, in no order and from any thread.
    Outcome train(const MiniBatch& batch, std::span<const float> parameters,
                  std::span<float> gradient, const RunningBuffers& running,
                  const Watcher& watch = {});

    /// 10 log-probabilities of each image. Batch norm takes the running statistics.
    void evaluate(const MiniBatch& batch, std::span<const float> parameters,
                  const RunningBuffers& running, std::span<float> logProbabilities);

  private:
    struct MeanAndVariance {
        std::array<double, kernels::kMostChannels> mean{};
        std::array<double, kernels::kMostChannels> variance{};  ///< biased
    };

    void prepare(const MiniBatch& batch, std::span<const float> parameters,
                 kernels::Statistics statistics);
    void makeGroups(int count);
    void begin(kernels::ImageGroup& group, const MiniBatch& batch, int index) const;
    int groupsOf(int images) const;
    int imagesOf(const MiniBatch& batch, int index) const;

    void trainApart(const MiniBatch& batch, const Watcher& watch);
    void trainTogether(const MiniBatch& batch, const RunningBuffers& running, const Watcher& watch);
    MeanAndVariance momentsOf(const MiniBatch& batch, int layer) const;
    void normalizeTogether(int layer, const MeanAndVariance& moments, int groups);
    void shareGradientMeans(int layer, int groups, int images);
    void keep(const kernels::ImageGroup& group, const MiniBatch& batch, int index);
    void sumUp(std::span<float> gradient) const;
    Outcome outcomeOf(const MiniBatch& batch, std::span<float> gradient) const;

    const NetworkSpec spec_;
    const kernels::InstructionSet& instructions_;
    const kernels::ParameterLayout layout_;
    ThreadTeam& team_;
    kernels::ArrangedParameters arranged_;
    kernels::StepSettings settings_;
    std::vector<std::unique_ptr<kernels::ImageGroup>> groups_;
    std::vector<std::unique_ptr<kernels::Workspace>> workspaces_;  ///< one a thread
    std::vector<float> gradients_;                                 ///< of one group after the other
    std::vector<float> logProbabilities_;                          ///< of one image after the other
};

}  // namespace normscope
