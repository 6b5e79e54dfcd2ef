#include "core/cells_csv.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "core/sample_tensors.h"
#include "tests/core/peak_memory.h"

namespace normscope {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr Shape4 kLargest{32, 32, 28, 28};

std::string refusal(const std::string& text) {
    return testing::thrownBy([&] { parseCells(text, "cells.csv"); });
}

TEST(ParseCells, TakesCommasLineEndsSpacesAndBlankLines) {
    const std::vector<double> expected{1, -2.5, 3e-7, 4};
    for (const char* text : {"1,-2.5,3e-7,4", "1\n-2.5\n3e-7\n4\n", "1,-2.5\r\n3e-7,4\r\n",
                             "1,-2.5\r3e-7,4", "\n\n1 ,\t-2.5\n \n\n 3e-7,4\n\n",
                             "\xEF\xBB\xBF"
                             "1,-2.5,3e-7,4"}) {
        EXPECT_EQ(parseCells(text, "cells.csv").values, expected) << text;
    }
}

TEST(ParseCells, NamesFileLineAndPiece) {
    EXPECT_THAT(refusal("1,2\n\n3,four\n"),
                AllOf(StartsWith("cells.csv, line 3: \"four\" is not a finite number")));
    for (const char* wrong :
         {"nan", "inf", "-inf", "1e999", "0x10", "1 2", "1;2", "--1", "1.2.3"}) {
        EXPECT_THAT(refusal(std::string("1,") + wrong),
                    HasSubstr(std::string("\"") + wrong + "\""));
    }
    for (const char* wrong : {"1,,2", ",1", "1,2,\n3", " , "}) {
        EXPECT_THAT(refusal(wrong), HasSubstr("line 1: a number is missing beside a comma"))
            << wrong;
    }
    for (const char* wrong : {"", "\n", " \n\t\r\n"}) {
        EXPECT_THAT(refusal(wrong), StartsWith("cells.csv holds no number")) << wrong;
    }
}

TEST(ParseCells, AnswersGarbageWithOneShortPlainLine) {
    std::string garbage(5000, '\xFF');
    garbage[0] = '\0';
    garbage[1] = '\x1B';
    const std::string sentence = refusal(garbage);
    EXPECT_LT(sentence.size(), 400U);
    EXPECT_EQ(sentence.find_first_of(std::string("\0\x1B\n\xFF", 4)), std::string::npos);
}

TEST(ParseCells, TakesNoMemoryForCommas) {
    const std::string commas = "1" + std::string(30'000'000, ',');
    const auto growth = testing::peakGrowthOf(
        [&] { EXPECT_THAT(refusal(commas), HasSubstr("a number is missing")); });
    EXPECT_LT(growth, testing::kLittleMemory);
}

TEST(ParseCells, TakesNoMoreThanAnyLessonNeeds) {
    std::string text;
    for (std::int64_t i = 0; i <= kMostCells; ++i) {
        text += i % 100 == 99 ? "1\n" : "1,";
    }
    EXPECT_EQ(refusal(text), "cells.csv holds more than 10000000 numbers.");
}

TEST(CellsOfShape, CountsThem) {
    const Cells cells = parseCells("1,2,3,4,5,6", "cells.csv");
    EXPECT_EQ(cellsOfShape(cells, {1, 3, 1, 2}, "cells.csv").values, cells.values);
    EXPECT_THAT(testing::thrownBy([&] {
                    cellsOfShape(cells, {1, 2, 2, 2}, "cells.csv");
                }),
                HasSubstr("cells.csv holds 6 numbers, but the shape 1,2,2,2 takes 8."));
    EXPECT_THAT(testing::thrownBy([&] {
                    cellsOfShape(cells, {1, 1, 1, 1}, "cells.csv");
                }),
                HasSubstr("takes 1."));
}

TEST(FormatCells, RoundTripsExactly) {
    Tensor4 tensor = smallIntegers({3, 2, 4, 5}, 1);
    tensor.values[0] = 0.1 + 0.2;
    tensor.values[1] = -0.0;
    tensor.values[2] = std::numeric_limits<double>::denorm_min();
    tensor.values[3] = -std::numeric_limits<double>::max();
    tensor.values[4] = 1.0 / 3.0;
    const Cells cells = parseCells(formatCells(tensor), "cells.csv");
    EXPECT_EQ(cellsOfShape(cells, tensor.shape, "cells.csv"), tensor);
    EXPECT_TRUE(std::signbit(cells.values[1]));
    EXPECT_EQ(formatCells({{1, 2, 2, 2}, {1, 2, 3, 4, 5, 6, 7.5, 8}}), "1,2\n3,4\n\n5,6\n7.5,8\n");
}

Shape4 guessed(const std::string& text, const Shape4& preferred) {
    return guessShape(parseCells(text, "cells.csv"), preferred, kLargest, "cells.csv");
}

TEST(GuessShape, KeepsAShapeOfThatManyNumbers) {
    EXPECT_EQ(guessed("1,2,3,4,5,6,7,8", {2, 1, 2, 2}), (Shape4{2, 1, 2, 2}));
    EXPECT_EQ(guessed("1,2\n3\n4", {1, 4, 1, 1}), (Shape4{1, 4, 1, 1}));
}

TEST(GuessShape, ReadsRowsAndBlocks) {
    const std::string text = formatCells(smallIntegers({6, 2, 3, 4}, 1));
    EXPECT_EQ(guessed(text, {1, 2, 1, 1}), (Shape4{6, 2, 3, 4}));
    EXPECT_EQ(guessed(text, {1, 3, 1, 1}), (Shape4{4, 3, 3, 4}));
    EXPECT_EQ(guessed(text, {1, 5, 1, 1}), (Shape4{1, 12, 3, 4})) << "one image";
    const std::string many = formatCells(smallIntegers({37, 1, 1, 2}, 1));
    EXPECT_THAT(testing::thrownBy([&] { guessed(many, {1, 2, 1, 1}); }), HasSubstr("37 blocks"));
    EXPECT_EQ(guessed(formatCells(smallIntegers({40, 1, 1, 2}, 1)), {1, 3, 1, 1}),
              (Shape4{20, 2, 1, 2}));
    EXPECT_EQ(guessed("1,2,3\n4,5,6\n", {4, 4, 2, 2}), (Shape4{1, 1, 2, 3}));
}

TEST(GuessShape, RefusesWhatIsUnevenOrTooLarge) {
    const auto problem = [](const std::string& text) {
        return testing::thrownBy([&] { guessed(text, {4, 4, 2, 2}); });
    };
    EXPECT_THAT(problem("1,2\n3\n"), HasSubstr("different lengths"));
    EXPECT_THAT(problem("1,2\n3,4\n\n5,6\n"), HasSubstr("different lengths"));
    EXPECT_THAT(problem(formatCells(constantTensor({1, 1, 2, 29}, 1.0))),
                AllOf(HasSubstr("1 block of 2 x 29"), HasSubstr("Set images, channels")));
    EXPECT_THAT(problem(formatCells(constantTensor({1, 1, 29, 2}, 1.0))), HasSubstr("29 x 2"));
}

TEST(ReadCells, NamesAFileThatIsNotThere) {
    const testing::TemporaryFolder folder;
    EXPECT_THAT(testing::thrownBy([&] { readCells(folder.path() / "none.csv"); }),
                HasSubstr("none.csv"));
    testing::writeAll(folder.path() / "some.csv", "1,2\n");
    EXPECT_THAT(readCells(folder.path() / "some.csv").values, ElementsAre(1.0, 2.0));
}

}  // namespace
}  // namespace normscope
