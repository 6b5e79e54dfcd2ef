#include <torch/nn/modules/batchnorm.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "core/torch/digit_net.h"
#include "core/torch/room.h"

namespace normscope {
namespace {

torch::Tensor inputOf(std::span<const DigitImage> images) {
    DigitSet set;
    for (const DigitImage& image : images) {
        set.pixels.insert(set.pixels.end(), image.begin(), image.end());
    }
    set.labels.resize(images.size());
    std::vector<int> indices(images.size());
    std::iota(indices.begin(), indices.end(), 0);
    return networkInput(set, indices);
}

Tensor4 valuesOf(const torch::Tensor& tensor) {
    const torch::Tensor dense = tensor.contiguous();
    const float* const values = dense.data_ptr<float>();
    const auto size = [&](int dimension) { return static_cast<int>(tensor.size(dimension)); };
    return {{size(0), size(1), size(2), size(3)}, {values, values + dense.numel()}};
}

/// From scores N x 10 x 1 x 1.
std::vector<DigitProbabilities> probabilitiesOf(const torch::Tensor& scores,
                                                const std::string& name) {
    const torch::Tensor shares =
        torch::softmax(scores.flatten(/*start_dim=*/1).to(torch::kDouble), /*dim=*/1).contiguous();
    std::vector<DigitProbabilities> all(static_cast<std::size_t>(shares.size(0)));
    const double* row = shares.data_ptr<double>();
    for (DigitProbabilities& probabilities : all) {
        std::copy_n(row, kClassCount, probabilities.begin());
        row += kClassCount;
        if (!std::ranges::all_of(probabilities, [](double p) { return std::isfinite(p); })) {
            throw std::runtime_error(name + " has diverged: its probabilities are not numbers.");
        }
    }
    return all;
}

/// With the statistics of `x` itself. A BatchNorm2d in training mode would move its running ones.
torch::Tensor normalizedTogether(const torch::nn::BatchNorm2dImpl& norm, const torch::Tensor& x) {
    return torch::batch_norm(x, norm.weight, norm.bias, /*running_mean=*/{}, /*running_var=*/{},
                             /*training=*/true, /*momentum=*/0.0, norm.options.eps(),
                             /*cudnn_enabled=*/false);
}

class NetworkReader final : public DigitReader {
  public:
    NetworkReader(DigitNet net, std::string name) : net_(std::move(net)), name_(std::move(name)) {}

    Reading read(const DigitImage& image) override {
        Reading reading;
        const torch::Tensor scores = pass(
            {&image, 1},
            [&](torch::nn::AnyModule& module, const LayerPlan& layer, const torch::Tensor& before) {
                torch::Tensor after = module.forward(before);
                if (layer.kind == LayerPlan::Kind::Norm) {
                    reading.layers.at(static_cast<std::size_t>(layer.normLayer)) = {
                        valuesOf(before), valuesOf(after)};
                }
                return after;
            });
        reading.probabilities = probabilitiesOf(scores, name_).front();
        const auto most = std::ranges::max_element(reading.probabilities);
        reading.digit = static_cast<int>(most - reading.probabilities.begin());
        return reading;
    }

    std::vector<DigitProbabilities> readTogether(std::span<const DigitImage> images) override {
        if (images.empty()) {
            return {};
        }
        const torch::Tensor scores = pass(images, [](torch::nn::AnyModule& module, const LayerPlan&,
                                                     const torch::Tensor& before) {
            const auto* batchNorm = module.ptr()->as<torch::nn::BatchNorm2d>();
            return batchNorm != nullptr ? normalizedTogether(*batchNorm, before)
                                        : module.forward(before);
        });
        return probabilitiesOf(scores, name_);
    }

  private:
    /// Calls `each` with every module, its plan and what has come so far, and goes on with what
    /// that gives back.
    template <typename Each>
    torch::Tensor pass(std::span<const DigitImage> images, Each each) {
        setTorchThreads(1);
        const torch::NoGradGuard noGrad;
        net_.train(false);
        torch::Tensor x = inputOf(images);
        auto module = net_.layers()->begin();
        for (const LayerPlan& layer : digitNetPlan()) {
            x = each(*module++, layer, x);
        }
        return x;
    }

    DigitNet net_;
    std::string name_;
};

}  // namespace

std::unique_ptr<DigitReader> LoadedTorchRoom::makeDigitReader(const std::string& model,
                                                              const std::string& name,
                                                              const NetworkSpec& spec) const {
    setTorchThreads(1);
    return std::make_unique<NetworkReader>(unpackNetwork(model, name, spec), name);
}

}  // namespace normscope
