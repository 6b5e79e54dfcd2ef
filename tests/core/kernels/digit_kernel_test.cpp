#include "core/kernels/digit_kernel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "core/torch/engine.h"
#include "tests/core/random_net.h"

namespace normscope {
namespace {

using kernels::InstructionSet;
using testing::copyOf;
using testing::OwnBatch;
using testing::randomNet;
using testing::valuesOf;

constexpr std::array kBatchSizes{64, 37, 5, 1};
constexpr std::uint64_t kDraws = 8;  ///< of weights and images, for each of the sizes

ThreadTeam& callerAlone() {
    static ThreadTeam team(1);
    return team;
}

DigitKernel::Outcome train(DigitKernel& kernel, DigitNet& net, const MiniBatch& batch) {
    return kernel.train(batch, valuesOf(net.parameters()),
                        valuesOf(net.parameters().mutable_grad()), net.runningBuffers());
}

/// Random weights, and for every other seed such that have learned a little from there.
DigitNet netFor(const NetworkSpec& spec, std::uint64_t seed) {
    DigitNet net = randomNet(spec, seed);
    if (seed % 2 == 0) {
        DigitKernel kernel(spec, callerAlone(), *kernels::instructionSets().front());
        const OwnBatch batch(32, static_cast<unsigned>(seed));
        for (int step = 0; step < 40; ++step) {
            train(kernel, net, batch.view());
            const torch::NoGradGuard noGrad;
            net.parameters().sub_(net.parameters().grad(), /*alpha=*/0.05);
        }
    }
    return net;
}

/// What autograd makes of a mini-batch in double precision.
struct Reference {
    double loss = 0.0;
    std::vector<torch::Tensor> gradients;  ///< of each parameter of each module
    std::vector<torch::Tensor> buffers;    ///< after the step
};
Reference referenceOf(const DigitNet& net, const NetworkSpec& spec, const MiniBatch& batch) {
    DigitNet exact = copyOf(net, spec);
    for (torch::Tensor& parameter : exact.layers()->parameters()) {
        parameter.mutable_grad() = torch::Tensor();
    }
    exact.layers()->to(torch::kDouble);
    exact.train(true);
    const torch::Tensor labels = torch::empty({batch.size()}, torch::kLong);
    std::ranges::copy(batch.labels, labels.data_ptr<std::int64_t>());
    const torch::Tensor images = networkInput(batch.images).to(torch::kDouble);
    const torch::Tensor loss = torch::nll_loss(exact.forward(images), labels);
    loss.backward();
    Reference reference;
    reference.loss = loss.item<double>();
    for (const torch::Tensor& parameter : exact.layers()->parameters()) {
        reference.gradients.push_back(parameter.grad());
    }
    for (const torch::Tensor& buffer : exact.layers()->buffers()) {
        reference.buffers.push_back(buffer.to(torch::kDouble));
    }
    return reference;
}

double largestOf(const torch::Tensor& tensor) {
    return tensor.abs().max().item<double>();
}

/// For each parameter, the largest error of its gradient relative to its largest gradient.
std::vector<double> errorsOf(DigitNet& net, const Reference& reference) {
    std::vector<double> errors;
    for (const torch::Tensor& parameter : net.layers()->parameters()) {
        const torch::Tensor& exact = reference.gradients.at(errors.size());
        errors.push_back(largestOf(parameter.grad().to(torch::kDouble) - exact) / largestOf(exact));
    }
    return errors;
}

/// Where a number is a hair above zero in double precision and a hair below in single (a ReLU, a
/// largest cell), the gradient of any float32 arithmetic jumps. Among thousands of images' cells
/// that happens in up to half of the draws, to torch as to us; the lower quartile is free of it.
double withoutJumps(std::vector<double> errors) {
    const auto quarter = errors.begin() + static_cast<std::ptrdiff_t>(errors.size() / 4);
    std::ranges::nth_element(errors, quarter);
    return *quarter;
}

class DigitKernelTest
    : public ::testing::TestWithParam<std::tuple<NormKind, const InstructionSet*>> {
  protected:
    NetworkSpec spec() const { return {.kind = std::get<0>(GetParam())}; }
    const InstructionSet& instructions() const { return *std::get<1>(GetParam()); }
};

std::string nameOfCase(const ::testing::TestParamInfo<DigitKernelTest::ParamType>& tested) {
    const auto& [kind, instructions] = tested.param;
    return std::string(nameOf(kind)) + "_" + instructions->name;
}

INSTANTIATE_TEST_SUITE_P(All, DigitKernelTest,
                         ::testing::Combine(::testing::ValuesIn(kNormKinds),
                                            ::testing::ValuesIn(kernels::instructionSets())),
                         &nameOfCase);

TEST_P(DigitKernelTest, GradientsAreNoFurtherFromDoublePrecisionThanTorchs) {
    std::vector<double> logRatios;  // of each parameter, summed over the batch sizes
    for (const int size : kBatchSizes) {
        DigitKernel kernel(spec(), callerAlone(), instructions());
        std::vector<std::vector<double>> ours;
        std::vector<std::vector<double>> theirs;
        for (std::uint64_t seed = 1; seed <= kDraws; ++seed) {
            DigitNet net = netFor(spec(), seed);
            const OwnBatch batch(size, static_cast<unsigned>(seed));
            const Reference reference = referenceOf(net, spec(), batch.view());
            DigitNet torchs = copyOf(net, spec());
            makeTorchEngine(torchs)->learn(batch.view(), /*sampler=*/nullptr);
            train(kernel, net, batch.view());
            const auto our = errorsOf(net, reference);
            const auto their = errorsOf(torchs, reference);
            ours.resize(our.size());
            theirs.resize(our.size());
            for (std::size_t i = 0; i < our.size(); ++i) {
                ours[i].push_back(our[i]);
                theirs[i].push_back(their[i]);
            }
        }
        for (std::size_t i = 0; i < ours.size(); ++i) {
            const double our = withoutJumps(ours[i]);
            const double their = withoutJumps(theirs[i]);
            // One rounding more or less decides over a single parameter.
            EXPECT_LT(our, std::max(5.0 * their, 4e-6))
                << "parameter " << i << " at batch size " << size;
            logRatios.resize(ours.size());
            logRatios[i] += std::log(our / their);
        }
    }
    const auto ratioOf = [](double logs) {
        return std::exp(logs / static_cast<double>(std::size(kBatchSizes)));
    };
    const double sum = std::accumulate(logRatios.begin(), logRatios.end(), 0.0);
    const double typical = ratioOf(sum / static_cast<double>(logRatios.size()));
    RecordProperty("ratio", std::to_string(typical));
    RecordProperty("largest", std::to_string(ratioOf(std::ranges::max(logRatios))));
    RecordProperty("parameters", static_cast<int>(logRatios.size()));
    RecordProperty("above_one", static_cast<int>(std::ranges::count_if(
                                    logRatios, [](double logs) { return logs > 0.0; })));
    EXPECT_LE(typical, 1.0);
}

TEST_P(DigitKernelTest, LossAndRunningStatisticsAreTorchs) {
    for (const int size : kBatchSizes) {
        DigitKernel kernel(spec(), callerAlone(), instructions());
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            DigitNet net = netFor(spec(), seed);
            const OwnBatch batch(size, static_cast<unsigned>(seed));
            const Reference reference = referenceOf(net, spec(), batch.view());
            DigitNet torchs = copyOf(net, spec());
            const auto expected = makeTorchEngine(torchs)->learn(batch.view(), nullptr);
            const auto outcome = train(kernel, net, batch.view());
            net.countMiniBatch();
            EXPECT_NEAR(outcome.loss, reference.loss, 2e-6 * std::max(1.0, reference.loss));
            EXPECT_EQ(outcome.correct, expected.correct);
            std::size_t place = 0;
            for (const torch::Tensor& buffer : net.layers()->buffers()) {
                const torch::Tensor& exact = reference.buffers.at(place++);
                EXPECT_LE(largestOf(buffer.to(torch::kDouble) - exact), 2e-6 * largestOf(exact));
            }
        }
    }
}

TEST_P(DigitKernelTest, ReadsWhatTorchReadsInEvaluation) {
    ThreadTeam team(2);
    DigitKernel kernel(spec(), team, instructions());
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        DigitNet net = netFor(spec(), seed);
        const OwnBatch batch(41, static_cast<unsigned>(seed));
        std::vector<float> ours(41 * kClassCount);
        std::vector<float> theirs(ours.size());
        kernel.evaluate(batch.view(), valuesOf(net.parameters()), net.runningBuffers(), ours);
        makeTorchEngine(net)->read(batch.view(), theirs);
        for (std::size_t i = 0; i < ours.size(); ++i) {
            ASSERT_NEAR(ours[i], theirs[i], 2e-5 * (1.0 + std::abs(theirs[i]))) << i;
        }
    }
}

