#include "core/trainer.h"

#include <gmock/gmock.h>
#include <torch/optim/sgd.h>

#include <cmath>
#include <thread>

#include "core/one_cycle.h"
#include "core/torch/digit_net.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

struct Course {
    std::vector<StepRecord> steps;
    std::vector<EpochRecord> epochs;
    std::vector<std::uint8_t> predictions;
    std::vector<PercentileRecord> percentiles;
    std::string checkpoint;  ///< after the first epoch
    std::string model;       ///< at the end
};

/// Trains to the end, or for so many epochs.
Course train(const TrainingConfig& config, std::size_t model,
             const std::shared_ptr<const Dataset>& dataset,
             const std::optional<std::string>& checkpoint = std::nullopt,
             bool samplesLayers = true) {
    Course course;
    const auto trainer = makeTrainer({config, model, dataset, checkpoint, samplesLayers});
    for (ModelPhase phase = ModelPhase::Training; phase != ModelPhase::Finished;) {
        const Slice slice = trainer->step();
        phase = slice.phase;
        if (slice.step) {
            course.steps.push_back(*slice.step);
        }
        if (slice.sample) {
            course.percentiles.push_back(slice.sample->record);
        }
        if (slice.epoch) {
            course.epochs.push_back(*slice.epoch);
            course.epochs.back().seconds = 0.0;
            course.predictions = slice.evaluation->predictions;
            if (trainer->epochsFinished() == 1) {
                course.checkpoint = trainer->checkpoint();
            }
        }
    }
    course.model = trainer->model();
    return course;
}

/// torch settles its threads per thread: each training gets a fresh one, as in the program.
Course trainOnItsOwnThread(const TrainingConfig& config, std::size_t model,
                           const std::shared_ptr<const Dataset>& dataset,
                           const std::optional<std::string>& checkpoint = std::nullopt,
                           bool samplesLayers = true) {
    Course course;
    std::thread([&] { course = train(config, model, dataset, checkpoint, samplesLayers); }).join();
    return course;
}

void expectEqual(const Course& a, const Course& b) {
    EXPECT_EQ(a.steps, b.steps);
    EXPECT_EQ(a.epochs, b.epochs);
    EXPECT_EQ(a.predictions, b.predictions);
    EXPECT_EQ(a.model, b.model);
}

TrainingConfig configOf(std::initializer_list<const char*> models) {
    TrainingConfig config;
    for (const char* model : models) {
        config.models.push_back(parseModel(model));
    }
    config.cycles = {2};
    config.batchSize = 32;
    return config;
}

const auto dataset = testing::makeDataset(150, 60);

TEST(Trainer, GivesTheSameNumbersAloneAndBesideOthers) {
    const TrainingConfig together = configOf({"batch=batch:l1=1e-3", "layer=layer", "group=group"});
    std::vector<Course> courses(3);
    {
        std::vector<std::jthread> threads;
        for (std::size_t model = 0; model < 3; ++model) {
            threads.emplace_back([&, model] { courses[model] = train(together, model, dataset); });
        }
    }
    for (std::size_t model = 0; model < 3; ++model) {
        TrainingConfig alone = together;
        alone.models = {together.models[model]};
        expectEqual(trainOnItsOwnThread(alone, 0, dataset), courses[model]);
    }
    EXPECT_NE(courses[1].steps, courses[2].steps);
}

TEST(Trainer, TheSeedDecides) {
    TrainingConfig config = configOf({"batch=batch"});
    config.augmentation = Augmentation::Affine;
    const Course first = trainOnItsOwnThread(config, 0, dataset);
    expectEqual(trainOnItsOwnThread(config, 0, dataset), first);
    config.seed = 2;
    EXPECT_NE(trainOnItsOwnThread(config, 0, dataset).steps, first.steps);
}

class Kinds : public ::testing::TestWithParam<const char*> {};

TEST_P(Kinds, ResumedTrainingEqualsAnUninterruptedOne) {
    TrainingConfig config = configOf({GetParam()});
    config.cycles = {3};
    config.augmentation = Augmentation::Affine;
    const Course whole = trainOnItsOwnThread(config, 0, dataset);
    const Course rest = trainOnItsOwnThread(config, 0, dataset, whole.checkpoint);
    ASSERT_EQ(whole.steps.size(), 15U);
    EXPECT_EQ(rest.steps, std::vector(whole.steps.begin() + 5, whole.steps.end()));
    EXPECT_EQ(rest.epochs, std::vector(whole.epochs.begin() + 1, whole.epochs.end()));
    EXPECT_EQ(rest.predictions, whole.predictions);
    EXPECT_EQ(rest.model, whole.model);
    // Mini-batches 8 and 15 of 1, 2, 4, 8, 15.
    ASSERT_EQ(whole.percentiles.size(), 5U);
    EXPECT_EQ(rest.percentiles,
              std::vector(whole.percentiles.begin() + 3, whole.percentiles.end()));
    EXPECT_EQ(rest.percentiles[0].step, 8);
    EXPECT_EQ(rest.percentiles[0].epoch, 2);
}

