#include "core/model_training.h"

#include <gmock/gmock.h>

#include "core/run_writer.h"
#include "tests/core/fake_trainer.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

using ::testing::HasSubstr;
using testing::makeFakeTrainer;
using testing::readAll;
using testing::TemporaryFolder;

class Training : public ::testing::Test {
  protected:
    PreparedRun prepare() {
        PreparedRun prepared = prepareNewRun(config_, folder_.path() / "run", dataset_);
        prepared.writer = RunWriter::create(prepared.run);
        return prepared;
    }
    PreparedRun goOn(int moreEpochs) {
        auto [lock, run] = readLocked(folder_.path() / "run");
        PreparedRun prepared =
            prepareContinuation(std::move(run), moreEpochs, dataset_, &makeFakeTrainer);
        prepared.writer = RunWriter::reopen(prepared.run, std::move(lock));
        return prepared;
    }
    static void finish(ModelTraining& training) {
        while (!training.ended()) {
            training.step();
        }
    }
    std::filesystem::path file(const char* name) const {
        return folder_.path() / "run/batch" / name;
    }
    normscope::Run read() const { return readRun(folder_.path() / "run"); }

    TemporaryFolder folder_;
    std::shared_ptr<const Dataset> dataset_ = testing::makeDataset(100, 20);
    TrainingConfig config_ = [] {
        TrainingConfig config;
        config.models = {parseModel("batch=batch"), parseModel("layer=layer:l1=1e-3")};
        config.cycles = {2};
        config.batchSize = 30;
        return config;
    }();
};

TEST_F(Training, WritesTheRunFolderAndReadsItBack) {
    const PreparedRun prepared = prepare();
    ModelTraining training(prepared, 0, &makeFakeTrainer);
    finish(training);

    const normscope::Run run = read();
    EXPECT_EQ(run.config.models, config_.models);
    EXPECT_TRUE(run.problems.empty());
    EXPECT_EQ(run.models[0].outcome, Outcome::Finished);
    EXPECT_EQ(run.models[0].epochs, training.history().epochs);
    EXPECT_EQ(run.models[0].steps, training.history().steps);
    EXPECT_EQ(run.models[0].steps.size(), 8U);  // 4 mini-batches of at most 30 images, twice
    EXPECT_EQ(run.models[0].evaluation->predictions, training.history().evaluation->predictions);
    EXPECT_EQ(run.models[0].evaluation->loss, 0.125);
    EXPECT_EQ(run.models[0].percentiles, training.history().percentiles);
    EXPECT_EQ(run.models[0].percentiles.size(), 4U);  // mini-batches 1, 2, 4 and 8
    EXPECT_EQ(run.models[0].epochPredictions,
              std::vector(2, run.models[0].evaluation->predictions));
    EXPECT_EQ(run.models[1].outcome, Outcome::Running);
    EXPECT_EQ(readAll(file(kModelFile)), "model after 2");
    EXPECT_EQ(readAll(file(kCheckpointFile)), "2");
    EXPECT_EQ(readCheckpoint(run, 0), "2");
    EXPECT_EQ(readCheckpoint(run, 1), std::nullopt);
}

TEST_F(Training, SnapshotsCarryEveryMeasurementOnce) {
    const PreparedRun prepared = prepare();
    ModelTraining training(prepared, 0, &makeFakeTrainer);
    std::vector<StepRecord> steps;
    std::vector<EpochRecord> epochs;
    std::vector<PercentileRecord> percentiles;
    for (int slice = 0; !training.ended(); ++slice) {
        training.step();
        if (slice % 3 == 0 || training.ended()) {
            const TrainingSnapshot snapshot = training.takeSnapshot();
            steps.insert(steps.end(), snapshot.steps.begin(), snapshot.steps.end());
            epochs.insert(epochs.end(), snapshot.epochs.begin(), snapshot.epochs.end());
            percentiles.insert(percentiles.end(), snapshot.percentiles.begin(),
                               snapshot.percentiles.end());
            ASSERT_EQ(snapshot.percentiles.empty(), snapshot.sample == nullptr);
            if (snapshot.sample) {
                EXPECT_EQ(snapshot.sample->record, snapshot.percentiles.back());
            }
            EXPECT_EQ(snapshot.totalSteps, 8);
            EXPECT_EQ(snapshot.totalEpochs, 2);
        }
    }
    EXPECT_EQ(steps, training.history().steps);
    EXPECT_EQ(epochs, training.history().epochs);
    EXPECT_EQ(percentiles, training.history().percentiles);
    EXPECT_EQ(percentiles.size(), 4U);
    EXPECT_EQ(training.takeSnapshot().phase, ModelPhase::Finished);
}

