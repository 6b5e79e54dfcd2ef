#include "core/experiment.h"

#include <gmock/gmock.h>

#include <limits>

#include "core/experiment_json.h"
#include "core/experiment_runner.h"
#include "core/model_training.h"
#include "core/run_writer.h"
#include "tests/core/fake_trainer.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::makeDataset;
using testing::makeFakeTrainer;
using ::testing::StartsWith;
using testing::TemporaryFolder;
using testing::thrownBy;

ExperimentSpec makeSpec(ExperimentKind kind) {
    ExperimentSpec spec;
    spec.kind = kind;
    spec.base.models = {parseModel("batch=batch"),
                        parseModel("four=group:groups=4,4,4,4,5,5:l1=1e-4")};
    spec.base.cycles = {2};
    spec.base.batchSize = 8;
    spec.base.learningRate = 0.1;
    spec.base.seed = 7;
    spec.seeds = 3;
    spec.sizes = {8, 4, 2};
    return spec;
}

std::vector<std::string> namesOf(const std::vector<ExperimentRun>& runs) {
    std::vector<std::string> names;
    for (const ExperimentRun& run : runs) {
        names.push_back(run.name);
    }
    return names;
}

std::string fieldRefused(const ExperimentSpec& spec) {
    try {
        planRuns(spec);
    } catch (const ConfigError& error) {
        return error.field();
    }
    return {};
}

/// Trains all models of the next run, `epochs` each if that is fewer than there are, and then dies
/// without a word.
void trainNext(const Experiment& experiment, const std::shared_ptr<const Dataset>& dataset,
               int epochs = std::numeric_limits<int>::max()) {
    const PreparedRun prepared =
        prepareExperimentRun(experiment, nextRun(experiment).value(), dataset, &makeFakeTrainer);
    for (std::size_t model = 0; model < prepared.run.models.size(); ++model) {
        if (isComplete(prepared, model)) {
            continue;
        }
        ModelTraining training(prepared, model, &makeFakeTrainer);
        while (!training.ended() && static_cast<int>(training.history().epochs.size()) < epochs) {
            training.step();
        }
    }
}

TEST(PlannedSeeds, CountOnFromTheFirst) {
    const auto runs = planRuns(makeSpec(ExperimentKind::Seeds));
    EXPECT_THAT(namesOf(runs), ElementsAre("seed-7", "seed-8", "seed-9"));
    for (std::size_t i = 0; i < runs.size(); ++i) {
        TrainingConfig expected = makeSpec(ExperimentKind::Seeds).base;
        expected.seed = 7 + i;
        EXPECT_EQ(runs[i].config, expected);
        EXPECT_FALSE(runs[i].complete);
    }
}

// Group Normalization, arXiv 1803.08494, section 4.1: the learning rate is 0.1 N / 32.
TEST(PlannedSizes, ScaleTheLearningRateAsThePaper) {
    ExperimentSpec spec = makeSpec(ExperimentKind::BatchSize);
    spec.base.batchSize = 32;
    spec.sizes = {32, 16, 2};
    const auto runs = planRuns(spec);
    EXPECT_THAT(namesOf(runs), ElementsAre("batch-32", "batch-16", "batch-2"));
    EXPECT_DOUBLE_EQ(runs[0].config.learningRate, 0.1);
    EXPECT_DOUBLE_EQ(runs[1].config.learningRate, 0.05);
    EXPECT_DOUBLE_EQ(runs[2].config.learningRate, 0.00625);
    EXPECT_EQ(runs[2].config.batchSize, 2);
    EXPECT_EQ(runs[2].config.cycles, spec.base.cycles);
    EXPECT_EQ(runs[2].config.seed, spec.base.seed);
}

TEST(PlannedRuns, AreRefusedByField) {
    ExperimentSpec seeds = makeSpec(ExperimentKind::Seeds);
    EXPECT_EQ(fieldRefused(seeds), "");
    seeds.seeds = 1;
    EXPECT_EQ(fieldRefused(seeds), "seeds");
    seeds.seeds = 1'000'000;
    EXPECT_EQ(fieldRefused(seeds), "seeds");
    seeds.seeds = 2;
    seeds.base.seed = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(fieldRefused(seeds), "seed");
    for (const std::vector<int>& sizes :
         {std::vector<int>{}, std::vector<int>{4, 4}, std::vector<int>(33, 1)}) {
        ExperimentSpec sweep = makeSpec(ExperimentKind::BatchSize);
        sweep.sizes = sizes;
        EXPECT_EQ(fieldRefused(sweep), "sizes");
    }
    ExperimentSpec sweep = makeSpec(ExperimentKind::BatchSize);
    sweep.sizes = {0};
    EXPECT_EQ(fieldRefused(sweep), "batch-size");
}