TEST_P(DigitKernelTest, IsTheSameBitForBitForAnyNumberOfThreads) {
    for (const int size : {64, 37, 1}) {
        const OwnBatch batch(size, 9);
        std::vector<DigitNet> nets;
        std::vector<double> losses;
        for (const int threads : {1, 2, 3}) {
            nets.push_back(netFor(spec(), 2));
            ThreadTeam team(threads);
            DigitKernel kernel(spec(), team, instructions());
            losses.push_back(train(kernel, nets.back(), batch.view()).loss);
            losses.back() += train(kernel, nets.back(), batch.view()).loss;
        }
        for (std::size_t i = 1; i < nets.size(); ++i) {
            EXPECT_EQ(losses[i], losses[0]);
            EXPECT_TRUE(nets[i].parameters().grad().equal(nets[0].parameters().grad()));
            for (std::size_t k = 0; k < nets[0].layers()->buffers().size(); ++k) {
                EXPECT_TRUE(nets[i].layers()->buffers()[k].equal(nets[0].layers()->buffers()[k]));
            }
        }
    }
}

/// A mini-batch of another size must leave nothing behind.
TEST_P(DigitKernelTest, ForgetsTheMiniBatchBefore) {
    const OwnBatch batch(5, 3);
    DigitNet fresh = netFor(spec(), 1);
    DigitNet used = netFor(spec(), 1);
    DigitKernel kernel(spec(), callerAlone(), instructions());
    train(kernel, used, OwnBatch(64, 4).view());
    std::vector<float> read(64 * kClassCount);
    kernel.evaluate(OwnBatch(64, 5).view(), valuesOf(used.parameters()), used.runningBuffers(),
                    read);
    train(kernel, used, batch.view());
    DigitKernel other(spec(), callerAlone(), instructions());
    train(other, fresh, batch.view());
    EXPECT_TRUE(used.parameters().grad().equal(fresh.parameters().grad()));
}

