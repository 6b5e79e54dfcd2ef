#include "core/activations.h"

#include <gtest/gtest.h>

#include "tests/core/trained_net.h"

namespace normscope {
namespace {

/// Places of the six norm layers in model.pt.
constexpr std::array kPlaces{2, 5, 10, 13, 18, 21};
constexpr std::array kImages{7, 3, 3, 19, 0};

using testing::modelOf;
using testing::trainedNet;

/// The images through the modules before place `module`, one by one.
torch::Tensor byHand(DigitNet& net, const DigitSet& set, int module) {
    torch::NoGradGuard noGrad;
    net.train(false);
    torch::Tensor x = networkInput(set, kImages);
    int index = 0;
    for (auto& each : *net.layers()) {
        if (index++ == module) {
            break;
        }
        x = each.forward(x);
    }
    return x;
}

double largestDifference(const std::vector<double>& values, const torch::Tensor& tensor) {
    const torch::Tensor flat = tensor.contiguous().to(torch::kDouble).flatten();
    EXPECT_EQ(static_cast<std::size_t>(flat.numel()), values.size());
    double largest = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        largest = std::max(largest, std::abs(values[i] - flat.data_ptr<double>()[i]));
    }
    return largest;
}

class ActivationsOf : public ::testing::TestWithParam<NormKind> {
  protected:
    NetworkSpec spec_{.kind = GetParam()};
    DigitNet net_ = trainedNet(spec_);
    DigitSet digits_ = testing::makeDigits(/*count=*/20, /*seed=*/1);

