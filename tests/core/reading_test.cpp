#include "core/reading.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>

#include "core/evaluation_pass.h"
#include "core/normalization.h"
#include "core/torch/engine.h"
#include "tests/core/trained_net.h"

namespace normscope {
namespace {

using testing::modelOf;
using testing::trainedNet;

DigitImage imageOf(const DigitSet& set, int index) {
    DigitImage image;
    std::ranges::copy(set.image(index), image.begin());
    return image;
}

std::vector<DigitImage> imagesOf(const DigitSet& set, const std::vector<int>& indices) {
    std::vector<DigitImage> images;
    for (const int index : indices) {
        images.push_back(imageOf(set, index));
    }
    return images;
}

double largestDifference(const DigitProbabilities& a, const DigitProbabilities& b) {
    double largest = 0.0;
    for (std::size_t digit = 0; digit < a.size(); ++digit) {
        largest = std::max(largest, std::abs(a[digit] - b[digit]));
    }
    return largest;
}

/// What the module itself makes of the images in training mode: it moves its running statistics.
DigitProbabilities firstInTrainingMode(DigitNet& net, const DigitSet& set,
                                       const std::vector<int>& indices) {
    torch::NoGradGuard noGrad;
    net.train(true);
    const torch::Tensor shares =
        net.forward(networkInput(set, indices)).exp().to(torch::kDouble).contiguous();
    DigitProbabilities first;
    std::copy_n(shares.data_ptr<double>(), kClassCount, first.begin());
    return first;
}

class ReadingWith : public ::testing::TestWithParam<NormKind> {
  protected:
    NetworkSpec spec_{.kind = GetParam()};
    DigitNet net_ = trainedNet(spec_);
    DigitSet digits_ = testing::makeDigits(/*count=*/20, /*seed=*/1);
    std::unique_ptr<DigitReader> reader_ = makeDigitReader(modelOf(net_), "model.pt", spec_);
};

TEST_P(ReadingWith, givesTheProbabilitiesOfTheEvaluation) {
    const auto engine = makeTorchEngine(net_);
    EvaluationPass pass(digits_);
    while (!pass.finished()) {
        pass.step([&](const MiniBatch& batch, std::span<float> logProbabilities) {
            engine->read(batch, logProbabilities);
        });
    }
    const Evaluation evaluation = pass.take();
    for (int index = 0; index < digits_.size(); ++index) {
        const auto place = static_cast<std::size_t>(index);
        const Reading reading = reader_->read(imageOf(digits_, index));
        EXPECT_EQ(reading.digit, evaluation.predictions[place]);
        EXPECT_NEAR(reading.probabilities[evaluation.predictions[place]],
                    evaluation.probabilityOfPrediction[place], 1e-5);
        EXPECT_NEAR(reading.probabilities[digits_.labels[place]],
                    evaluation.probabilityOfLabel[place], 1e-5);
        EXPECT_NEAR(
            std::accumulate(reading.probabilities.begin(), reading.probabilities.end(), 0.0), 1.0,
            1e-12);
    }
}

TEST_P(ReadingWith, showsMapsThatTheNormLayerTurnsIntoEachOther) {
    const Reading reading = reader_->read(imageOf(digits_, 3));
    torch::NoGradGuard noGrad;
    constexpr std::array kPlaces{2, 5, 10, 13, 18, 21};  // of the norm layers in model.pt
    const TensorDict state = net_.state();
    const auto numbers = [&](int place, const std::string& name, double otherwise) {
        std::vector<double> values(16, otherwise);
        for (const auto& [key, tensor] : state) {
            if (key == std::to_string(place) + "." + name) {
                values.assign(tensor.data_ptr<float>(), tensor.data_ptr<float>() + tensor.numel());
            }
        }
        return values;
    };
    for (int layer = 0; layer < kNormLayerCount; ++layer) {
        const auto index = static_cast<std::size_t>(layer);
        const LayerMaps& maps = reading.layers[index];
        ASSERT_EQ(maps.before.shape.images, 1);
        ASSERT_EQ(maps.before.shape.channels, kNormLayerChannels[index]);
        ASSERT_EQ(maps.after.shape, maps.before.shape);
        if (GetParam() == NormKind::None) {
            EXPECT_EQ(maps.after, maps.before);
            continue;
        }
        const Affine affine{numbers(kPlaces[index], "weight", 1.0),
                            numbers(kPlaces[index], "bias", 0.0)};
        const RunningStatistics running{numbers(kPlaces[index], "running_mean", 0.0),
                                        numbers(kPlaces[index], "running_var", 1.0), 1};
        const NormSpec norm = spec_.normAt(layer);
        const NormTrace trace = GetParam() == NormKind::Batch
                                    ? normalizeWithRunning(maps.before, norm, affine, running)
                                    : normalize(maps.before, norm, affine);
        EXPECT_LT(testing::largestDifference(trace.output, maps.after), 1e-5) << layer;
    }
}

TEST_P(ReadingWith, inTrainingModeAnswersLikeTheModule) {
    const std::vector<int> batch{7, 1, 2, 3};
    const auto together = reader_->readTogether(imagesOf(digits_, batch));
    ASSERT_EQ(together.size(), batch.size());
    EXPECT_LT(largestDifference(together[0], firstInTrainingMode(net_, digits_, batch)), 1e-6);
}

TEST_P(ReadingWith, companionsMoveBatchNormAlone) {
    const DigitImage image = imageOf(digits_, 7);
    const auto among = [&](const std::vector<int>& companions) {
        std::vector<DigitImage> images = imagesOf(digits_, companions);
        images.insert(images.begin(), image);
        return reader_->readTogether(images).front();
    };
    const DigitProbabilities one = among({1, 2, 3});
    const DigitProbabilities other = among({4, 5, 6});
    const DigitProbabilities alone = reader_->read(image).probabilities;
    if (GetParam() == NormKind::Batch) {
        EXPECT_GT(largestDifference(one, other), 1e-4);
        EXPECT_GT(largestDifference(one, alone), 1e-4);
    } else {
        EXPECT_LT(largestDifference(one, other), 1e-6);
        EXPECT_LT(largestDifference(one, alone), 1e-6);
    }
}

TEST_P(ReadingWith, leavesTheNetworkAsItWas) {
    const DigitImage image = imageOf(digits_, 7);
    const Reading before = reader_->read(image);
    reader_->readTogether(imagesOf(digits_, {7, 1, 2, 3}));
    reader_->readTogether(imagesOf(digits_, {9}));
    const Reading after = reader_->read(image);
    EXPECT_EQ(before.probabilities, after.probabilities);
    for (std::size_t layer = 0; layer < before.layers.size(); ++layer) {
        EXPECT_EQ(before.layers[layer].after, after.layers[layer].after);
    }
}

TEST_P(ReadingWith, ofNoImagesIsNone) {
    EXPECT_TRUE(reader_->readTogether({}).empty());
}

INSTANTIATE_TEST_SUITE_P(EveryNorm, ReadingWith, ::testing::ValuesIn(kNormKinds),
                         [](const auto& norm) { return std::string(nameOf(norm.param)); });

TEST(Reading, ofAnotherNetworkIsRefused) {
    const std::string model = modelOf(trainedNet({.kind = NormKind::Group}));
    const auto refusal = [](const std::string& content, NormKind kind) {
        return testing::thrownBy([&] { makeDigitReader(content, "a/model.pt", {.kind = kind}); });
    };
    EXPECT_TRUE(refusal(model, NormKind::Batch)
                    .starts_with("a/model.pt does not fit the network with batch normalization: "));
    EXPECT_TRUE(refusal("no model", NormKind::Group).starts_with("a/model.pt is damaged"));
}

TEST(Reading, ofADivergedNetworkIsRefused) {
    DigitNet net = trainedNet({.kind = NormKind::Layer});
    torch::NoGradGuard noGrad;
    net.parameters().fill_(std::numeric_limits<float>::quiet_NaN());
    const auto reader = makeDigitReader(modelOf(net), "a/model.pt", {.kind = NormKind::Layer});
    const std::string diverged = "a/model.pt has diverged: its probabilities are not numbers.";
    EXPECT_EQ(testing::thrownBy([&] { reader->read(DigitImage{}); }), diverged);
    EXPECT_EQ(testing::thrownBy([&] { reader->readTogether(std::vector<DigitImage>(2)); }),
              diverged);
}

}  // namespace
}  // namespace normscope
