#include "core/run_writer.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "core/model_training.h"
#include "core/run_listing.h"
#include "core/run_notes.h"
#include "tests/core/fake_trainer.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::makeFakeTrainer;
using testing::readAll;
using testing::TemporaryFolder;
using testing::thrownBy;

/// What the disk refuses stays in memory, and is saved where there is room.
class KeptRun : public ::testing::Test {
  protected:
    KeptRun() {
        config_.models = {parseModel("batch=batch"), parseModel("layer=layer")};
        config_.cycles = {2};
        config_.batchSize = 30;
    }

    PreparedRun begin() {
        PreparedRun prepared = prepareNewRun(config_, run_, dataset_);
        prepared.writer = RunWriter::create(prepared.run);
        return prepared;
    }
    static void train(const PreparedRun& prepared, std::size_t model) {
        ModelTraining training(prepared, model, &makeFakeTrainer);
        while (!training.ended()) {
            training.step();
        }
    }
    /// The same training where nothing goes wrong.
    fs::path whole() {
        PreparedRun prepared = prepareNewRun(config_, folder_.path() / "whole", dataset_);
        prepared.writer = RunWriter::create(prepared.run);
        train(prepared, 0);
        train(prepared, 1);
        return prepared.run.folder;
    }
    static void expectSame(const fs::path& run, const fs::path& other) {
        for (const char* label : {"batch", "layer"}) {
            for (const char* file :
                 {kStepsFile, kEpochsFile, kPredictionsFile, kEpochPredictionsFile,
                  kPercentilesFile, kModelFile, kCheckpointFile}) {
                ASSERT_TRUE(fs::exists(run / label / file)) << label << "/" << file;
                EXPECT_EQ(readAll(run / label / file), readAll(other / label / file)) << file;
            }
        }
        EXPECT_TRUE(readRun(run).problems.empty());
        EXPECT_EQ(readRun(run).models[0].outcome, Outcome::Finished);
        EXPECT_EQ(readRun(run).models[1].outcome, Outcome::Finished);
    }

    TemporaryFolder folder_;
    const fs::path run_ = folder_.path() / "run";
    std::shared_ptr<const Dataset> dataset_ = testing::makeDataset(100, 20);
    TrainingConfig config_;
};

TEST_F(KeptRun, IsSavedElsewhereWithWhatWasWrittenBeforeTheFolderWent) {
    const PreparedRun prepared = begin();
    train(prepared, 0);
    writeNotes(run_, "seen");
    EXPECT_EQ(prepared.writer->problem(), "");
    fs::remove_all(run_);
    train(prepared, 1);
    EXPECT_THAT(prepared.writer->problem(), HasSubstr(run_.string()));
    EXPECT_FALSE(fs::exists(run_));  // what was taken away is not put back behind one's back
    const fs::path elsewhere = folder_.path() / "elsewhere";
    prepared.writer->saveTo(elsewhere);
    EXPECT_EQ(prepared.writer->problem(), "");
    expectSame(elsewhere, whole());
    EXPECT_THAT(readRun(elsewhere).command, HasSubstr("elsewhere"));
}

TEST_F(KeptRun, GoesOnWhereItWasSaved) {
    const PreparedRun prepared = begin();
    train(prepared, 0);
    writeNotes(run_, "seen");
    const fs::path elsewhere = folder_.path() / "elsewhere";
    prepared.writer->saveTo(elsewhere);
    train(prepared, 1);
    expectSame(elsewhere, whole());
    EXPECT_EQ(readNotes(elsewhere), "seen");
    EXPECT_EQ(prepared.writer->folder(), elsewhere);
    EXPECT_TRUE(RunLock::isTaken(readRun(elsewhere)));
    EXPECT_FALSE(RunLock::isTaken(readRun(run_)));
}

