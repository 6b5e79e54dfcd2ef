#include "core/network.h"

#include <numeric>

namespace normscope {
namespace {

/// Grows the plan layer by layer and keeps track of channels and image side.
class PlanBuilder {
  public:
    PlanBuilder& convolution(int outChannels, int kernel, int padding) {
        side_ += 2 * padding - kernel + 1;
        add(LayerPlan::Kind::Convolution, outChannels, kernel, padding);
        return *this;
    }
    PlanBuilder& reluAndNorm() {
        add(LayerPlan::Kind::Relu, channels_, /*kernel=*/0, /*padding=*/0);
        add(LayerPlan::Kind::Norm, channels_, /*kernel=*/0, /*padding=*/0);
        plan_.back().normLayer = nextNormLayer_++;
        return *this;
    }
    PlanBuilder& pool(LayerPlan::Kind kind, int window) {
        side_ /= window;
        add(kind, channels_, window, /*padding=*/0);
        return *this;
    }
    std::vector<LayerPlan> take() { return std::move(plan_); }

  private:
    void add(LayerPlan::Kind kind, int outChannels, int kernel, int padding) {
        plan_.push_back({kind, channels_, outChannels, kernel, padding, side_, /*normLayer=*/-1});
        channels_ = outChannels;
    }

    std::vector<LayerPlan> plan_;
    int channels_ = 1;
    int side_ = kImageSide;
    int nextNormLayer_ = 0;
};

std::vector<LayerPlan> buildPlan() {
    using enum LayerPlan::Kind;
    PlanBuilder plan;
    plan.convolution(8, 3, 0).reluAndNorm();
    plan.convolution(12, 3, 0).reluAndNorm();
    plan.convolution(8, 1, 0).pool(MaxPool, 2);
    plan.convolution(12, 3, 0).reluAndNorm();
    plan.convolution(16, 3, 0).reluAndNorm();
    plan.convolution(12, 1, 0).pool(MaxPool, 2);
    plan.convolution(15, 3, 1).reluAndNorm();
    plan.convolution(15, 3, 1).reluAndNorm();
    plan.pool(AveragePool, 4).convolution(kClassCount, 1, 0);
    return plan.take();
}

/// The class that PyTorch gives the layer.
std::string moduleName(const LayerPlan& layer, const NetworkSpec& spec) {
    switch (layer.kind) {
        case LayerPlan::Kind::Convolution:
            return "Conv2d";
        case LayerPlan::Kind::Relu:
            return "ReLU";
        case LayerPlan::Kind::MaxPool:
            return "MaxPool2d";
        case LayerPlan::Kind::AveragePool:
            return "AvgPool2d";
        case LayerPlan::Kind::Norm:
            break;
    }
    switch (spec.kind) {
        case NormKind::None:
            return "Identity";
        case NormKind::Batch:
            return "BatchNorm2d";
        case NormKind::Layer:
        case NormKind::Group:
            return "GroupNorm";
        case NormKind::Instance:
            return "InstanceNorm2d";
    }
    return {};
}

}  // namespace

NormSpec NetworkSpec::normAt(int normLayer) const {
    NormSpec norm{.kind = kind};
    if (kind == NormKind::Group) {
        norm.groups = groups.at(static_cast<std::size_t>(normLayer));
    }
    return norm;
}

const std::vector<LayerPlan>& digitNetPlan() {
    static const std::vector<LayerPlan> plan = buildPlan();
    return plan;
}

std::int64_t parameterCount(const LayerPlan& layer, const NetworkSpec& spec) {
    if (layer.kind == LayerPlan::Kind::Convolution) {
        return std::int64_t{layer.inChannels} * layer.outChannels * layer.kernel * layer.kernel;
    }
    if (layer.kind == LayerPlan::Kind::Norm && spec.kind != NormKind::None) {
        return 2 * std::int64_t{layer.outChannels};
    }
    return 0;
}

std::int64_t parameterCount(const NetworkSpec& spec) {
    const auto& plan = digitNetPlan();
    return std::accumulate(plan.begin(), plan.end(), std::int64_t{0},
                           [&](std::int64_t sum, const LayerPlan& layer) {
                               return sum + parameterCount(layer, spec);
                           });
}

std::vector<LayerRow> layerTable(const NetworkSpec& spec, int batchSize) {
    const auto& plan = digitNetPlan();
    std::vector<LayerRow> rows;
    rows.reserve(plan.size());
    for (const LayerPlan& layer : plan) {
        const std::string side = std::to_string(layer.side);
        rows.push_back({moduleName(layer, spec) + ": 1-" + std::to_string(rows.size() + 1),
                        "[" + std::to_string(batchSize) + ", " + std::to_string(layer.outChannels) +
                            ", " + side + ", " + side + "]",
                        parameterCount(layer, spec)});
    }
    return rows;
}

}  // namespace normscope
