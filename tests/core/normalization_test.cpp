#include "core/normalization.h"

#include <gmock/gmock.h>
#include <torch/nn/functional/batchnorm.h>
#include <torch/nn/functional/instancenorm.h>
#include <torch/nn/functional/normalization.h>

#include <array>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "core/random.h"
#include "core/sample_tensors.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

namespace F = torch::nn::functional;

constexpr double kTolerance = 1e-9;
constexpr std::array kNorms{NormKind::Batch, NormKind::Layer, NormKind::Group, NormKind::Instance};

/// One tensor with everything that decides what becomes of it.
struct Case {
    Tensor4 input;
    NormSpec spec;
    Affine affine;
    std::string name;
};

std::vector<double> randomValues(RandomStream& random, std::int64_t count, double low,
                                 double high) {
    std::vector<double> values;
    for (std::int64_t i = 0; i < count; ++i) {
        values.push_back(random.between(low, high));
    }
    return values;
}

/// A random divisor of `number`.
int divisorOf(int number, RandomStream& random) {
    std::vector<int> divisors;
    for (int candidate = 1; candidate <= number; ++candidate) {
        if (number % candidate == 0) {
            divisors.push_back(candidate);
        }
    }
    return divisors[random.below(divisors.size())];
}

/// Shapes up to 5 x 12 x 6 x 6, values about a mean far from 0, eps from 1e-8 to 1e-1.
Case randomCase(NormKind kind, std::uint64_t seed) {
    RandomStream random(seed, RandomPurpose::Sample, static_cast<int>(kind));
    const auto upTo = [&](std::uint64_t most) { return static_cast<int>(1 + random.below(most)); };
    Shape4 shape{upTo(5), upTo(12), upTo(6), upTo(6)};
    if (shape.plane() == 1) {
        shape.width = 2;  // torch refuses sets of a single value
    }
    Case made;
    const double centre = random.between(-5.0, 5.0);
    made.input = {shape, randomValues(random, shape.count(), centre - 3.0, centre + 3.0)};
    made.spec = {.kind = kind,
                 .groups = divisorOf(shape.channels, random),
                 .eps = std::pow(10.0, random.between(-8.0, -1.0))};
    made.affine = {randomValues(random, shape.channels, -2.0, 2.0),
                   randomValues(random, shape.channels, -2.0, 2.0)};
    made.name = std::string(nameOf(kind)) + " norm, " + std::to_string(made.spec.groups) +
                " groups, " + std::to_string(shape.images) + "x" + std::to_string(shape.channels) +
                "x" + std::to_string(shape.height) + "x" + std::to_string(shape.width);
    return made;
}

std::vector<Case> randomCases(int perKind) {
    std::vector<Case> cases;
    for (const NormKind kind : kNorms) {
        for (int seed = 0; seed < perKind; ++seed) {
            cases.push_back(randomCase(kind, static_cast<std::uint64_t>(seed)));
        }
    }
    return cases;
}

torch::Tensor toTorch(const std::vector<double>& values) {
    return torch::tensor(values, torch::kDouble);
}

torch::Tensor toTorch(const Tensor4& tensor) {
    const Shape4& shape = tensor.shape;
    return toTorch(tensor.values).view({shape.images, shape.channels, shape.height, shape.width});
}

