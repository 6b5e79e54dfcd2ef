#include "core/layer_percentiles.h"

#include <gmock/gmock.h>
#include <torch/nn/modules/container/sequential.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <set>

#include "core/torch/digit_net.h"
#include "core/training_config.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

std::vector<std::int64_t> sampledSteps(const std::vector<int>& cycles, std::int64_t stepsPerEpoch) {
    std::vector<std::int64_t> sampled;
    const std::int64_t steps =
        stepsPerEpoch * std::accumulate(cycles.begin(), cycles.end(), std::int64_t{0});
    for (std::int64_t step = 1; step <= steps; ++step) {
        if (isSampled(cycles, stepsPerEpoch, step)) {
            sampled.push_back(step);
        }
    }
    return sampled;
}

TEST(SamplingPlan, IsDenseAtFirstAndThenEven) {
    EXPECT_EQ(sampledSteps({1}, 90), (std::vector<std::int64_t>{1, 2, 4, 8, 16, 32, 64, 90}));
    EXPECT_EQ(sampledSteps({1}, 1), std::vector<std::int64_t>{1});
    // 20 epochs of MNIST in mini-batches of 64: one in 125.
    const auto sampled = sampledSteps({20}, 938);
    EXPECT_THAT(std::vector(sampled.begin(), sampled.begin() + 9),
                ::testing::ElementsAre(1, 2, 4, 8, 16, 32, 64, 125, 250));
    EXPECT_EQ(sampled.back(), 18'760);
    EXPECT_LT(sampled.size(), 160U);
}

TEST(SamplingPlan, DoesNotChangeWhenACycleIsAppended) {
    const auto before = sampledSteps({3}, 938);
    const auto after = sampledSteps({3, 1}, 938);
    ASSERT_GT(after.size(), before.size());
    EXPECT_EQ(
        std::vector(after.begin(), after.begin() + static_cast<std::ptrdiff_t>(before.size())),
        before);
    EXPECT_EQ(after[before.size()], before.back() + 1);
}

/// N x C x H x W in which every value names its place.
std::vector<float> numbered(int images, int channels, int plane) {
    std::vector<float> values(static_cast<std::size_t>(images * channels * plane));
    std::iota(values.begin(), values.end(), 0.0F);
    return values;
}

TEST(SampledValues, AreOfTheChannelAndOfEveryColumnAndImage) {
    constexpr int kImages = 64;
    for (const LayerPlan& layer : digitNetPlan()) {
        if (layer.normLayer < 0) {
            continue;
        }
        const int side = layer.side;
        const int plane = side * side;
        const auto activation = numbered(kImages, layer.outChannels, plane);
        const auto values = sampledValues(activation, layer.outChannels, plane, /*channel=*/3);
        EXPECT_LE(values.size(), 512U);
        EXPECT_GT(values.size(), 256U);
        std::set<int> columns;
        std::set<int> images;
        for (const float value : values) {
            const int place = static_cast<int>(value);
            EXPECT_EQ(place / plane % layer.outChannels, 3);
            columns.insert(place % side);
            images.insert(place / plane / layer.outChannels);
        }
        EXPECT_EQ(static_cast<int>(columns.size()), side) << layer.normLayer;
        EXPECT_EQ(static_cast<int>(images.size()), kImages) << layer.normLayer;
    }
}

TEST(SampledValues, AreAllWhereThereAreFew) {
    const auto values = sampledValues(numbered(2, 3, 4), 3, 4, 1);
    EXPECT_THAT(values, ::testing::ElementsAre(4, 5, 6, 7, 16, 17, 18, 19));
}

std::array<double, 3> quantilesByTorch(const torch::Tensor& values) {
    const torch::Tensor shares = torch::tensor({0.15, 0.50, 0.85}, torch::kDouble);
    const torch::Tensor found = torch::quantile(values.flatten().to(torch::kDouble), shares);
    return {found[0].item<double>(), found[1].item<double>(), found[2].item<double>()};
}

void expectNear(const Percentiles& ours, const std::array<double, 3>& theirs, double tolerance) {
    const std::array<float, 3> each{ours.p15, ours.p50, ours.p85};
    for (std::size_t i = 0; i < each.size(); ++i) {
        EXPECT_NEAR(each[i], theirs[i], tolerance * std::max(1.0, std::abs(theirs[i]))) << i;
    }
}

TEST(PercentilesOf, EqualTorchQuantile) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal(-3.0F, 20.0F);
    for (const int count : {1, 2, 3, 7, 20, 101, 512}) {
        for (const bool relu : {false, true}) {  // with many equal values, too
            std::vector<float> values(static_cast<std::size_t>(count));
            for (float& value : values) {
                value = relu ? std::max(0.0F, normal(random)) : normal(random);
            }
            const auto theirs = quantilesByTorch(torch::tensor(values));
            expectNear(percentilesOf(values), theirs, 1e-6);
        }
    }
}

