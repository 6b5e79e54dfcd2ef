#include "core/torch/digit_net.h"

#include <gmock/gmock.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/instancenorm.h>
#include <torch/nn/modules/normalization.h>

#include <cmath>

#include "core/evaluation.h"
#include "core/files.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

constexpr int kFirstNormPlace = 2;

torch::Tensor randomTensor(std::vector<std::int64_t> sizes, std::uint64_t seed) {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    return torch::randn(sizes, generator) * 2.0 + 0.5;
}

/// The first norm layer of a network, with gamma and beta that are not ones and zeros.
torch::nn::AnyModule norm(DigitNet& net) {
    torch::NoGradGuard noGrad;
    for (const auto& parameter : net.layers()->children()[kFirstNormPlace]->named_parameters()) {
        torch::Tensor values = parameter.value();
        values.copy_(randomTensor({values.numel()}, parameter.key() == "weight" ? 11 : 12));
    }
    return *(net.layers()->begin() + kFirstNormPlace);
}

/// y = gamma * (x - mean) / sqrt(variance + eps) + beta over the sets of cells that `kind` shares
/// statistics in, in double precision, cell by cell.
torch::Tensor byTheFormula(const torch::Tensor& input, NormKind kind, int groups,
                           const torch::Tensor& gamma, const torch::Tensor& beta) {
    const auto x = input.to(torch::kDouble);
    const auto n = x.size(0);
    const auto c = x.size(1);
    const auto perGroup = c / groups;
    const auto setOf = [&](std::int64_t image, std::int64_t channel) -> std::int64_t {
        switch (kind) {
            case NormKind::Batch:
                return channel;
            case NormKind::Layer:
                return image;
            case NormKind::Group:
                return image * groups + channel / perGroup;
            default:
                return image * c + channel;
        }
    };
    std::map<std::int64_t, std::vector<double>> cells;
    const auto in = x.accessor<double, 4>();
    const auto forEach = [&](const auto& visit) {
        for (std::int64_t i = 0; i < n; ++i) {
            for (std::int64_t j = 0; j < c; ++j) {
                for (std::int64_t k = 0; k < x.size(2); ++k) {
                    for (std::int64_t l = 0; l < x.size(3); ++l) {
                        visit(i, j, k, l);
                    }
                }
            }
        }
    };
    using Index = std::int64_t;
    forEach(
        [&](Index i, Index j, Index k, Index l) { cells[setOf(i, j)].push_back(in[i][j][k][l]); });
    std::map<std::int64_t, std::pair<double, double>> statistics;
    for (const auto& [set, values] : cells) {
        const double count = static_cast<double>(values.size());
        double mean = 0.0;
        for (const double value : values) {
            mean += value / count;
        }
        double variance = 0.0;
        for (const double value : values) {
            variance += (value - mean) * (value - mean) / count;
        }
        statistics[set] = {mean, variance};
    }
    torch::Tensor output = torch::empty_like(x);
    auto out = output.accessor<double, 4>();
    forEach([&](Index i, Index j, Index k, Index l) {
        const auto [mean, variance] = statistics[setOf(i, j)];
        out[i][j][k][l] =
            gamma[j].item<double>() * (in[i][j][k][l] - mean) / std::sqrt(variance + 1e-5) +
            beta[j].item<double>();
    });
    return output;
}

void expectClose(const torch::Tensor& a, const torch::Tensor& b, double tolerance) {
    ASSERT_EQ(a.sizes(), b.sizes());
    EXPECT_LT((a.to(torch::kDouble) - b.to(torch::kDouble)).abs().max().item<double>(), tolerance);
}

class NormLayer : public ::testing::TestWithParam<NormKind> {};

TEST_P(NormLayer, FollowsTheFormulaInTrainMode) {
    const torch::NoGradGuard noGrad;
    DigitNet net({.kind = GetParam()}, 1);
    auto layer = norm(net);
    const auto state = layer.ptr()->named_parameters();
    const torch::Tensor x = randomTensor({3, 8, 5, 4}, 3);
    net.train(true);
    expectClose(layer.forward(x),
                byTheFormula(x, GetParam(), /*groups=*/2, state["weight"], state["bias"]), 1e-5);
}