double distance(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

/// What torch makes of it in training mode.
torch::Tensor byTorch(const Case& given, const torch::Tensor& input) {
    const torch::Tensor gamma = toTorch(given.affine.gamma);
    const torch::Tensor beta = toTorch(given.affine.beta);
    const double eps = given.spec.eps;
    switch (given.spec.kind) {
        case NormKind::Batch:
            return F::batch_norm(
                input, {}, {},
                F::BatchNormFuncOptions().weight(gamma).bias(beta).training(true).eps(eps));
        case NormKind::Layer: {
            const torch::Tensor normalized = F::layer_norm(
                input, F::LayerNormFuncOptions(input.sizes().slice(1).vec()).eps(eps));
            return normalized * gamma.view({1, -1, 1, 1}) + beta.view({1, -1, 1, 1});
        }
        case NormKind::Group:
            return F::group_norm(
                input,
                F::GroupNormFuncOptions(given.spec.groups).weight(gamma).bias(beta).eps(eps));
        default:
            return F::instance_norm(input,
                                    F::InstanceNormFuncOptions().weight(gamma).bias(beta).eps(eps));
    }
}

TEST(Normalize, GivesTheOutputOfTorch) {
    for (const Case& given : randomCases(60)) {
        const NormTrace trace = normalize(given.input, given.spec, given.affine);
        EXPECT_LT(distance(toTorch(trace.output), byTorch(given, toTorch(given.input))), kTolerance)
            << given.name;
        Case plain = given;
        plain.affine = Affine::identity(given.input.shape.channels);
        EXPECT_LT(distance(toTorch(trace.normalized), byTorch(plain, toTorch(given.input))),
                  kTolerance)
            << given.name;
    }
}

TEST(Normalize, ShowsTheMeanAndTheBiasedVarianceOfEachSet) {
    for (const Case& given : randomCases(20)) {
        const NormTrace trace = normalize(given.input, given.spec, given.affine);
        const torch::Tensor input = toTorch(given.input);
        ASSERT_EQ(trace.mean.size(), trace.sets.size());
        ASSERT_EQ(trace.variance.size(), trace.sets.size());
        for (std::size_t i = 0; i < trace.sets.size(); ++i) {
            const StatisticsSet& set = trace.sets[i];
            const torch::Tensor images = set.image ? input.narrow(0, *set.image, 1) : input;
            const torch::Tensor cells = images.narrow(1, set.firstChannel, set.channels);
            EXPECT_EQ(set.count, cells.numel()) << given.name;
            EXPECT_NEAR(trace.mean[i], cells.mean().item<double>(), kTolerance) << given.name;
            EXPECT_NEAR(trace.variance[i], cells.var(/*unbiased=*/false).item<double>(), kTolerance)
                << given.name;
        }
    }
}

TEST(Normalize, HasTheNumbersOfTheBoard) {
    // Channel 1 of the class example, worked out by hand: 16 values that sum to 24 and whose
    // squares sum to 58. Mean 1.5, variance 58 / 16 - 1.5^2 = 1.375.
    const Tensor4 input = classExample();
    const NormTrace trace = normalize(input, {.kind = NormKind::Batch}, Affine::identity(4));
    EXPECT_DOUBLE_EQ(trace.mean[0], 1.5);
    EXPECT_DOUBLE_EQ(trace.variance[0], 1.375);
    EXPECT_DOUBLE_EQ(trace.output.values[1], (2.0 - 1.5) / std::sqrt(1.375 + 1e-5));
}

TEST(Normalize, WithoutNormalizationScalesAndShifts) {
    const Tensor4 input = smallIntegers({2, 2, 1, 2}, 1);
    const NormTrace trace = normalize(input, {.kind = NormKind::None}, {{2.0, -1.0}, {0.5, 3.0}});
    EXPECT_TRUE(trace.sets.empty());
    EXPECT_EQ(trace.normalized, input);
    EXPECT_EQ(trace.output.at({1, 0, 0, 1}), 2.0 * input.at({1, 0, 0, 1}) + 0.5);
    EXPECT_EQ(trace.output.at({0, 1, 0, 0}), 3.0 - input.at({0, 1, 0, 0}));
}

TEST(Normalize, GroupsOneAndAllAreLayerAndInstance) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Case given = randomCase(NormKind::Group, seed);
        const auto with = [&](NormKind kind, int groups) {
            NormSpec spec = given.spec;
            spec.kind = kind;
            spec.groups = groups;
            return normalize(given.input, spec, given.affine);
        };
        const NormTrace layer = with(NormKind::Layer, 1);
        const NormTrace one = with(NormKind::Group, 1);
        EXPECT_EQ(layer.sets, one.sets);
        EXPECT_EQ(layer.output, one.output) << given.name;
        const NormTrace instance = with(NormKind::Instance, 1);
        const NormTrace all = with(NormKind::Group, given.input.shape.channels);
        EXPECT_EQ(instance.sets, all.sets);
        EXPECT_EQ(instance.output, all.output) << given.name;
    }
}