    Activations read(int normLayer) const {
        return readActivations(modelOf(net_), "model.pt", spec_, digits_, kImages, normLayer);
    }
};

TEST_P(ActivationsOf, areWhatTheModulesBeforeMakeOfTheImages) {
    for (int layer = 0; layer < kNormLayerCount; ++layer) {
        const torch::Tensor expected =
            byHand(net_, digits_, kPlaces[static_cast<std::size_t>(layer)]);
        const Activations activations = read(layer);
        const Shape4& shape = activations.input.shape;
        EXPECT_EQ(shape.images, static_cast<int>(kImages.size()));
        EXPECT_EQ(shape.channels, kNormLayerChannels[static_cast<std::size_t>(layer)]);
        EXPECT_EQ(expected.sizes(),
                  (torch::IntArrayRef{shape.images, shape.channels, shape.height, shape.width}));
        EXPECT_EQ(largestDifference(activations.input.values, expected), 0.0);
    }
}

TEST_P(ActivationsOf, normalizedBecomeWhatTheLayerMakesOfThem) {
    for (int layer = 0; layer < kNormLayerCount; ++layer) {
        const int place = kPlaces[static_cast<std::size_t>(layer)];
        const torch::Tensor expected = byHand(net_, digits_, place + 1);
        const Activations read = this->read(layer);
        const NormTrace trace =
            GetParam() == NormKind::Batch
                ? normalizeWithRunning(read.input, read.spec, read.affine, read.running)
                : normalize(read.input, read.spec, read.affine);
        EXPECT_LT(largestDifference(trace.output.values, expected), 1e-5) << layer;
    }
}

TEST_P(ActivationsOf, ofSomeChannelsAreThoseChannels) {
    const Activations all = read(3);
    const Activations some = selectChannels(all, /*first=*/5, /*count=*/4);
    const Shape4& shape = some.input.shape;
    EXPECT_EQ(shape.images, all.input.shape.images);
    EXPECT_EQ(shape.channels, 4);
    EXPECT_EQ(some.input.values.size(), static_cast<std::size_t>(shape.count()));
    for (int image = 0; image < shape.images; ++image) {
        for (int channel = 0; channel < 4; ++channel) {
            EXPECT_EQ(some.input.at({image, channel, 2, 6}),
                      all.input.at({image, channel + 5, 2, 6}));
        }
    }
    for (std::size_t channel = 0; channel < 4; ++channel) {
        EXPECT_EQ(some.affine.gamma[channel], all.affine.gamma[channel + 5]);
        EXPECT_EQ(some.affine.beta[channel], all.affine.beta[channel + 5]);
        EXPECT_EQ(some.running.mean[channel], all.running.mean[channel + 5]);
        EXPECT_EQ(some.running.variance[channel], all.running.variance[channel + 5]);
    }
    EXPECT_EQ(some.running.mean.size(), 4U);
}

INSTANTIATE_TEST_SUITE_P(EveryNorm, ActivationsOf, ::testing::ValuesIn(kNormKinds),
                         [](const auto& norm) { return std::string(nameOf(norm.param)); });

TEST(Activations, inTrainingModeBatchNormalizesWithItsOwnStatistics) {
    DigitNet net = trainedNet({.kind = NormKind::Batch});
    const DigitSet digits = testing::makeDigits(20, 1);
    const Activations read =
        readActivations(modelOf(net), "model.pt", {.kind = NormKind::Batch}, digits, kImages, 2);
    EXPECT_EQ(read.running.batches, testing::kBatchesSeen);
    torch::NoGradGuard noGrad;
    const torch::Tensor input = byHand(net, digits, kPlaces[2]);
    net.train(true);
    const torch::Tensor expected =
        (net.layers()->begin() + kPlaces[2])->forward<torch::Tensor>(input);
    const NormTrace trace = normalize(read.input, read.spec, read.affine);
    EXPECT_LT(largestDifference(trace.output.values, expected), 1e-5);
}

TEST(Activations, ofWholeGroupsKeepTheirSize) {
    const NetworkSpec spec{.kind = NormKind::Group};
    const Activations all = readActivations(modelOf(trainedNet(spec)), "model.pt", spec,
                                            testing::makeDigits(20, 1), kImages, 4);
    ASSERT_EQ(all.input.shape.channels, 15);
    ASSERT_EQ(all.spec.groups, 3);
    EXPECT_EQ(selectChannels(all, 0, 10).spec.groups, 2);
    EXPECT_EQ(selectChannels(all, 10, 5).spec.groups, 1);
    EXPECT_EQ(selectChannels(all, 0, 4).spec.groups, 1);
    EXPECT_EQ(selectChannels(all, 3, 10).spec.groups, 1);
    EXPECT_FALSE(selectChannels(all, 10, 5).hasCutSets);
    EXPECT_TRUE(selectChannels(all, 0, 4).hasCutSets);
    EXPECT_TRUE(selectChannels(all, 3, 10).hasCutSets);
}

TEST(Activations, ofAPartCutTheSetsOfLayerNormAlone) {
    const DigitSet digits = testing::makeDigits(20, 1);
    for (const NormKind kind : kNormKinds) {
        const DigitNet net = trainedNet({.kind = kind});
        const Activations all =
            readActivations(modelOf(net), "model.pt", {.kind = kind}, digits, kImages, 0);
        EXPECT_FALSE(all.hasCutSets);
        EXPECT_FALSE(selectChannels(all, 0, 8).hasCutSets) << nameOf(kind);
        EXPECT_EQ(selectChannels(all, 0, 4).hasCutSets, kind == NormKind::Layer) << nameOf(kind);
    }
}

TEST(Activations, withoutNormalizationHaveNothingLearned) {
    const DigitNet net = trainedNet({.kind = NormKind::None});
    const Activations read = readActivations(modelOf(net), "model.pt", {.kind = NormKind::None},
                                             testing::makeDigits(20, 1), kImages, 0);
    EXPECT_EQ(read.spec.kind, NormKind::None);
    EXPECT_EQ(read.affine, Affine::identity(8));
    EXPECT_EQ(read.running, RunningStatistics::initial(8));
}

TEST(Activations, ofAnotherNetworkAreRefused) {
    const DigitNet net = trainedNet({.kind = NormKind::Group});
    const DigitSet digits = testing::makeDigits(20, 1);
    const auto refusal = [&](const std::string& model, NormKind kind, int layer) {
        return testing::thrownBy(
            [&] { readActivations(model, "a/model.pt", {.kind = kind}, digits, kImages, layer); });
    };
    EXPECT_TRUE(refusal(modelOf(net), NormKind::Batch, 0)
                    .starts_with("a/model.pt does not fit the network with batch normalization: "));
    EXPECT_TRUE(refusal("no model", NormKind::Group, 0).starts_with("a/model.pt is damaged"));
    EXPECT_EQ(refusal(modelOf(net), NormKind::Group, 6), "There is no norm layer 6.");
    EXPECT_EQ(refusal(modelOf(net), NormKind::Group, -1), "There is no norm layer -1.");
}

TEST(Activations, ofADivergedNetworkAreRefused) {
    DigitNet net = trainedNet({.kind = NormKind::Layer});
    torch::NoGradGuard noGrad;
    net.parameters().fill_(std::numeric_limits<float>::quiet_NaN());
    EXPECT_EQ(testing::thrownBy([&] {
                  readActivations(modelOf(net), "a/model.pt", {.kind = NormKind::Layer},
                                  testing::makeDigits(20, 1), kImages, 1);
              }),
              "a/model.pt has diverged: what reaches norm layer 2 is not all numbers.");
}

}  // namespace
}  // namespace normscope
