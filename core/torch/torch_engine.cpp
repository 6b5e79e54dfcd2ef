#include "core/torch/engine.h"

namespace normscope {
namespace {

std::span<const float> valuesOf(const torch::Tensor& dense) {
    return {dense.data_ptr<float>(), static_cast<std::size_t>(dense.numel())};
}

torch::Tensor labelsOf(const MiniBatch& batch) {
    torch::Tensor labels = torch::empty({batch.size()}, torch::kLong);
    std::ranges::copy(batch.labels, labels.data_ptr<std::int64_t>());
    return labels;
}

class TorchEngine final : public Engine {
  public:
    explicit TorchEngine(DigitNet& net) : net_(net) {}

    Outcome learn(const MiniBatch& batch, LayerSampler* sampler) override {
        const torch::Tensor images = networkInput(batch.images);
        const torch::Tensor labels = labelsOf(batch);
        net_.train(true);
        net_.parameters().mutable_grad().zero_();
        const torch::Tensor scores =
            sampler == nullptr ? net_.forward(images) : watchedForward(images, *sampler);
        const torch::Tensor loss = torch::nll_loss(scores, labels);
        loss.backward();
        return {.loss = loss.item<double>(),
                .correct = scores.argmax(/*dim=*/1).eq(labels).sum().item<int>()};
    }

    void read(const MiniBatch& batch, std::span<float> logProbabilities) override {
        const torch::NoGradGuard noGrad;
        net_.train(false);
        const torch::Tensor scores = net_.forward(networkInput(batch.images)).contiguous();
        std::ranges::copy(valuesOf(scores), logProbabilities.begin());
    }

  private:
    torch::Tensor watchedForward(const torch::Tensor& images, LayerSampler& sampler) {
        return net_.forward(
            images, [&](int normLayer, const torch::Tensor& input, const torch::Tensor& output) {
                const torch::Tensor in = input.contiguous();
                const torch::Tensor out = output.contiguous();
                sampler.take(normLayer, valuesOf(in), valuesOf(out),
                             static_cast<int>(in.size(2) * in.size(3)));
            });
    }

    DigitNet& net_;
};

}  // namespace

std::unique_ptr<Engine> makeTorchEngine(DigitNet& net) {
    return std::make_unique<TorchEngine>(net);
}

}  // namespace normscope