TEST_P(NormLayer, AgreesWithTheModuleOfTorchThatDefinesIt) {
    const torch::NoGradGuard noGrad;
    DigitNet net({.kind = GetParam()}, 1);
    auto layer = norm(net);
    const auto state = layer.ptr()->named_parameters();
    const torch::Tensor x = randomTensor({4, 8, 6, 6}, 4);
    const torch::Tensor scale = state["weight"].view({1, 8, 1, 1});
    const torch::Tensor shift = state["bias"].view({1, 8, 1, 1});
    for (const bool training : {true, false}) {
        net.train(training);
        const torch::Tensor y = layer.forward(x);
        torch::Tensor expected;
        switch (GetParam()) {
            case NormKind::Batch: {
                torch::nn::BatchNorm2d module(torch::nn::BatchNorm2dOptions(8).affine(false));
                if (!training) {  // the statistics that one batch in train mode leaves behind
                    module->forward(x);
                    module->eval();
                }
                expected = module->forward(x) * scale + shift;
                break;
            }
            case NormKind::Layer: {
                torch::nn::LayerNorm module(
                    torch::nn::LayerNormOptions({8, 6, 6}).elementwise_affine(false));
                expected = module->forward(x) * scale + shift;
                break;
            }
            case NormKind::Group: {
                torch::nn::GroupNorm module(torch::nn::GroupNormOptions(2, 8).affine(false));
                expected = module->forward(x) * scale + shift;
                break;
            }
            default: {
                torch::nn::GroupNorm module(torch::nn::GroupNormOptions(8, 8).affine(false));
                expected = module->forward(x) * scale + shift;
                break;
            }
        }
        expectClose(y, expected, 1e-5);
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds, NormLayer,
                         ::testing::Values(NormKind::Batch, NormKind::Layer, NormKind::Group,
                                           NormKind::Instance),
                         [](const auto& test) { return std::string(nameOf(test.param)); });

TEST(BatchNorm, RunningStatisticsTakeTheUnbiasedVariance) {
    const torch::NoGradGuard noGrad;
    DigitNet net({.kind = NormKind::Batch}, 1);
    auto layer = norm(net);
    net.train(true);
    torch::Tensor mean = torch::zeros({8}, torch::kDouble);
    torch::Tensor variance = torch::ones({8}, torch::kDouble);
    for (std::uint64_t batch = 0; batch < 3; ++batch) {
        const torch::Tensor x = randomTensor({3, 8, 4, 4}, batch);
        layer.forward(x);
        const torch::Tensor cells = x.to(torch::kDouble).transpose(0, 1).flatten(1);
        mean = 0.9 * mean + 0.1 * cells.mean(1);
        variance = 0.9 * variance + 0.1 * cells.var(1, /*unbiased=*/true);
    }
    const auto buffers = layer.ptr()->named_buffers();
    expectClose(buffers["running_mean"], mean, 1e-6);
    expectClose(buffers["running_var"], variance, 1e-5);
    EXPECT_EQ(buffers["num_batches_tracked"].item<std::int64_t>(), 3);

    net.train(false);
    const torch::Tensor x = randomTensor({2, 8, 4, 4}, 9);
    const auto state = layer.ptr()->named_parameters();
    const auto column = [](const torch::Tensor& values) { return values.view({1, -1, 1, 1}); };
    expectClose(layer.forward(x),
                column(state["weight"]) * (x - column(mean)) / column(variance + 1e-5).sqrt() +
                    column(state["bias"]),
                1e-5);
    EXPECT_EQ(layer.ptr()->named_buffers()["num_batches_tracked"].item<std::int64_t>(), 3);
}

TEST(DigitNet, HasTheParametersOfThePlan) {
    for (const NormKind kind : kNormKinds) {
        DigitNet net({.kind = kind}, 1);
        EXPECT_EQ(net.parameters().numel(), parameterCount({.kind = kind}));
        const torch::Tensor scores = net.forward(torch::zeros({3, 1, 28, 28}));
        EXPECT_EQ(scores.sizes(), (std::vector<std::int64_t>{3, 10}));
        expectClose(scores.exp().sum(1), torch::ones({3}), 1e-5);
    }
}

TEST(DigitNet, ConvolutionsStartEqualWhateverTheNormalization) {
    const DigitNet batch({.kind = NormKind::Batch}, 5);
    const DigitNet none({.kind = NormKind::None}, 5);
    const DigitNet other({.kind = NormKind::None}, 6);
    const auto firstOf = [](const DigitNet& net) { return net.state().front(); };
    EXPECT_EQ(firstOf(batch).first, "0.weight");
    EXPECT_TRUE(torch::equal(firstOf(batch).second, firstOf(none).second));
    EXPECT_FALSE(torch::equal(firstOf(none).second, firstOf(other).second));
}

TEST(DigitNet, WeightsAreUniformWithinTheBoundOfPyTorch) {
    const DigitNet net({.kind = NormKind::None}, 5);
    for (const auto& [name, weight] : net.state()) {
        const double bound = 1.0 / std::sqrt(static_cast<double>(weight[0].numel()));
        EXPECT_LE(weight.abs().max().item<double>(), bound) << name;
        EXPECT_NEAR(weight.std().item<double>(), bound / std::sqrt(3.0), 0.2 * bound) << name;
    }
}

TEST(DigitNet, GradientsLieInOneFlatTensor) {
    DigitNet net({.kind = NormKind::Group}, 5);
    net.parameters().mutable_grad().zero_();
    net.forward(randomTensor({4, 1, 28, 28}, 1)).select(1, 3).sum().backward();
    std::vector<torch::Tensor> gradients;
    for (const torch::Tensor& parameter : net.layers()->parameters()) {
        gradients.push_back(parameter.grad().flatten());
    }
    EXPECT_TRUE(torch::equal(torch::cat(gradients), net.parameters().grad()));
    EXPECT_GT(net.parameters().grad().abs().sum().item<double>(), 0.0);
}

TEST(DigitNet, StateRoundTripsThroughAFile) {
    for (const NormKind kind : kNormKinds) {
        DigitNet net({.kind = kind}, 5);
        net.train(true);
        net.forward(randomTensor({4, 1, 28, 28}, 1));  // moves running statistics
        net.train(false);
        DigitNet copy({.kind = kind}, 6);
        copy.load(unpackTensors(packTensors(net.state()), "model.pt"));
        copy.train(false);
        const torch::Tensor x = randomTensor({4, 1, 28, 28}, 2);
        EXPECT_TRUE(torch::equal(net.forward(x), copy.forward(x))) << nameOf(kind);
    }
}

TEST(DigitNet, RefusesWhatDoesNotFitAndStaysAsItIs) {
    DigitNet net({.kind = NormKind::Batch}, 5);
    const TensorDict before = net.state();
    const auto problem = [&](auto change) {
        TensorDict state = DigitNet({.kind = NormKind::Batch}, 6).state();
        change(state);
        return testing::thrownBy([&] { net.load(state); });
    };
    EXPECT_THAT(problem([](TensorDict& state) { state.erase(state.begin() + 3); }),
                ::testing::HasSubstr("is missing"));
    EXPECT_THAT(problem([](TensorDict& state) {
                    state[0].second = torch::zeros({8, 1, 5, 5});
                }),
                ::testing::HasSubstr("0.weight is of shape [8, 1, 5, 5] instead of [8, 1, 3, 3]"));
    EXPECT_THAT(problem([](TensorDict& state) {
                    state[0].second = torch::zeros({8, 1, 3, 3}, torch::kLong);
                }),
                ::testing::HasSubstr("0.weight holds numbers of another kind"));
    EXPECT_THAT(problem([](TensorDict& state) { state[0].first = "first.weight"; }),
                ::testing::HasSubstr("no place for \"first.weight\""));
    const TensorDict after = net.state();
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_TRUE(torch::equal(before[i].second, after[i].second)) << before[i].first;
    }
}

