#include "core/run_notes.h"

#include <gmock/gmock.h>

#include <thread>

#include "core/run_formats.h"
#include "core/run_listing.h"
#include "core/run_writer.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

class RunNotes : public ::testing::Test {
  protected:
    std::shared_ptr<RunWriter> createRun() {
        normscope::Run run;
        run.folder = folder_.path() / "run";
        run.config.models = {parseModel("batch=batch"), parseModel("group=group")};
        run.dataset = {.folder = "/data", .checksum = "abc", .trainTotal = 1000, .testTotal = 100};
        run.notes = "as they began";
        return RunWriter::create(run);
    }

    static ModelHistory finished(int epochs) {
        ModelHistory history;
        for (int epoch = 1; epoch <= epochs; ++epoch) {
            history.epochs.push_back({.epoch = epoch,
                                      .trainLoss = 0.5,
                                      .trainAccuracy = 0.9,
                                      .testLoss = 0.25,
                                      .testAccuracy = 0.75,
                                      .learningRate = 0.01,
                                      .seconds = 2.0,
                                      .l1Penalty = 0.0});
        }
        history.outcome = Outcome::Finished;
        return history;
    }

    TemporaryFolder folder_;
    const std::filesystem::path run_ = folder_.path() / "run";
};

TEST_F(RunNotes, AreReadBack) {
    createRun();
    EXPECT_EQ(readNotes(run_), "as they began");
    writeNotes(run_, "\"quoted\",\nzwei Zeilen ü");
    EXPECT_EQ(readNotes(run_), "\"quoted\",\nzwei Zeilen ü");
    EXPECT_EQ(readComparison(run_).notes, "\"quoted\",\nzwei Zeilen ü");
}

TEST_F(RunNotes, OfADamagedRunStayUnwritten) {
    EXPECT_FALSE(readNotes(run_));
    createRun();
    testing::writeAll(run_ / kComparisonFile, "[1, 2]");
    EXPECT_FALSE(readNotes(run_));
    EXPECT_THAT(testing::thrownBy([&] { writeNotes(run_, "lost"); }),
                HasSubstr((run_ / kComparisonFile).string()));
    EXPECT_EQ(testing::readAll(run_ / kComparisonFile), "[1, 2]");
}

TEST_F(RunNotes, AreNeverSoLongThatTheRunCannotBeRead) {
    createRun();
    const std::string longest(kMostNotesBytes, '\x01');  // what JSON makes most of
    writeNotes(run_, longest);
    EXPECT_TRUE(readNotes(run_) == longest);
    EXPECT_TRUE(readComparison(run_).notes == longest);
    EXPECT_THAT(testing::thrownBy([&] { writeNotes(run_, longest + "."); }),
                AllOf(HasSubstr((run_ / kComparisonFile).string()), HasSubstr("524289 bytes")));
    EXPECT_TRUE(readNotes(run_) == longest);
}

/// Neither of the two that change the file at a time takes back what the other has changed.
TEST_F(RunNotes, AndMeasurementsAreWrittenAtATime) {
    const auto writer = createRun();
    constexpr int kTimes = 100;
    std::thread training([&] {
        for (int epochs = 1; epochs <= kTimes; ++epochs) {
            writer->writeEnd(1, finished(epochs));
            ASSERT_EQ(readListing(run_).summaries[1].epochs, epochs);
        }
    });
    for (int edit = 1; edit <= kTimes; ++edit) {
        writeNotes(run_, std::to_string(edit));
        ASSERT_EQ(readNotes(run_), std::to_string(edit));
    }
    training.join();
    writer->writeEnd(1, finished(kTimes));
    EXPECT_EQ(readNotes(run_), std::to_string(kTimes));
}

TEST_F(RunNotes, ListingTellsFiguresAndWhatIsMissing) {
    const auto writer = createRun();
    writer->writeEnd(1, finished(3));
    const RunListing listing = readListing(run_);
    EXPECT_EQ(listing.summaries[0].epochs, 0);
    EXPECT_FALSE(listing.summaries[0].wrong);
    EXPECT_EQ(listing.summaries[1].epochs, 3);
    EXPECT_EQ(listing.summaries[1].wrong, 25);
    EXPECT_EQ(listing.summaries[1].testLoss, 0.25);
    EXPECT_EQ(listing.summaries[1].trainSeconds, 6.0);
    EXPECT_THAT(listing.saved, ElementsAre(false, false));
    const std::string group = (run_ / "group").string();
    EXPECT_THAT(listing.run.problems, ElementsAre(group + "/epochs.csv is missing.",
                                                  group + "/predictions.csv is missing.",
                                                  group + "/model.pt is missing."));
}

TEST_F(RunNotes, BundledRunsLieBesideTheDataOrInTheSourceTree) {
    EXPECT_THAT(bundledRuns(folder_.path() / "bin" / "normscope"), ElementsAre());
    const auto make = [&](const std::filesystem::path& run) {
        std::filesystem::create_directories(folder_.path() / run);
        return std::filesystem::canonical(folder_.path() / run);
    };
    make("tree/build/release");
    const auto inTree = make("tree/resources/runs/digits");
    EXPECT_THAT(bundledRuns(folder_.path() / "tree/build/release/normscope"), ElementsAre(inTree));
    make("bin");
    const auto second = make("share/normscope/runs/b");
    const auto first = make("share/normscope/runs/a");
    EXPECT_THAT(bundledRuns(folder_.path() / "bin/normscope"), ElementsAre(first, second));
}

}  // namespace
}  // namespace normscope
