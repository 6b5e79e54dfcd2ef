#pragma once

#include <torch/nn/functional/instancenorm.h>
#include <torch/nn/modules/container/sequential.h>

#include <cstdint>
#include <functional>

#include "core/dataset.h"
#include "core/network.h"
#include "core/running_buffers.h"
#include "core/torch/tensor_file.h"

namespace normscope {

/// The digit net as a torch module, built from digitNetPlan(). Its parameters are views into one
/// flat tensor, and so are their gradients: the optimizer, the L1 penalty and a checkpoint each
/// handle one tensor instead of twenty.
class DigitNet {
  public:
    /// Weights as PyTorch draws them: uniform within 1 / sqrt(inputs of a cell). The convolutions
    /// of two networks with the same seed are equal whatever their normalization.
    DigitNet(const NetworkSpec& spec, std::uint64_t seed);

    /// Log-probabilities N x 10 of images N x 1 x 28 x 28.
    torch::Tensor forward(const torch::Tensor& images);

    /// The same, bit for bit, and on the way `watch` sees what enters and what leaves each norm
    /// layer 0..5.
    using NormWatcher =
        std::function<void(int normLayer, const torch::Tensor& input, const torch::Tensor& output)>;
    torch::Tensor forward(const torch::Tensor& images, const NormWatcher& watch);

    void train(bool on) { layers_->train(on); }

    /// All parameters in the order of the modules, as one vector; grad() holds the gradients.
    torch::Tensor& parameters() { return parameters_; }
    const torch::Tensor& parameters() const { return parameters_; }

    /// Parameters and buffers under their names in model.pt, each a copy of its own.
    TensorDict state() const;

    /// The other way round. Throws std::runtime_error naming the first entry that is missing, of
    /// another shape, or too many; then nothing is changed.
    void load(const TensorDict& state);

    torch::nn::Sequential& layers() { return layers_; }

    /// Those of batch norm, in the buffers of its modules: valid as long as the network.
    RunningBuffers runningBuffers();

    /// What the forward of batch norm does by itself in training: one mini-batch more was seen.
    void countMiniBatch();

  private:
    void flattenParameters();

    torch::nn::Sequential layers_;
    torch::Tensor parameters_;
};

/// The network whose model.pt has this content; `name` is what errors call it. Throws
/// std::runtime_error with one sentence when it does not fit `spec`.
DigitNet unpackNetwork(const std::string& content, const std::string& name,
                       const NetworkSpec& spec);

/// N x 1 x 28 x 28 as the network sees them, from grey values 0..255.
torch::Tensor networkInput(std::span<const std::uint8_t* const> images);
torch::Tensor networkInput(const DigitSet& set, std::span<const int> indices);

/// Makes torch compute with so many threads from here on, on the calling thread; before its first
/// torch operation, or torch starts a pool of its own for it.
void setTorchThreads(int threads);

}  // namespace normscope