TEST(Normalize, OfConstantNumbersIsBeta) {
    for (const NormKind kind : kNorms) {
        const NormTrace trace =
            normalize(constantTensor({2, 4, 2, 2}, 0.1), {.kind = kind, .groups = 2},
                      {{1.0, 2.0, 3.0, 4.0}, {5.0, 6.0, 7.0, 8.0}});
        for (int channel = 0; channel < 4; ++channel) {
            EXPECT_NEAR(trace.output.at({1, channel, 1, 0}), 5.0 + channel, kTolerance);
        }
    }
}

TEST(Normalize, RefusesWhatDoesNotFit) {
    const Tensor4 input = smallIntegers({2, 6, 2, 2}, 1);
    const Affine affine = Affine::identity(6);
    const auto refused = [&](const NormSpec& spec, const Affine& pairs) {
        EXPECT_THROW(normalize(input, spec, pairs), std::invalid_argument);
    };
    for (const int groups : {-2, 0, 4, 5, 12}) {
        refused({.kind = NormKind::Group, .groups = groups}, affine);
    }
    for (const double eps : {0.0, -1e-5, std::nan("")}) {
        for (const NormKind kind : kNormKinds) {
            refused({.kind = kind, .eps = eps}, affine);
        }
    }
    refused({.kind = NormKind::Batch}, Affine::identity(5));
    refused({.kind = NormKind::Batch}, {affine.gamma, {1.0}});
    refused({.kind = NormKind::Batch}, {{}, affine.beta});
    EXPECT_NO_THROW(normalize(input, {.kind = NormKind::Layer, .groups = 4}, affine))
        << "groups count under group norm alone";

    const NormSpec batch{.kind = NormKind::Batch};
    const auto withRunning = [&](const NormSpec& spec, const RunningStatistics& running) {
        return testing::thrownBy([&] { normalizeWithRunning(input, spec, affine, running); });
    };
    EXPECT_EQ(withRunning(batch, RunningStatistics::initial(6)), "");
    EXPECT_THAT(withRunning(batch, RunningStatistics::initial(5)),
                ::testing::HasSubstr("one mean and one variance per channel"));
    EXPECT_THAT(withRunning({.kind = NormKind::Layer}, RunningStatistics::initial(6)),
                ::testing::HasSubstr("those of batch norm"));
}

TEST(StatisticsSets, HoldEveryCellOnce) {
    for (const Case& given : randomCases(20)) {
        const Shape4& shape = given.input.shape;
        const auto sets = statisticsSets(shape, given.spec);
        std::vector<std::int64_t> cells(sets.size(), 0);
        for (int image = 0; image < shape.images; ++image) {
            for (int channel = 0; channel < shape.channels; ++channel) {
                const int found = statisticsSetOf(shape, given.spec, image, channel);
                ASSERT_GE(found, 0);
                ASSERT_LT(static_cast<std::size_t>(found), sets.size());
                for (std::size_t i = 0; i < sets.size(); ++i) {
                    const bool holds = sets[i].image.value_or(image) == image &&
                                       channel >= sets[i].firstChannel &&
                                       channel < sets[i].firstChannel + sets[i].channels;
                    EXPECT_EQ(holds, static_cast<int>(i) == found) << given.name;
                }
                cells[static_cast<std::size_t>(found)] += shape.plane();
            }
        }
        for (std::size_t i = 0; i < sets.size(); ++i) {
            EXPECT_EQ(sets[i].count, cells[i]) << given.name;
        }
    }
}

