#include "core/run_lock.h"

#include <gmock/gmock.h>

#include <atomic>
#include <optional>
#include <thread>

#include "core/run_writer.h"
#include "tests/core/run_holder.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;

class RunLocking : public ::testing::Test {
  protected:
    normscope::Run newRun() const {
        normscope::Run run;
        run.folder = folder_.path() / "run";
        run.config.models = {parseModel("batch=batch"), parseModel("group=group")};
        run.dataset = {.folder = "/data", .checksum = "abc", .trainTotal = 1000, .testTotal = 100};
        return run;
    }

    TemporaryFolder folder_;
};

TEST_F(RunLocking, KeepsTwoProcessesApartAndEndsWithSigkill) {
    RunWriter::create(newRun());  // and lets go of it
    const normscope::Run run = readRun(folder_.path() / "run");
    EXPECT_FALSE(RunLock::isTaken(run));
    testing::RunHolder other(run);
    EXPECT_TRUE(RunLock::isTaken(run));
    EXPECT_THAT(testing::thrownBy([&] { readLocked(run.folder); }),
                ::testing::AllOf(HasSubstr(run.folder.string()), HasSubstr("another window")));
    EXPECT_THROW(RunLock::take(run), RunInUse);
    other.kill();
    EXPECT_FALSE(RunLock::isTaken(run));
    const LockedRun mine = readLocked(run.folder);
    EXPECT_TRUE(RunLock::isTaken(mine.run));
}

TEST_F(RunLocking, ComesWithTheFolderWhenThatIsRenamed) {
    const auto writer = RunWriter::create(newRun());
    std::filesystem::rename(folder_.path() / "run", folder_.path() / "renamed");
    EXPECT_TRUE(RunLock::isTaken(readComparison(folder_.path() / "renamed")));
}

TEST_F(RunLocking, WaitsForWhoeverOnlyAsks) {
    RunWriter::create(newRun());
    const normscope::Run run = readRun(folder_.path() / "run");
    std::optional<RunLock> lock(RunLock::take(run));
    std::thread asking([&] {
        for (int times = 0; times < 1000; ++times) {
            RunLock::isTaken(run);
        }
    });
    for (int times = 0; times < 200; ++times) {
        lock.reset();
        lock.emplace(RunLock::take(run));
    }
    asking.join();
}

TEST_F(RunLocking, OfTwoThatBeginInOneFolderOneIsRefused) {
    std::atomic<int> begun = 0;
    std::atomic<int> refused = 0;
    const auto begin = [&] {
        try {
            const auto writer = RunWriter::create(newRun());
            ++begun;
        } catch (const std::runtime_error&) {
            ++refused;
        }
    };
    for (int times = 1; times <= 20; ++times) {
        std::thread one(begin);
        std::thread other(begin);
        one.join();
        other.join();
        ASSERT_EQ(begun, times);
        ASSERT_EQ(refused, times);
        std::filesystem::remove_all(folder_.path() / "run");
    }
}

}  // namespace
}  // namespace normscope