TEST(ExperimentCommand, IsWhatRunsIt) {
    EXPECT_EQ(experimentCommand(makeSpec(ExperimentKind::Seeds), "some where"),
              "normscope experiment --kind seeds --seeds 3 --model batch=batch --model "
              "four=group:groups=4,4,4,4,5,5:l1=1e-04 --epochs 2 --batch-size 8 --learning-rate "
              "0.1 --seed 7 --out 'some where'");
    EXPECT_THAT(experimentCommand(makeSpec(ExperimentKind::BatchSize), "x"),
                StartsWith("normscope experiment --kind batch-size --sizes 8,4,2 --model"));
}

TEST(ExperimentFile, ReadsBackAsWritten) {
    for (const ExperimentKind kind : {ExperimentKind::Seeds, ExperimentKind::BatchSize}) {
        ExperimentSpec spec = makeSpec(kind);
        if (kind == ExperimentKind::Seeds) {  // what the other kind is about is not kept
            spec.sizes = ExperimentSpec().sizes;
        } else {
            spec.seeds = ExperimentSpec().seeds;
        }
        spec.base.trainLimit = 100;
        spec.base.augmentation = Augmentation::Affine;
        spec.base.learningRate = 0.1 + 1e-17;
        spec.base.seed = std::numeric_limits<std::uint64_t>::max() / 2;
        spec.base.data = "/some where";
        const TemporaryFolder folder;
        const Experiment written = createExperiment(spec, folder.path() / "new");
        const Experiment read = readExperiment(folder.path() / "new");
        EXPECT_EQ(read.spec, spec);
        EXPECT_EQ(read.command, written.command);
        EXPECT_EQ(namesOf(read.runs), namesOf(written.runs));
        EXPECT_THAT(read.problems, IsEmpty());
        EXPECT_EQ(nextRun(read), 0U);
    }
}

TEST(ExperimentFile, NamesWhatIsWrong) {
    const std::string good = formatExperiment({.folder = {},
                                               .command = "x",
                                               .spec = makeSpec(ExperimentKind::Seeds),
                                               .runs = {},
                                               .problems = {}});
    const auto problemWith = [&](const std::string& what, const std::string& with) {
        std::string text = good;
        text.replace(text.find(what), what.size(), with);
        return thrownBy([&] { parseExperiment(text, "file"); });
    };
    EXPECT_THAT(problemWith("\"seeds\",", "\"moons\","), HasSubstr("kind"));
    EXPECT_THAT(problemWith("\"seeds\": 3", "\"seeds\": 1"), HasSubstr("seeds"));
    EXPECT_THAT(problemWith("batch=batch", "batch=bath"), HasSubstr("bath"));
    EXPECT_THAT(problemWith("\"epochs\": 2", "\"epochs\": 1e99"), HasSubstr("epochs"));
    EXPECT_THAT(problemWith("{", "["), HasSubstr("file is not valid JSON"));
}

TEST(NewExperiment, LeavesFoldersOfOthersAlone) {
    const TemporaryFolder folder;
    const ExperimentSpec spec = makeSpec(ExperimentKind::Seeds);
    testing::writeAll(folder.path() / "letter.txt", "mine");
    EXPECT_THAT(thrownBy([&] { createExperiment(spec, folder.path()); }),
                HasSubstr(folder.path().string()));
    EXPECT_THAT(thrownBy([&] { createExperiment(spec, folder.path() / "letter.txt"); }),
                HasSubstr("letter.txt"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / kExperimentFile));
    // What was killed while it wrote its first file is no obstacle.
    std::filesystem::create_directory(folder.path() / "begun");
    testing::writeAll(folder.path() / "begun" / "experiment.json.part", "{");
    createExperiment(spec, folder.path() / "begun");
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "begun" / kExperimentFile));
}