TEST(StatisticsSets, AreAsManyAsThePaperSays) {
    const Shape4 shape{3, 8, 2, 5};
    const auto count = [&](NormKind kind) {
        return statisticsSets(shape, {.kind = kind, .groups = 4}).size();
    };
    EXPECT_EQ(count(NormKind::None), 0U);
    EXPECT_EQ(count(NormKind::Batch), 8U);
    EXPECT_EQ(count(NormKind::Layer), 3U);
    EXPECT_EQ(count(NormKind::Group), 12U);
    EXPECT_EQ(count(NormKind::Instance), 24U);
    EXPECT_EQ(groupCount({.kind = NormKind::Batch}, 8), 8);
    EXPECT_EQ(groupCount({.kind = NormKind::Layer}, 8), 1);
    EXPECT_EQ(groupCount({.kind = NormKind::Group, .groups = 4}, 8), 4);
    EXPECT_EQ(groupCount({.kind = NormKind::Instance}, 8), 8);
}

TEST(RunningStatistics, FollowTorchThroughSeveralBatches) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Case first = randomCase(NormKind::Batch, seed);
        const int channels = first.input.shape.channels;
        const double momentum = seed % 3 == 0 ? 0.1 : 0.05 * static_cast<double>(seed % 20);
        RunningStatistics running = RunningStatistics::initial(channels);
        torch::Tensor mean = torch::zeros({channels}, torch::kDouble);
        torch::Tensor variance = torch::ones({channels}, torch::kDouble);
        const auto byTorchWithRunning = [&](const Tensor4& input, bool training) {
            return F::batch_norm(toTorch(input), mean, variance,
                                 F::BatchNormFuncOptions()
                                     .weight(toTorch(first.affine.gamma))
                                     .bias(toTorch(first.affine.beta))
                                     .training(training)
                                     .momentum(momentum)
                                     .eps(first.spec.eps));
        };
        RandomStream random(seed, RandomPurpose::Sample, /*epoch=*/100);
        for (int batch = 0; batch < 4; ++batch) {
            const Tensor4 input{first.input.shape,
                                randomValues(random, first.input.shape.count(), -2.0, 4.0)};
            const NormTrace trace = normalize(input, first.spec, first.affine);
            feedBatch(running, trace, momentum);
            EXPECT_LT(distance(toTorch(trace.output), byTorchWithRunning(input, true)), kTolerance);
            EXPECT_LT(distance(toTorch(running.mean), mean), kTolerance) << first.name;
            EXPECT_LT(distance(toTorch(running.variance), variance), kTolerance) << first.name;
            EXPECT_EQ(running.batches, batch + 1);
        }
        const NormTrace evaluated =
            normalizeWithRunning(first.input, first.spec, first.affine, running);
        EXPECT_LT(distance(toTorch(evaluated.output), byTorchWithRunning(first.input, false)),
                  kTolerance)
            << first.name;
        EXPECT_EQ(evaluated.mean, running.mean);
        EXPECT_EQ(evaluated.variance, running.variance);
    }
}

TEST(RunningStatistics, LeaveTheVarianceOfASingleValueAlone) {
    RunningStatistics running = RunningStatistics::initial(2);
    const Tensor4 input{{1, 2, 1, 1}, {5.0, -3.0}};
    feedBatch(running, normalize(input, {.kind = NormKind::Batch}, Affine::identity(2)), 0.1);
    EXPECT_DOUBLE_EQ(running.mean[0], 0.5);
    EXPECT_DOUBLE_EQ(running.mean[1], -0.3);
    EXPECT_EQ(running.variance, (std::vector<double>{1.0, 1.0}));
    EXPECT_EQ(running.batches, 1);
}