TEST_P(Kinds, SamplingTheLayersChangesNoNumber) {
    const TrainingConfig config = configOf({GetParam()});
    const Course sampled = trainOnItsOwnThread(config, 0, dataset);
    const Course plain =
        trainOnItsOwnThread(config, 0, dataset, std::nullopt, /*samplesLayers=*/false);
    expectEqual(sampled, plain);
    EXPECT_EQ(sampled.checkpoint, plain.checkpoint);
    EXPECT_FALSE(sampled.percentiles.empty());
    EXPECT_TRUE(plain.percentiles.empty());
}

/// The training loop that every tutorial writes: all of the loss goes through autograd.
std::vector<StepRecord> plainLoop(const TrainingConfig& config) {
    DigitNet start(config.models[0].network, config.seed);
    DigitNet net(config.models[0].network, config.seed + 1);
    net.load(start.state());
    std::vector<torch::Tensor> parameters;
    for (torch::Tensor& parameter : net.layers()->parameters()) {
        parameter.mutable_grad() = torch::Tensor();
        parameters.push_back(parameter);
    }
    torch::optim::SGD optimizer(parameters, torch::optim::SGDOptions(0.1));
    auto& options =
        static_cast<torch::optim::SGDOptions&>(optimizer.param_groups().front().options());
    const int epochs = config.cycles.front();
    const OneCycle cycle(epochs, config.learningRate);
    // The order of the images is the trainer's own business: it is read off its steps by training
    // on all images at once.
    std::vector<int> all(static_cast<std::size_t>(dataset->train.size()));
    std::iota(all.begin(), all.end(), 0);
    std::vector<std::int64_t> labels(dataset->train.labels.begin(), dataset->train.labels.end());
    std::vector<StepRecord> steps;
    net.train(true);
    for (std::int64_t step = 0; step < epochs; ++step) {
        options.lr(cycle.learningRate(step));
        options.momentum(cycle.momentum(step));
        optimizer.zero_grad();
        const torch::Tensor scores = net.forward(networkInput(dataset->train, all));
        const torch::Tensor target = torch::tensor(labels);
        const torch::Tensor loss = torch::nll_loss(scores, target);
        torch::Tensor penalty = torch::zeros({});
        for (const torch::Tensor& parameter : parameters) {
            penalty = penalty + parameter.abs().sum();
        }
        penalty = config.models[0].l1 * penalty;
        (loss + penalty).backward();
        optimizer.step();
        steps.push_back({step + 1, static_cast<int>(step) + 1, loss.item<float>(),
                         scores.argmax(1).eq(target).to(torch::kFloat).mean().item<float>(),
                         penalty.item<float>()});
    }
    return steps;
}

TEST_P(Kinds, EqualsAPlainLoopWithThePenaltyInItsLoss) {
    TrainingConfig config = configOf({GetParam()});
    config.models[0].l1 = 3e-3;
    // Few steps: rounding differs, and the first ReLU that flips leads the two apart.
    config.cycles = {5};
    config.batchSize = dataset->train.size();
    const Course course = trainOnItsOwnThread(config, 0, dataset);
    const std::vector<StepRecord> plain = plainLoop(config);
    ASSERT_EQ(course.steps.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        // The order of the images within the batch differs, and with it the last digits.
        EXPECT_NEAR(course.steps[i].loss, plain[i].loss, 2e-4 * plain[i].loss) << i;
        EXPECT_NEAR(course.steps[i].l1Penalty, plain[i].l1Penalty, 1e-4 * plain[i].l1Penalty) << i;
        EXPECT_NEAR(course.steps[i].accuracy, plain[i].accuracy, 0.014) << i;
    }
    if (config.models[0].network.kind != NormKind::None) {  // which takes longer to get going
        EXPECT_LT(plain.back().loss, plain.front().loss);
    }
}

INSTANTIATE_TEST_SUITE_P(Models, Kinds,
                         ::testing::Values("a=none", "a=batch", "a=layer", "a=group",
                                           "a=instance"));

TEST(Trainer, EveryImageIsSeenOnceAnEpochAndInAnotherOrder) {
    // With one image a mini-batch and a rate of almost zero, the losses name the images.
    TrainingConfig config = configOf({"a=none"});
    config.batchSize = 1;
    config.learningRate = 1e-20;
    const Course course = trainOnItsOwnThread(config, 0, dataset);
    ASSERT_EQ(course.steps.size(), 300U);
    std::vector<float> first;
    std::vector<float> second;
    for (const StepRecord& step : course.steps) {
        (step.epoch == 1 ? first : second).push_back(step.loss);
    }
    EXPECT_NE(first, second);
    std::ranges::sort(first);
    std::ranges::sort(second);
    EXPECT_EQ(first, second);
}