TEST(RoundedToFiveDigits, IsTheNearest) {
    EXPECT_EQ(roundedToFiveDigits(0.0F), 0.0F);
    EXPECT_EQ(roundedToFiveDigits(1.0F), 1.0F);
    EXPECT_EQ(roundedToFiveDigits(-0.123456789F), -0.12346F);
    EXPECT_EQ(roundedToFiveDigits(123456.7F), 123460.0F);
    EXPECT_EQ(roundedToFiveDigits(std::numeric_limits<float>::max()), 3.4028e38F);
}

/// A network's own activations, the modules called one by one.
class RealActivations : public ::testing::TestWithParam<NormKind> {};

TEST_P(RealActivations, GiveThePercentilesThatTorchFinds) {
    const std::vector<int> images = [] {
        std::vector<int> all(32);
        std::iota(all.begin(), all.end(), 0);
        return all;
    }();
    DigitNet net({.kind = GetParam()}, /*seed=*/5);
    net.train(true);
    const torch::NoGradGuard noGrad;
    const torch::Tensor input = networkInput(testing::makeDigits(32, 1), images);
    LayerSampler sampler;
    const auto span = [](const torch::Tensor& tensor) {
        return std::span<const float>(tensor.data_ptr<float>(),
                                      static_cast<std::size_t>(tensor.numel()));
    };
    const torch::Tensor scores =
        net.forward(input, [&](int layer, const torch::Tensor& before, const torch::Tensor& after) {
            sampler.take(layer, span(before), span(after),
                         static_cast<int>(before.size(2) * before.size(3)));
        });
    EXPECT_TRUE(scores.equal(net.forward(input)));
    const auto sample = sampler.finish(/*step=*/7, /*epoch=*/2);
    ASSERT_TRUE(sample.has_value());
    EXPECT_EQ(sample->record.step, 7);
    EXPECT_EQ(sample->record.epoch, 2);

    torch::Tensor reached = input;
    auto module = net.layers()->begin();
    for (const LayerPlan& layer : digitNetPlan()) {
        const torch::Tensor output = (module++)->forward(reached);
        for (int channel = 0; layer.normLayer >= 0 && channel < layer.outChannels; ++channel) {
            // The last two layers have 16 cells an image: of 32 images all are sampled.
            const bool all = layer.normLayer >= 4;
            const auto place = normChannel(layer.normLayer, channel);
            const ChannelPercentiles& ours = sample->record.channels[place];
            const ChannelHistograms& histograms = sample->histograms[place];
            const auto check = [&](const Percentiles& percentiles,
                                   const ActivationHistogram& histogram,
                                   const torch::Tensor& activation) {
                const torch::Tensor cells = activation.select(/*dim=*/1, channel).contiguous();
                const double spread = cells.max().item<double>() - cells.min().item<double>();
                expectNear(percentiles, quantilesByTorch(cells), all ? 1e-4 : 0.2 * spread + 0.01);
                const int counted =
                    std::accumulate(histogram.counts.begin(), histogram.counts.end(), 0);
                EXPECT_LE(counted, 512);
                EXPECT_GT(counted, 256);
                if (all) {
                    EXPECT_EQ(counted, 512);
                    EXPECT_EQ(histogram.low, cells.min().item<float>());
                    EXPECT_EQ(histogram.high, cells.max().item<float>());
                }
            };
            check(ours.input, histograms.input, reached);
            check(ours.output, histograms.output, output);
            if (GetParam() == NormKind::None) {
                EXPECT_EQ(ours.input, ours.output);
            }
        }
        reached = output;
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds, RealActivations,
                         ::testing::Values(NormKind::None, NormKind::Batch, NormKind::Layer,
                                           NormKind::Group, NormKind::Instance));

TEST(LayerSampler, DropsAMiniBatchThatIsNotAllNumbers) {
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        auto activation = numbered(2, kNormLayerChannels[0], 4);
        LayerSampler sampler;
        const auto fine = activation;
        activation[5] = bad;
        sampler.take(0, fine, activation, 4);
        EXPECT_EQ(sampler.finish(1, 1), std::nullopt);
    }
}

TEST(LayerSampler, CountsEveryValueInItsBin) {
    const auto activation = numbered(10, kNormLayerChannels[0], 4);  // channel 0: 0..3, 32..35, ...
    LayerSampler sampler;
    sampler.take(0, activation, activation, 4);
    const auto sample = sampler.finish(1, 1);
    ASSERT_TRUE(sample.has_value());
    const ActivationHistogram& histogram = sample->histograms[0].input;
    EXPECT_EQ(histogram.low, 0.0F);
    EXPECT_EQ(histogram.high, 291.0F);
    EXPECT_EQ(histogram.counts.front(), 4);  // 0 to 3, below 7.275
    EXPECT_EQ(histogram.counts[1], 0);
    EXPECT_EQ(histogram.counts.back(), 4);
    EXPECT_EQ(std::accumulate(histogram.counts.begin(), histogram.counts.end(), 0), 40);
}

}  // namespace
}  // namespace normscope
