#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/torch/digit_net.h"
#include "core/torch/room.h"

namespace normscope {
namespace {

/// Place of a norm layer among the modules of the network.
std::size_t moduleOf(int normLayer) {
    const auto& plan = digitNetPlan();
    const auto found = std::ranges::find(plan, normLayer, &LayerPlan::normLayer);
    if (normLayer < 0 || found == plan.end()) {
        throw std::invalid_argument("There is no norm layer " + std::to_string(normLayer) + ".");
    }
    return static_cast<std::size_t>(found - plan.begin());
}

std::vector<double> valuesOf(const torch::Tensor& tensor) {
    const torch::Tensor dense = tensor.contiguous();
    const float* const values = dense.data_ptr<float>();
    return {values, values + dense.numel()};
}

/// What the modules before this one make of the images.
Tensor4 inputOf(DigitNet& net, std::size_t module, const DigitSet& set,
                std::span<const int> images) {
    const torch::NoGradGuard noGrad;
    net.train(false);
    torch::Tensor reached = networkInput(set, images);
    for (std::size_t i = 0; i < module; ++i) {
        reached = (net.layers()->begin() + static_cast<std::ptrdiff_t>(i))->forward(reached);
    }
    const auto size = [&](int dimension) { return static_cast<int>(reached.size(dimension)); };
    return {{size(0), size(1), size(2), size(3)}, valuesOf(reached)};
}

torch::Tensor entryOf(const TensorDict& state, std::size_t module, const std::string& name) {
    const std::string wanted = std::to_string(module) + "." + name;
    const auto found =
        std::ranges::find(state, wanted, [](const auto& entry) { return entry.first; });
    return found->second;
}

}  // namespace

Activations LoadedTorchRoom::readActivations(const std::string& model, const std::string& name,
                                             const NetworkSpec& spec, const DigitSet& set,
                                             std::span<const int> images, int normLayer) const {
    setTorchThreads(1);
    const std::size_t module = moduleOf(normLayer);
    DigitNet net = unpackNetwork(model, name, spec);
    Activations read{.input = inputOf(net, module, set, images),
                     .spec = spec.normAt(normLayer),
                     .affine = {},
                     .running = {}};
    if (!std::ranges::all_of(read.input.values,
                             [](double value) { return std::isfinite(value); })) {
        throw std::runtime_error(name + " has diverged: what reaches norm layer " +
                                 std::to_string(normLayer + 1) + " is not all numbers.");
    }
    const int channels = read.input.shape.channels;
    read.affine = Affine::identity(channels);
    read.running = RunningStatistics::initial(channels);
    const TensorDict state = net.state();
    if (read.spec.kind != NormKind::None) {
        read.affine.gamma = valuesOf(entryOf(state, module, "weight"));
        read.affine.beta = valuesOf(entryOf(state, module, "bias"));
    }
    if (read.spec.kind == NormKind::Batch) {
        read.running = {valuesOf(entryOf(state, module, "running_mean")),
                        valuesOf(entryOf(state, module, "running_var")),
                        entryOf(state, module, "num_batches_tracked").item<std::int64_t>()};
    }
    return read;
}

}  // namespace normscope