/// The disk takes its time over the model of one network while the other one finishes.
TEST_F(KeptRun, CountsNoEpochWhoseFilesAreNotThereYet) {
    const PreparedRun prepared = begin();
    const fs::path slow = run_ / "batch" / (std::string(kModelFile) + ".part");
    ASSERT_EQ(::mkfifo(slow.c_str(), 0600), 0);  // whoever opens it waits for a reader
    std::thread batch([&] { train(prepared, 0); });
    while (!fs::exists(run_ / "batch" / kPercentilesFile)) {
        std::this_thread::yield();
    }
    train(prepared, 1);
    const RunListing listing = readListing(run_);
    EXPECT_EQ(listing.summaries[0].epochs, 0);
    EXPECT_EQ(listing.summaries[1].epochs, 2);
    const int reader = ::open(slow.c_str(), O_RDONLY | O_NONBLOCK);
    batch.join();
    ::close(reader);
    EXPECT_EQ(prepared.writer->problem(), "");
    expectSame(run_, whole());
}

TEST_F(KeptRun, LosesWhatWasOnlyBegunWhenItGoesOn) {
    whole();
    const fs::path folder = folder_.path() / "whole";
    const fs::path begun = folder / "layer" / (std::string(kPercentilesFile) + ".part");
    testing::writeAll(begun, "step,");
    LockedRun locked = readLocked(folder);
    RunWriter::reopen(std::move(locked.run), std::move(locked.lock));
    EXPECT_FALSE(fs::exists(begun));
    EXPECT_TRUE(fs::exists(folder / "layer" / kPercentilesFile));
}

TEST_F(KeptRun, IsWrittenAsAWholeOnceTheDiskIsBack) {
    const PreparedRun prepared = begin();
    fs::rename(run_, folder_.path() / "unplugged");
    train(prepared, 0);
    EXPECT_NE(prepared.writer->problem(), "");
    fs::rename(folder_.path() / "unplugged", run_);
    train(prepared, 1);  // the end of the one writes what is missing of the other
    EXPECT_EQ(prepared.writer->problem(), "");
    expectSame(run_, whole());
}

TEST_F(KeptRun, IsWrittenAgainWhenAsked) {
    const PreparedRun prepared = begin();
    train(prepared, 0);
    fs::rename(run_, folder_.path() / "unplugged");
    train(prepared, 1);
    EXPECT_THAT(thrownBy([&] { prepared.writer->writeMissing(); }), HasSubstr("Cannot write"));
    fs::rename(folder_.path() / "unplugged", run_);
    prepared.writer->writeMissing();
    expectSame(run_, whole());
}

TEST_F(KeptRun, StaysAsItWasWhereThereIsNoRoomEither) {
    const PreparedRun prepared = begin();
    train(prepared, 0);
    testing::writeAll(folder_.path() / "file", "");
    EXPECT_THAT(thrownBy([&] { prepared.writer->saveTo(folder_.path() / "file" / "run"); }),
                HasSubstr("file"));
    EXPECT_THAT(thrownBy([&] { prepared.writer->saveTo(run_); }), HasSubstr("already holds a run"));
    EXPECT_EQ(prepared.writer->folder(), run_);
    train(prepared, 1);
    expectSame(run_, whole());
}

TEST_F(KeptRun, WithoutAFolderIsSavedElsewhere) {
    PreparedRun prepared = prepareNewRun(config_, {}, dataset_);
    prepared.writer = RunWriter::inMemory(prepared.run, "The disk is full.");
    train(prepared, 0);
    EXPECT_EQ(prepared.writer->problem(), "The disk is full.");
    prepared.writer->saveTo(run_);
    train(prepared, 1);
    expectSame(run_, whole());
}

/// Of one that goes on, the models that are through are saved as well.
TEST_F(KeptRun, ThatGoesOnIsSavedElsewhereAsAWhole) {
    train(begin(), 0);
    auto [lock, kept] = readLocked(run_);
    PreparedRun prepared = prepareContinuation(std::move(kept), 0, dataset_, &makeFakeTrainer);
    prepared.writer = RunWriter::inMemory(prepared.run, "Read-only file system.");
    EXPECT_TRUE(isComplete(prepared, 0));
    train(prepared, 1);
    const fs::path elsewhere = folder_.path() / "elsewhere";
    prepared.writer->saveTo(elsewhere);
    expectSame(elsewhere, whole());
    EXPECT_TRUE(readRun(run_).models[1].epochs.empty());  // untouched
}

}  // namespace
}  // namespace normscope
