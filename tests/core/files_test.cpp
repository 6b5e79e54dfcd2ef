#include "core/files.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <system_error>

#include "tests/core/peak_memory.h"

namespace normscope {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;
using testing::thrownBy;

/// In the language of the locale.
std::string reason(int error) {
    return std::generic_category().message(error);
}

TEST(WriteFile, ReplacesTheWholeFileAndLeavesNothingBeside) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "a.csv";
    writeFile(path, std::string(100'000, 'x'));
    writeFile(path, "short");
    EXPECT_EQ(testing::readAll(path), "short");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(WriteFile, FailureNamesTheFileAndKeepsTheOldOne) {
    const TemporaryFolder folder;
    EXPECT_THAT(thrownBy([&] { writeFile(folder.path() / "no/such/place", "x"); }),
                ::testing::AllOf(HasSubstr("no/such/place"), HasSubstr(reason(ENOENT))));
    // A folder in the place of the file cannot be replaced.
    std::filesystem::create_directories(folder.path() / "taken/inside");
    EXPECT_THAT(thrownBy([&] { writeFile(folder.path() / "taken", "x"); }), HasSubstr("taken"));
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "taken/inside"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "taken.part"));
}

TEST(ReadFile, RefusesWhatIsLargerThanTheLimit) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "a";
    writeFile(path, std::string(200'000, 'x'));
    EXPECT_EQ(readFile(path, 200'000).size(), 200'000U);
    EXPECT_THAT(thrownBy([&] { readFile(path, 199'999); }), HasSubstr("larger than 199999 bytes"));
    EXPECT_THAT(thrownBy([&] { readFile(folder.path() / "b", 10); }), HasSubstr(reason(ENOENT)));
    EXPECT_THAT(thrownBy([&] { readFile(folder.path(), 10); }), HasSubstr(reason(EISDIR)));
}

TEST(ReadFile, TakesNoMemoryForAFileThatIsTooLarge) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "sparse";
    writeFile(path, "");
    std::filesystem::resize_file(path, std::uintmax_t{1} << 32);
    const auto growth = testing::peakGrowthOf([&] {
        EXPECT_THAT(thrownBy([&] { readFile(path, std::size_t{1} << 30); }),
                    HasSubstr("larger than 1073741824 bytes"));
    });
    EXPECT_LT(growth, testing::kLittleMemory);
}

}  // namespace
}  // namespace normscope