TEST(NetworkInput, ScalesPixels) {
    DigitSet set;
    set.pixels.assign(2 * kImagePixels, 0);
    set.pixels[kImagePixels + 5] = 255;
    set.labels = {1, 2};
    const std::vector<int> indices{1, 0};
    const torch::Tensor input = networkInput(set, indices).flatten(1);
    EXPECT_FLOAT_EQ(input[0][5].item<float>(), (1.0F - 0.1307F) / 0.3081F);
    EXPECT_FLOAT_EQ(input[1][5].item<float>(), -0.1307F / 0.3081F);
}

TEST(Evaluate, CountsWhatTheNetworkMisreads) {
    const testing::TemporaryFolder folder;
    const DigitSet set = testing::makeDigits(230, 8);
    DigitNet net({.kind = NormKind::Layer}, 5);
    writeFile(folder.path() / "model.pt", packTensors(net.state()));
    const Evaluation evaluation =
        evaluateModel(folder.path() / "model.pt", {.kind = NormKind::Layer}, set, /*threads=*/1);

    const torch::NoGradGuard noGrad;
    std::vector<int> all(230);
    std::iota(all.begin(), all.end(), 0);
    net.train(false);
    const torch::Tensor scores = net.forward(networkInput(set, all));
    const torch::Tensor predicted = scores.argmax(1);
    int wrong = 0;
    double loss = 0.0;
    for (int i = 0; i < 230; ++i) {
        const auto label = set.labels[static_cast<std::size_t>(i)];
        EXPECT_EQ(evaluation.predictions[static_cast<std::size_t>(i)], predicted[i].item<int>());
        wrong += predicted[i].item<int>() == label ? 0 : 1;
        loss -= scores[i][label].item<double>() / 230;
    }
    EXPECT_EQ(evaluation.total, 230);
    EXPECT_EQ(evaluation.wrong, wrong);
    EXPECT_NEAR(evaluation.loss, loss, 1e-6);
    int diagonal = 0;
    for (std::size_t digit = 0; digit < kClassCount; ++digit) {
        diagonal += evaluation.confusion[digit][digit];
    }
    EXPECT_EQ(diagonal, 230 - wrong);
    EXPECT_THAT(testing::thrownBy([&] {
                    evaluateModel(folder.path() / "model.pt", {.kind = NormKind::Batch}, set, 1);
                }),
                ::testing::HasSubstr("does not fit the network with batch normalization"));
}

}  // namespace
}  // namespace normscope