/// The six group counts of a network need not be alike.
TEST(DigitKernel, TakesAnyGroups) {
    const NetworkSpec spec{.kind = NormKind::Group, .groups = {4, 6, 12, 1, 15, 5}};
    for (const InstructionSet* instructions : kernels::instructionSets()) {
        DigitNet net = randomNet(spec, 1);
        const OwnBatch batch(12, 1);
        const Reference reference = referenceOf(net, spec, batch.view());
        DigitKernel kernel(spec, callerAlone(), *instructions);
        train(kernel, net, batch.view());
        const auto errors = errorsOf(net, reference);
        for (std::size_t i = 0; i < errors.size(); ++i) {
            EXPECT_LT(errors[i], 1e-4) << i;
        }
    }
}

TEST(DigitKernel, IsOfTheNetworkThatIsPlanned) {
    std::vector<kernels::ConvolutionShape> planned;
    std::vector<int> sides;
    for (const LayerPlan& layer : digitNetPlan()) {
        if (layer.kind == LayerPlan::Kind::Convolution) {
            planned.push_back({layer.inChannels, layer.outChannels, layer.kernel});
        }
        if (layer.kind == LayerPlan::Kind::Norm) {
            EXPECT_EQ(layer.outChannels, kernels::kNormChannels[sides.size()]);
            EXPECT_EQ(layer.side, kernels::kNormSides[sides.size()]);
            sides.push_back(layer.side);
        }
    }
    ASSERT_EQ(planned.size(), std::size(kernels::kConvolutionShapes));
    for (std::size_t i = 0; i < planned.size(); ++i) {
        EXPECT_EQ(planned[i].in, kernels::kConvolutionShapes[i].in);
        EXPECT_EQ(planned[i].out, kernels::kConvolutionShapes[i].out);
        EXPECT_EQ(planned[i].size, kernels::kConvolutionShapes[i].size);
    }
    for (const NormKind kind : kNormKinds) {
        const NetworkSpec spec{.kind = kind};
        EXPECT_EQ(
            DigitKernel(spec, callerAlone(), *kernels::instructionSets().front()).parameterCount(),
            parameterCount(spec));
    }
}