TEST_F(Training, AStoppedRunGoesOnFromItsLastFinishedEpoch) {
    {
        const PreparedRun prepared = prepare();
        ModelTraining training(prepared, 0, &makeFakeTrainer);
        for (int slice = 0; slice < 7; ++slice) {
            training.step();  // an epoch of 4 mini-batches, its evaluation, 2 mini-batches
        }
        training.stop();
        EXPECT_EQ(training.takeSnapshot().phase, ModelPhase::Stopped);
    }
    const normscope::Run stopped = read();
    EXPECT_EQ(stopped.models[0].outcome, Outcome::Stopped);
    EXPECT_EQ(stopped.models[0].steps.size(), 6U);
    EXPECT_EQ(stopped.models[0].epochs.size(), 1U);

    const PreparedRun continued = goOn(0);
    EXPECT_EQ(continued.run.models[0].steps.size(), 4U);
    ModelTraining training(continued, 0, &makeFakeTrainer);
    EXPECT_EQ(training.takeSnapshot().epoch, 2);
    finish(training);
    EXPECT_EQ(read().models[0].steps.size(), 8U);
    EXPECT_EQ(read().models[0].epochs.size(), 2U);
    EXPECT_EQ(read().models[0].outcome, Outcome::Finished);
}

TEST_F(Training, PercentilesOfAnUnfinishedEpochAreTakenAnew) {
    {
        const PreparedRun prepared = prepare();
        ModelTraining training(prepared, 0, &makeFakeTrainer);
        for (int slice = 0; slice < 9; ++slice) {
            training.step();  // both epochs but for the last evaluation
        }
        training.stop();
    }
    const auto stopped = read().models[0].percentiles;
    EXPECT_EQ(stopped.size(), 4U);  // mini-batches 1, 2, 4 and 8
    const PreparedRun continued = goOn(0);
    ModelTraining training(continued, 0, &makeFakeTrainer);
    EXPECT_EQ(training.history().percentiles.size(), 3U);
    finish(training);
    EXPECT_EQ(read().models[0].percentiles, stopped);
}

TEST_F(Training, ARunWithoutPercentilesIsWhole) {
    {
        const PreparedRun prepared = prepare();
        ModelTraining training(prepared, 0, &makeFakeTrainer);
        finish(training);
    }
    std::filesystem::remove(file(kPercentilesFile));
    EXPECT_TRUE(read().problems.empty());
    EXPECT_TRUE(read().models[0].percentiles.empty());
    EXPECT_EQ(read().models[0].steps.size(), 8U);
}

TEST_F(Training, AFinishedRunTakesMoreEpochs) {
    {
        const PreparedRun prepared = prepare();
        ModelTraining training(prepared, 0, &makeFakeTrainer);
        finish(training);
    }
    const PreparedRun continued = goOn(3);
    EXPECT_FALSE(isComplete(continued, 0));
    ModelTraining training(continued, 0, &makeFakeTrainer);
    finish(training);
    EXPECT_EQ(read().config.cycles, (std::vector<int>{2, 3}));
    EXPECT_EQ(read().models[0].epochs.size(), 5U);
    EXPECT_EQ(read().models[0].epochs.back().epoch, 5);
}

TEST_F(Training, OtherImagesAreRefused) {
    prepare();
    auto other = std::make_shared<Dataset>(*dataset_);
    other->checksum = "other";
    EXPECT_THAT(testing::thrownBy([&] { prepareContinuation(read(), 0, other, &makeFakeTrainer); }),
                HasSubstr("was trained on other images"));
}

TEST_F(Training, DivergenceKeepsWhatWasMeasured) {
    config_.learningRate = 2.0;
    {
        const PreparedRun prepared = prepare();
        ModelTraining training(prepared, 0, &makeFakeTrainer);
        finish(training);
        const TrainingSnapshot snapshot = training.takeSnapshot();
        EXPECT_EQ(snapshot.phase, ModelPhase::Failed);
        EXPECT_FALSE(snapshot.canGoOn);
        EXPECT_THAT(snapshot.error, HasSubstr("no longer a number"));
    }
    EXPECT_EQ(read().models[0].outcome, Outcome::Failed);
    EXPECT_EQ(read().models[0].steps.size(), 1U);
    EXPECT_EQ(read().models[1].outcome, Outcome::Running);
    EXPECT_TRUE(isComplete(goOn(5), 0));
}

