#include "core/experiment_results.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>

#include "core/experiment_duration.h"

namespace normscope {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

constexpr int kTestTotal = 1000;

EpochRecord epochWith(int number, int wrong, double testLoss = 0.0) {
    return {.epoch = number,
            .trainLoss = 2.0 * testLoss,
            .trainAccuracy = 0.5,
            .testLoss = testLoss,
            .testAccuracy = 1.0 - static_cast<double>(wrong) / kTestTotal,
            .learningRate = 0.1,
            .seconds = 2.0,
            .l1Penalty = 0.0};
}

ModelHistory historyOf(const std::vector<int>& wrongs) {
    ModelHistory history;
    for (const int wrong : wrongs) {
        const int epoch = static_cast<int>(history.epochs.size()) + 1;
        history.epochs.push_back(epochWith(epoch, wrong, 0.001 * wrong));
    }
    history.outcome = Outcome::Finished;
    return history;
}

/// An experiment whose models are labelled a, b, ..., with these counts after its epochs,
/// [run][model][epoch].
Experiment experimentWith(ExperimentKind kind,
                          const std::vector<std::vector<std::vector<int>>>& wrongs) {
    Experiment experiment;
    experiment.spec.kind = kind;
    for (std::size_t model = 0; model < wrongs.front().size(); ++model) {
        experiment.spec.base.models.push_back(
            parseModel(std::string(1, static_cast<char>('a' + model)) + "=batch"));
    }
    experiment.spec.base.cycles = {static_cast<int>(wrongs.front().front().size())};
    experiment.spec.seeds = static_cast<int>(wrongs.size());
    experiment.spec.sizes = {32, 16, 8, 4, 2};
    experiment.spec.sizes.resize(wrongs.size());
    experiment.runs = planRuns(experiment.spec);
    for (std::size_t i = 0; i < wrongs.size(); ++i) {
        Run run;
        run.config = experiment.runs[i].config;
        run.dataset.trainTotal = 100;
        run.dataset.testTotal = kTestTotal;
        for (const auto& model : wrongs[i]) {
            run.models.push_back(historyOf(model));
        }
        experiment.runs[i].run = std::make_shared<const Run>(std::move(run));
        experiment.runs[i].complete = true;
    }
    return experiment;
}

void edit(ExperimentRun& run, const std::function<void(Run&)>& change) {
    Run edited = *run.run;
    change(edited);
    run.run = std::make_shared<const Run>(std::move(edited));
}

// Student 1908, Biometrika 6:1: hours of sleep gained under two drugs, in tenths and 100 more. The
// paired differences have mean -1.58 and, as R's t.test(paired = TRUE) on its data set `sleep`
// prints, the interval -2.4598858 to -0.7001142.
TEST(SeedResults, PairedDifferenceIsStudents) {
    const std::vector<int> first{107, 84, 98, 88, 99, 134, 137, 108, 100, 120};
    const std::vector<int> second{119, 108, 111, 101, 99, 144, 155, 116, 146, 134};
    std::vector<std::vector<std::vector<int>>> wrongs;
    for (std::size_t seed = 0; seed < first.size(); ++seed) {
        wrongs.push_back({{first[seed]}, {second[seed]}});
    }
    const SeedResults results = seedResults(experimentWith(ExperimentKind::Seeds, wrongs));
    ASSERT_EQ(results.pairs.size(), 1U);
    const PairedDifference& pair = results.pairs[0];
    EXPECT_EQ(pair.difference.count, 10);
    EXPECT_NEAR(pair.difference.mean, -15.8, 1e-9);
    EXPECT_NEAR(pair.difference.interval.low, -24.598858, 1e-6);
    EXPECT_NEAR(pair.difference.interval.high, -7.001142, 1e-6);
    EXPECT_TRUE(pair.isClear());
    EXPECT_NEAR(results.models[0].mean.mean, 107.5, 1e-9);
    EXPECT_NEAR(results.models[0].mean.deviation, 17.890, 1e-3);
    EXPECT_EQ(results.testTotal, kTestTotal);
}

// Bailey 1977, J. Am. Stat. Assoc. 72:469, table of Bonferroni t: 3 comparisons, 4 degrees of
// freedom, 95 %: 3.961.
TEST(SeedResults, IntervalsHoldTogether) {
    const SeedResults results =
        seedResults(experimentWith(ExperimentKind::Seeds, {{{10}, {12}, {20}},
                                                           {{11}, {10}, {20}},
                                                           {{12}, {14}, {20}},
                                                           {{13}, {12}, {20}},
                                                           {{14}, {17}, {20}}}));
    ASSERT_EQ(results.pairs.size(), 3U);
    const MeanEstimate& difference = results.pairs[2].difference;  // b and c
    const double reach = difference.interval.high - difference.mean;
    EXPECT_NEAR(reach / (difference.deviation / std::sqrt(5.0)), 3.961, 0.0006);
    EXPECT_EQ(results.pairs[2].first, 1U);
    EXPECT_EQ(results.pairs[2].second, 2U);
    // a against b: 2, -1, 2, -1, 3 more under b, which is no more than chance.
    EXPECT_FALSE(results.pairs[0].isClear());
    EXPECT_TRUE(results.pairs[1].isClear());
    // The interval of each mean is not widened: t(0.975, 4) = 2.776.
    const MeanEstimate& mean = results.models[0].mean;
    EXPECT_NEAR((mean.interval.high - mean.mean) / (mean.deviation / std::sqrt(5.0)), 2.776,
                0.0006);
}

TEST(SeedResults, BandsAreOverTheSeedsThatHaveHadTheEpoch) {
    Experiment experiment =
        experimentWith(ExperimentKind::Seeds, {{{40, 20}}, {{60, 30}}, {{50, 25}}});
    edit(experiment.runs[2], [](auto& run) {
        run.models[0].epochs.pop_back();
        run.models[0].outcome = Outcome::Running;
    });
    const SeedResults results = seedResults(experiment);
    const std::vector<EpochBand>& bands = results.models[0].epochs;
    ASSERT_EQ(bands.size(), 2U);
    EXPECT_EQ(bands[0].epoch, 1);
    EXPECT_EQ(bands[0].testLoss.count, 3);
    EXPECT_NEAR(bands[0].testLoss.mean, 0.05, 1e-12);
    EXPECT_NEAR(bands[0].testLoss.deviation, 0.01, 1e-12);
    EXPECT_NEAR(bands[0].trainLoss.mean, 0.1, 1e-12);
    EXPECT_NEAR(bands[0].testAccuracy.mean, 0.95, 1e-12);
    EXPECT_NEAR(bands[0].trainAccuracy.mean, 0.5, 1e-12);
    EXPECT_EQ(bands[1].testLoss.count, 2);
    EXPECT_NEAR(bands[1].testLoss.mean, 0.025, 1e-12);
    EXPECT_THAT(results.models[0].wrong, ElementsAre(20, 30, std::nullopt));
}

TEST(SeedResults, LeaveOutWhatDiverged) {
    Experiment experiment =
        experimentWith(ExperimentKind::Seeds, {{{40}, {41}}, {{50}, {50}}, {{900, 950}, {52}}});
    edit(experiment.runs[2], [](auto& run) { run.models[0].outcome = Outcome::Failed; });
    const SeedResults results = seedResults(experiment);
    EXPECT_EQ(results.models[0].diverged, 1);
    EXPECT_EQ(results.models[0].mean.count, 2);
    EXPECT_NEAR(results.models[0].mean.mean, 45.0, 1e-12);
    EXPECT_EQ(results.models[1].mean.count, 3);
    ASSERT_EQ(results.models[0].epochs.size(), 1U);  // those of the others
    EXPECT_EQ(results.models[0].epochs[0].testLoss.count, 2);
    EXPECT_NEAR(results.models[0].epochs[0].testLoss.mean, 0.045, 1e-12);
    EXPECT_EQ(results.models[1].epochs[0].testLoss.count, 3);
    EXPECT_EQ(results.pairs[0].difference.count, 2);  // the seeds that both have finished
    EXPECT_NEAR(results.pairs[0].difference.mean, -0.5, 1e-12);
}

TEST(SeedResults, ClaimNothingFromNothing) {
    Experiment experiment =
        experimentWith(ExperimentKind::Seeds, {{{40}, {50}}, {{41}, {51}}, {{42}, {52}}});
    // Always ten more: no spread to take an interval from.
    EXPECT_FALSE(seedResults(experiment).pairs[0].isClear());
    for (ExperimentRun& run : experiment.runs) {
        run.run.reset();
    }
    const SeedResults nothing = seedResults(experiment);
    EXPECT_EQ(nothing.testTotal, 0);
    EXPECT_EQ(nothing.models[0].mean.count, 0);
    EXPECT_TRUE(nothing.models[0].epochs.empty());
    EXPECT_FALSE(nothing.pairs[0].isClear());
}

TEST(SweepResults, AreTheMedianOfTheLastFiveEpochs) {
    Experiment experiment =
        experimentWith(ExperimentKind::BatchSize,
                       {{{900, 800, 14, 11, 10, 90, 12}}, {{900, 800, 700, 60, 50, 40, 30}}});
    SweepResults results = sweepResults(experiment);
    EXPECT_EQ(results.epochs, kLastEpochs);
    EXPECT_THAT(results.sizes, ElementsAre(32, 16));
    EXPECT_NEAR(results.models[0][0].error.value(), 1.2, 1e-9);
    EXPECT_NEAR(results.models[0][1].error.value(), 5.0, 1e-9);

    edit(experiment.runs[0], [](auto& run) { run.models[0].outcome = Outcome::Failed; });
    edit(experiment.runs[1], [](auto& run) { run.models[0].epochs.pop_back(); });
    results = sweepResults(experiment);
    EXPECT_FALSE(results.models[0][0].error);
    EXPECT_TRUE(results.models[0][0].diverged);
    EXPECT_FALSE(results.models[0][1].error);  // the last epochs are still to come
    EXPECT_FALSE(results.models[0][1].diverged);
}

TEST(SweepResults, TakeWhatEpochsThereAre) {
    const SweepResults results =
        sweepResults(experimentWith(ExperimentKind::BatchSize, {{{30, 10}}}));
    EXPECT_EQ(results.epochs, 2);
    EXPECT_NEAR(results.models[0][0].error.value(), 2.0, 1e-9);
}

TEST(ExpectedTime, IsThatOfTheSlowestModel) {
    Experiment experiment =
        experimentWith(ExperimentKind::Seeds, {{{1, 1}, {1, 1}}, {{1, 1}, {1, 1}}});
    edit(experiment.runs[0], [](auto& run) { run.models[1].epochs[0].seconds = 6.0; });
    const auto& run = *experiment.runs[0].run;  // 2 epochs of 100 images: 8 seconds
    const auto speed = measuredSpeed(run);
    ASSERT_TRUE(speed);
    EXPECT_NEAR(speed->secondsPerImage, 0.04, 1e-12);

    ExperimentSpec spec = experiment.spec;
    spec.seeds = 5;
    spec.base.cycles = {3};
    EXPECT_NEAR(expectedSeconds(spec, *speed).value(), 5 * 3 * 100 * 0.04, 1e-9);
    spec.base.trainLimit = 10;
    EXPECT_NEAR(expectedSeconds(spec, *speed).value(), 5 * 3 * 10 * 0.04, 1e-9);
    spec.base.batchSize = 32;
    EXPECT_EQ(expectedSeconds(spec, *speed), std::nullopt);
    spec.kind = ExperimentKind::BatchSize;
    spec.sizes = {64, 2};
    EXPECT_NEAR(expectedSeconds(spec, *speed).value(), 2 * 3 * 10 * 0.04, 1e-9);
    spec.sizes = {128, 2};
    EXPECT_EQ(expectedSeconds(spec, *speed), std::nullopt);
    spec.sizes = {2};
    spec.base.models.pop_back();
    EXPECT_EQ(expectedSeconds(spec, *speed), std::nullopt);

    edit(experiment.runs[0], [](auto& other) { other.models[0].epochs.clear(); });
    EXPECT_EQ(measuredSpeed(*experiment.runs[0].run), std::nullopt);
}

}  // namespace
}  // namespace normscope