TEST(InstructionSets, NarrowOnesForSmallMiniBatches) {
    ::unsetenv("NORMSCOPE_INSTRUCTIONS");
    const auto& sets = kernels::instructionSets();
    EXPECT_EQ(&kernels::instructionSetFor(64), sets.front());
    EXPECT_LE(kernels::instructionSetFor(8).lanes, std::max(8, sets.back()->lanes));
    EXPECT_STREQ(sets.back()->name, "baseline");
}

TEST(InstructionSets, TheEnvironmentNamesAnother) {
    ::setenv("NORMSCOPE_INSTRUCTIONS", "baseline", /*overwrite=*/1);
    EXPECT_STREQ(kernels::instructionSetFor(64).name, "baseline");
    ::setenv("NORMSCOPE_INSTRUCTIONS", "abacus", 1);
    const std::string message = testing::thrownBy([] { kernels::instructionSetFor(64); });
    EXPECT_NE(message.find("\"abacus\" (NORMSCOPE_INSTRUCTIONS)"), std::string::npos) << message;
    ::unsetenv("NORMSCOPE_INSTRUCTIONS");
}

/// Both engines show a sampler the same activations.
TEST(Engines, SampleTheSameActivations) {
    for (const NormKind kind : {NormKind::None, NormKind::Batch, NormKind::Group}) {
        const NetworkSpec spec{.kind = kind};
        DigitNet ours = netFor(spec, 2);
        DigitNet theirs = copyOf(ours, spec);
        const OwnBatch batch(37, 1);
        LayerSampler ourSampler;
        LayerSampler theirSampler;
        ThreadTeam team(2);
        makeKernelEngine(ours, spec, /*batchSize=*/37, team)->learn(batch.view(), &ourSampler);
        makeTorchEngine(theirs)->learn(batch.view(), &theirSampler);
        const auto our = ourSampler.finish(1, 1);
        const auto their = theirSampler.finish(1, 1);
        ASSERT_TRUE(our && their);
        for (std::size_t channel = 0; channel < kNormChannelCount; ++channel) {
            const ChannelPercentiles& a = our->record.channels[channel];
            const ChannelPercentiles& b = their->record.channels[channel];
            EXPECT_NEAR(a.input.p50, b.input.p50, 1e-3);
            EXPECT_NEAR(a.input.p85, b.input.p85, 1e-3);
            EXPECT_NEAR(a.output.p15, b.output.p15, 1e-3);
            EXPECT_NEAR(a.output.p85, b.output.p85, 1e-3);
        }
    }
}

}  // namespace
}  // namespace normscope