TEST_F(Training, WhateverTheTrainerThrowsIsASnapshot) {
    config_.seed = 666;
    const PreparedRun prepared = prepare();
    ModelTraining training(prepared, 0, &makeFakeTrainer);
    training.step();
    EXPECT_EQ(training.takeSnapshot().error, "The fake trainer fails.");
    ModelTraining unmade(prepared, 0, [](const TrainerStart&) -> std::unique_ptr<Trainer> {
        throw std::runtime_error("No trainer.");
    });
    EXPECT_TRUE(unmade.ended());
    EXPECT_EQ(unmade.takeSnapshot().error, "No trainer.");
}

TEST_F(Training, OutOfMemoryItEndsAndGoesOnAnotherTime) {
    /// Has no memory for the sixth mini-batch, in the second epoch.
    class Forgetful : public testing::FakeTrainer {
      public:
        using FakeTrainer::FakeTrainer;
        Slice step() override {
            Slice slice = FakeTrainer::step();
            if (slice.step && slice.step->step == 6) {
                throw std::bad_alloc();
            }
            return slice;
        }
    };
    {
        const PreparedRun prepared = prepare();
        ModelTraining training(
            prepared, 0, [](const TrainerStart& s) { return std::make_unique<Forgetful>(s); });
        finish(training);
        const TrainingSnapshot snapshot = training.takeSnapshot();
        EXPECT_EQ(snapshot.phase, ModelPhase::Failed);
        EXPECT_TRUE(snapshot.canGoOn);
        EXPECT_THAT(snapshot.error, HasSubstr("not enough memory"));
    }
    EXPECT_EQ(read().models[0].outcome, Outcome::Stopped);
    EXPECT_THAT(read().models[0].error, HasSubstr("not enough memory"));
    const PreparedRun continued = goOn(0);
    ModelTraining training(continued, 0, &makeFakeTrainer);
    finish(training);
    EXPECT_EQ(read().models[0].outcome, Outcome::Finished);
    EXPECT_EQ(read().models[0].error, "");
    EXPECT_EQ(read().models[0].steps.size(), 8U);
}

TEST_F(Training, ALostFolderIsToldAndTheTrainingGoesOn) {
    const PreparedRun prepared = prepare();
    std::filesystem::remove_all(folder_.path() / "run");
    ModelTraining training(prepared, 0, &makeFakeTrainer);
    finish(training);
    EXPECT_THAT(training.takeSnapshot().writeProblem, HasSubstr("Cannot write"));
    EXPECT_EQ(training.history().outcome, Outcome::Finished);
    EXPECT_EQ(training.history().epochs.size(), 2U);
}

TEST_F(Training, WithoutAWriterItStaysInMemory) {
    const PreparedRun prepared = prepareNewRun(config_, folder_.path() / "run", dataset_);
    ModelTraining training(prepared, 0, &makeFakeTrainer);
    finish(training);
    EXPECT_EQ(training.history().epochs.size(), 2U);
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "run"));
}

TEST_F(Training, ARunIsNotWrittenOverAnother) {
    prepare();
    EXPECT_THAT(testing::thrownBy([&] { prepare(); }), HasSubstr("already holds a run"));
}

TEST_F(Training, ADamagedFileIsAProblemOfItsOwn) {
    const PreparedRun prepared = prepare();
    ModelTraining training(prepared, 0, &makeFakeTrainer);
    finish(training);
    testing::writeAll(file(kStepsFile), "not a table");
    const normscope::Run run = read();
    ASSERT_EQ(run.problems.size(), 1U);
    EXPECT_THAT(run.problems[0], HasSubstr("steps.csv"));
    EXPECT_EQ(run.models[0].epochs.size(), 2U);
}

TEST(Summary, CountsWrongDigitsFromTheAccuracies) {
    ModelHistory history;
    history.epochs = {{1, 0.5, 0.9, 0.1, 0.9931, 0.01, 2.0, 0.0},
                      {2, 0.4, 0.9, 0.2, 0.9929, 0.01, 2.0, 0.0}};
    const ModelSummary summary = summarize(history, 60'000, 10'000);
    EXPECT_EQ(summary.wrong, 71);
    EXPECT_EQ(summary.bestWrong, 69);
    EXPECT_EQ(summary.testLoss, 0.2);
    EXPECT_EQ(summary.imagesPerSecond, 30'000.0);
    EXPECT_EQ(summarize({}, 60'000, 10'000).wrong, std::nullopt);
}

}  // namespace
}  // namespace normscope
