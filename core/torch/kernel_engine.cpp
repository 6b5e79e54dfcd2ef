#include "core/kernels/digit_kernel.h"
#include "core/torch/engine.h"

namespace normscope {
namespace {

/// The sampled values of every channel, gathered from one group of images after the other.
class ChannelSamples {
  public:
    explicit ChannelSamples(int images) {
        for (int layer = 0; layer < kNormLayerCount; ++layer) {
            const int side = kernels::kNormSides[layer];
            const std::vector<SampledCell> cells = sampledCells(images, side * side);
            cells_[at(layer)] = cells;
            for (auto& values : values_[at(layer)]) {
                values.resize(cells.size() * at(kNormLayerChannels[at(layer)]));
            }
        }
    }

    /// From any thread: each group writes into places of its own.
    void take(int first, int count, const kernels::ImageGroup& group) {
        for (int layer = 0; layer < kNormLayerCount; ++layer) {
            const std::vector<SampledCell>& all = cells_[at(layer)];
            const auto begin = std::ranges::lower_bound(all, first, {}, &SampledCell::image);
            const auto end = std::ranges::lower_bound(all, first + count, {}, &SampledCell::image);
            std::vector<kernels::ImageGroup::Cell> cells;
            for (auto cell = begin; cell != end; ++cell) {
                cells.push_back({.image = cell->image - first, .place = cell->place});
            }
            for (const Side side : {Side::Input, Side::Output}) {
                for (int channel = 0; channel < kNormLayerChannels[at(layer)]; ++channel) {
                    group.read(
                        layer, side, channel, cells.data(), static_cast<int>(cells.size()),
                        &of(layer, side, channel)[at(static_cast<int>(begin - all.begin()))]);
                }
            }
        }
    }

    void handTo(LayerSampler& sampler) {
        for (int layer = 0; layer < kNormLayerCount; ++layer) {
            for (int channel = 0; channel < kNormLayerChannels[at(layer)]; ++channel) {
                sampler.takeValues(layer, channel, of(layer, Side::Input, channel),
                                   of(layer, Side::Output, channel));
            }
        }
    }

  private:
    using Side = kernels::ImageGroup::Side;

    static std::size_t at(int index) { return static_cast<std::size_t>(index); }

    std::span<float> of(int layer, Side side, int channel) {
        const std::size_t count = cells_[at(layer)].size();
        return std::span(values_[at(layer)][side == Side::Input ? 0 : 1])
            .subspan(at(channel) * count, count);
    }

    std::array<std::vector<SampledCell>, kNormLayerCount> cells_;
    std::array<std::array<std::vector<float>, 2>, kNormLayerCount> values_;
};

class KernelEngine final : public Engine {
  public:
    KernelEngine(DigitNet& net, const NetworkSpec& spec, int batchSize, ThreadTeam& team)
        : net_(net),
          kernel_(spec, team, kernels::instructionSetFor(batchSize)),
          running_(net.runningBuffers()) {}

    Outcome learn(const MiniBatch& batch, LayerSampler* sampler) override {
        std::optional<ChannelSamples> samples;
        DigitKernel::Watcher watcher;
        if (sampler != nullptr) {
            samples.emplace(batch.size());
            watcher = [&](int first, int count, const kernels::ImageGroup& group) {
                samples->take(first, count, group);
            };
        }
        const auto [loss, correct] =
            kernel_.train(batch, valuesOf(net_.parameters()),
                          valuesOf(net_.parameters().mutable_grad()), running_, watcher);
        net_.countMiniBatch();
        if (samples) {
            samples->handTo(*sampler);
        }
        return {loss, correct};
    }

    void read(const MiniBatch& batch, std::span<float> logProbabilities) override {
        kernel_.evaluate(batch, valuesOf(net_.parameters()), running_, logProbabilities);
    }

  private:
    static std::span<float> valuesOf(torch::Tensor& flat) {
        return {flat.data_ptr<float>(), static_cast<std::size_t>(flat.numel())};
    }

    DigitNet& net_;
    DigitKernel kernel_;
    RunningBuffers running_;
};

}  // namespace

std::unique_ptr<Engine> makeKernelEngine(DigitNet& net, const NetworkSpec& spec, int batchSize,
                                         ThreadTeam& team) {
    return std::make_unique<KernelEngine>(net, spec, batchSize, team);
}

}  // namespace normscope