TEST(Trainer, ShortLastMiniBatchAndLimitOnImages) {
    TrainingConfig config = configOf({"a=batch"});
    config.trainLimit = 70;
    EXPECT_EQ(stepsPerEpoch(config, 150), 3);
    EXPECT_EQ(trainOnItsOwnThread(config, 0, dataset).steps.size(), 6U);
    config.trainLimit = 1000;
    EXPECT_EQ(trainingImages(config, 150), 150);
    EXPECT_EQ(stepsPerEpoch(config, 150), 5);
}

TEST(Trainer, EpochFiguresAreMeansOverTheImages) {
    const TrainingConfig config = configOf({"a=layer:l1=1e-3"});
    const Course course = trainOnItsOwnThread(config, 0, dataset);
    const std::vector<double> weights{32, 32, 32, 32, 22};
    double loss = 0.0;
    double penalty = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        loss += course.steps[i].loss * weights[i] / 150;
        penalty += course.steps[i].l1Penalty * weights[i] / 150;
    }
    EXPECT_NEAR(course.epochs[0].trainLoss, loss, 1e-9);
    EXPECT_NEAR(course.epochs[0].l1Penalty, penalty, 1e-9);
    EXPECT_GT(penalty, 0.0);
}

TEST(Trainer, MoreEpochsAreACycleOfTheirOwn) {
    TrainingConfig config = configOf({"a=group"});
    config.cycles = {1, 1};
    const Course course = trainOnItsOwnThread(config, 0, dataset);
    EXPECT_EQ(course.epochs.size(), 2U);
    EXPECT_DOUBLE_EQ(course.epochs[0].learningRate, config.learningRate / 250'000);
    EXPECT_DOUBLE_EQ(course.epochs[1].learningRate, config.learningRate / 250'000);
    TrainingConfig shorter = config;
    shorter.cycles = {1};
    const Course first = trainOnItsOwnThread(shorter, 0, dataset);
    EXPECT_EQ(first.steps, std::vector(course.steps.begin(), course.steps.begin() + 5));
}

TEST(Trainer, TinyBatchesTrain) {
    TrainingConfig config = configOf({"a=batch", "b=instance"});
    config.batchSize = 1;
    config.trainLimit = 5;
    config.cycles = {1};
    for (std::size_t model = 0; model < 2; ++model) {
        EXPECT_EQ(trainOnItsOwnThread(config, model, dataset).steps.size(), 5U);
    }
}

TEST(Trainer, LearnsWhatCanBeLearned) {
    TrainingConfig config = configOf({"a=batch"});
    config.cycles = {6};
    const Course course = trainOnItsOwnThread(config, 0, dataset);
    EXPECT_GT(course.epochs.back().testAccuracy, 0.9);
}

TEST(Trainer, DivergenceIsToldInASentence) {
    TrainingConfig config = configOf({"a=none"});
    config.learningRate = 1e30;
    EXPECT_THAT(testing::thrownBy([&] { train(config, 0, dataset); }),
                ::testing::AllOf(::testing::HasSubstr("\"a\" is no longer a number"),
                                 ::testing::HasSubstr("learning rate below 1e+30")));
}

TEST(Trainer, RefusesACheckpointOfAnotherTraining) {
    const TrainingConfig config = configOf({"a=layer"});
    const std::string checkpoint = trainOnItsOwnThread(config, 0, dataset).checkpoint;
    const auto problem = [&](const TrainingConfig& other, const std::string& content) {
        return testing::thrownBy([&] { makeTrainer({other, 0, dataset, content}); });
    };
    EXPECT_EQ(problem(config, checkpoint), "");
    EXPECT_THAT(problem(config, checkpoint.substr(0, 1000)), ::testing::HasSubstr("damaged"));
    EXPECT_THAT(problem(configOf({"a=batch"}), checkpoint), ::testing::HasSubstr("is missing"));
    TensorDict absurd = unpackTensors(checkpoint, "");
    for (auto& [name, tensor] : absurd) {
        tensor = name == "epochs_finished" ? torch::tensor(1e30) : tensor;
    }
    EXPECT_EQ(problem(config, packTensors(absurd)),
              "The checkpoint of a is of another training than comparison.json tells.");
    TrainingConfig seeded = config;
    seeded.seed = 7;
    EXPECT_THAT(problem(seeded, checkpoint), ::testing::HasSubstr("another training"));
}

}  // namespace
}  // namespace normscope