TEST(Experiment, GoesOnFromWhereItWas) {
    const TemporaryFolder folder;
    const auto dataset = makeDataset(32, 10);
    createExperiment(makeSpec(ExperimentKind::Seeds), folder.path());

    Experiment experiment = readExperiment(folder.path());
    trainNext(experiment, dataset);
    refreshRun(experiment, 0);
    EXPECT_TRUE(experiment.runs[0].complete);
    EXPECT_EQ(experiment.runs[0].run->models[0].epochs.size(), 2U);
    EXPECT_THAT(experiment.runs[0].run->models[0].steps, IsEmpty());
    const std::string finished = testing::readAll(folder.path() / "seed-7" / kComparisonFile);

    EXPECT_EQ(nextRun(experiment), 1U);
    trainNext(experiment, dataset, /*epochs=*/1);
    experiment = readExperiment(folder.path());
    EXPECT_EQ(nextRun(experiment), 1U);
    EXPECT_EQ(experiment.runs[1].run->models[1].epochs.size(), 1U);
    // Per model 4 mini-batches an epoch.
    EXPECT_EQ(stepsOf(experiment, 32), 3 * 2 * 2 * 4);
    EXPECT_EQ(stepsDone(experiment.runs[0], 32), 2 * 2 * 4);
    EXPECT_EQ(stepsDone(experiment.runs[1], 32), 2 * 4);
    EXPECT_EQ(stepsDone(experiment.runs[2], 32), 0);

    trainNext(experiment, dataset);
    experiment = readExperiment(folder.path());
    trainNext(experiment, dataset);
    experiment = readExperiment(folder.path());
    EXPECT_EQ(nextRun(experiment), std::nullopt);
    EXPECT_THAT(experiment.problems, IsEmpty());
    EXPECT_EQ(testing::readAll(folder.path() / "seed-7" / kComparisonFile), finished);
    EXPECT_EQ(readRun(folder.path() / "seed-8").models[0].steps.size(), 8U);
}

TEST(Experiment, CountsWhatDivergedAsDone) {
    const TemporaryFolder folder;
    ExperimentSpec spec = makeSpec(ExperimentKind::BatchSize);
    spec.base.learningRate = 8.0;  // the fake diverges above 1: scaled, with 8 and 4 and 2
    createExperiment(spec, folder.path());
    Experiment experiment = readExperiment(folder.path());
    trainNext(experiment, makeDataset(32, 10));
    refreshRun(experiment, 0);
    EXPECT_TRUE(experiment.runs[0].complete);
    EXPECT_EQ(experiment.runs[0].run->models[0].outcome, Outcome::Failed);
    EXPECT_EQ(stepsDone(experiment.runs[0], 32), stepsOf(experiment.runs[0], 32));
}

TEST(Experiment, RefusesOtherImages) {
    const TemporaryFolder folder;
    createExperiment(makeSpec(ExperimentKind::Seeds), folder.path());
    Experiment experiment = readExperiment(folder.path());
    trainNext(experiment, makeDataset(32, 10));
    experiment = readExperiment(folder.path());
    auto other = std::make_shared<Dataset>(*makeDataset(32, 10));
    other->checksum = "another";
    EXPECT_THAT(thrownBy([&] { trainNext(experiment, other); }), HasSubstr("other images"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "seed-8"));
}

TEST(Experiment, WritesNothingOverWhatItDoesNotUnderstand) {
    const TemporaryFolder folder;
    const auto dataset = makeDataset(32, 10);
    createExperiment(makeSpec(ExperimentKind::Seeds), folder.path());
    Experiment experiment = readExperiment(folder.path());
    trainNext(experiment, dataset);
    // The run of another batch size in the place of the next.
    TrainingConfig other = experiment.runs[1].config;
    other.batchSize = 4;
    RunWriter::create(prepareNewRun(other, folder.path() / "seed-8", dataset).run);
    experiment = readExperiment(folder.path());
    ASSERT_EQ(experiment.problems.size(), 1U);
    EXPECT_THAT(experiment.problems[0], HasSubstr("seed-8"));
    EXPECT_THAT(thrownBy([&] { trainNext(experiment, dataset); }), HasSubstr("seed-8"));

    testing::writeAll(folder.path() / "seed-8" / kComparisonFile, "{");
    experiment = readExperiment(folder.path());
    EXPECT_TRUE(experiment.runs[0].complete);  // as far as it is whole
    EXPECT_EQ(experiment.runs[1].run, nullptr);
    EXPECT_EQ(experiment.problems.size(), 1U);
}

}  // namespace
}  // namespace normscope