/// Holds every derivative of some output cells, each in a set of its own, against autograd.
void expectGradientsOfAutograd(const Case& given, const NormTrace& trace, bool training,
                               const std::function<torch::Tensor(const torch::Tensor&)>& forward) {
    const Shape4& shape = given.input.shape;
    torch::Tensor input = toTorch(given.input).requires_grad_();
    const torch::Tensor output = forward(input);
    RandomStream random(7, RandomPurpose::Sample, static_cast<int>(shape.count()));
    for (int i = 0; i < 3; ++i) {
        const auto below = [&](int limit) {
            return static_cast<int>(random.below(static_cast<std::uint64_t>(limit)));
        };
        const CellIndex cell{below(shape.images), below(shape.channels), below(shape.height),
                             below(shape.width)};
        input.mutable_grad() = torch::Tensor();
        output[cell.image][cell.channel][cell.row][cell.column].backward({}, /*keep_graph=*/true);
        const torch::Tensor expected = input.grad().contiguous();
        const OutputGradient gradient(trace, given.spec, training, cell);
        double largest = 0.0;
        for (std::int64_t j = 0; j < shape.count(); ++j) {
            const auto row = static_cast<int>(j / shape.width);
            const int plane = row / shape.height;
            const CellIndex at{plane / shape.channels, plane % shape.channels, row % shape.height,
                               static_cast<int>(j % shape.width)};
            const double derivative = gradient.at(at);
            ASSERT_NEAR(derivative, expected.data_ptr<double>()[j],
                        kTolerance * std::max(1.0, std::abs(derivative)))
                << given.name;
            largest = std::max(largest, std::abs(derivative));
        }
        EXPECT_DOUBLE_EQ(gradient.largest(), largest) << given.name;
        EXPECT_EQ(gradient.set(),
                  given.spec.kind == NormKind::None
                      ? -1
                      : statisticsSetOf(shape, given.spec, cell.image, cell.channel));
    }
}

TEST(OutputGradient, IsThatOfAutogradInTrainMode) {
    for (const Case& given : randomCases(12)) {
        expectGradientsOfAutograd(
            given, normalize(given.input, given.spec, given.affine), /*training=*/true,
            [&](const torch::Tensor& input) { return byTorch(given, input); });
    }
}

TEST(OutputGradient, IsThatOfAutogradInEvalModeAndWithoutNorm) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        Case given = randomCase(NormKind::Batch, seed);
        RandomStream random(seed, RandomPurpose::Sample, /*epoch=*/50);
        const int channels = given.input.shape.channels;
        const RunningStatistics running{randomValues(random, channels, -1.0, 1.0),
                                        randomValues(random, channels, 0.5, 2.0), 3};
        expectGradientsOfAutograd(
            given, normalizeWithRunning(given.input, given.spec, given.affine, running),
            /*training=*/false, [&](const torch::Tensor& input) {
                return F::batch_norm(input, toTorch(running.mean), toTorch(running.variance),
                                     F::BatchNormFuncOptions()
                                         .weight(toTorch(given.affine.gamma))
                                         .bias(toTorch(given.affine.beta))
                                         .training(false)
                                         .eps(given.spec.eps));
            });
        given.spec.kind = NormKind::None;
        expectGradientsOfAutograd(given, normalize(given.input, given.spec, given.affine),
                                  /*training=*/true, [&](const torch::Tensor& input) {
                                      return input *
                                                 toTorch(given.affine.gamma).view({1, -1, 1, 1}) +
                                             toTorch(given.affine.beta).view({1, -1, 1, 1});
                                  });
    }
}

TEST(AffineCounts, FollowTheThreeConventions) {
    const Shape4 shape{5, 8, 3, 2};
    const auto expectCounts = [&](NormKind kind, std::int64_t simplified) {
        const AffineCounts counts = affineCounts(shape, {.kind = kind, .groups = 4});
        EXPECT_EQ(counts.simplified, simplified) << nameOf(kind);
        EXPECT_EQ(counts.perChannel, 16) << nameOf(kind);
        EXPECT_EQ(counts.perElement, 96) << nameOf(kind);
    };
    expectCounts(NormKind::Batch, 16);
    expectCounts(NormKind::Layer, 2);
    expectCounts(NormKind::Group, 8);
    expectCounts(NormKind::Instance, 16);
    EXPECT_EQ(affineCounts(shape, {.kind = NormKind::None}).perChannel, 0);
}

TEST(RestoringAffine, BringsBackItsImageAndUnderBatchNormEveryImage) {
    for (const Case& given : randomCases(15)) {
        const Shape4& shape = given.input.shape;
        const NormTrace trace = normalize(given.input, given.spec, given.affine);
        for (int image = 0; image < shape.images; ++image) {
            const Affine pairs = restoringAffine(trace, given.spec, image);
            const Tensor4 restored = normalize(given.input, given.spec, pairs).output;
            const auto images = [&](const Tensor4& tensor) {
                return given.spec.kind == NormKind::Batch ? toTorch(tensor)
                                                          : toTorch(tensor).narrow(0, image, 1);
            };
            EXPECT_LT(distance(images(restored), images(given.input)), kTolerance) << given.name;
            EXPECT_DOUBLE_EQ(recoveryError(given.input, trace, pairs),
                             testing::largestDifference(restored, given.input));
        }
    }
}

TEST(RestoringAffine, LeavesOtherImagesApartUnlessUnderBatchNorm) {
    const Tensor4 input = classExample();
    for (const NormKind kind : kNorms) {
        const NormSpec spec{.kind = kind, .groups = 2};
        const NormTrace trace = normalize(input, spec, Affine::identity(4));
        const double error = recoveryError(input, trace, restoringAffine(trace, spec, 0));
        if (kind == NormKind::Batch) {
            EXPECT_LT(error, kTolerance);
        } else {
            EXPECT_GT(error, 0.1) << nameOf(kind);
        }
    }
}

TEST(Normalize, IntoATraceThatWasOfAnotherTensor) {
    NormTrace reused;
    for (const Case& given : randomCases(20)) {
        const NormTrace fresh = normalize(given.input, given.spec, given.affine);
        normalize(given.input, given.spec, given.affine, reused);
        EXPECT_EQ(reused.sets, fresh.sets) << given.name;
        EXPECT_EQ(reused.mean, fresh.mean) << given.name;
        EXPECT_EQ(reused.variance, fresh.variance) << given.name;
        EXPECT_EQ(reused.normalized, fresh.normalized) << given.name;
        EXPECT_EQ(reused.output, fresh.output) << given.name;
    }
}

TEST(ApplyAffine, IsWhatNormalizingAnewGives) {
    for (const Case& given : randomCases(20)) {
        NormTrace trace =
            normalize(given.input, given.spec, Affine::identity(given.input.shape.channels));
        applyAffine(trace, given.affine);
        const NormTrace fresh = normalize(given.input, given.spec, given.affine);
        EXPECT_EQ(trace.gamma, fresh.gamma) << given.name;
        EXPECT_EQ(trace.beta, fresh.beta) << given.name;
        EXPECT_EQ(trace.output, fresh.output) << given.name;
    }
}

// Held against the functions of Python, where the checks are, in tests/app/normalize_test.py.
TEST(RefusalOfPyTorch, IsASentenceThatNamesTheNorm) {
    const auto refusal = [](NormKind kind, const Shape4& shape, int groups = 1) {
        return refusalOfPyTorch(shape, {.kind = kind, .groups = groups}).value_or("");
    };
    EXPECT_THAT(refusal(NormKind::Batch, {1, 4, 1, 1}), ::testing::HasSubstr("batch norm"));
    EXPECT_EQ(refusal(NormKind::Batch, {2, 4, 1, 1}), "");
    EXPECT_THAT(refusal(NormKind::Instance, {8, 4, 1, 1}), ::testing::HasSubstr("instance norm"));
    EXPECT_EQ(refusal(NormKind::Instance, {1, 4, 1, 2}), "");
    EXPECT_THAT(refusal(NormKind::Layer, {1, 1, 1, 1}), ::testing::HasSubstr("layer norm"));
    EXPECT_EQ(refusal(NormKind::Layer, {1, 2, 1, 1}), "");
    EXPECT_THAT(refusal(NormKind::Group, {1, 4, 1, 1}, 4), ::testing::HasSubstr("group norm"));
    EXPECT_EQ(refusal(NormKind::Group, {2, 4, 1, 1}, 4), "");
    EXPECT_EQ(refusal(NormKind::None, {1, 1, 1, 1}), "");
}

}  // namespace
}  // namespace normscope
