#include "core/augmentation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "tests/core/support.h"

namespace normscope {
namespace {

using Changed = std::array<std::uint8_t, kImagePixels>;

Changed changed(const DigitSet& set, const AffineChange& change) {
    Changed result{};
    applyChange({.affine = change, .elastic = std::nullopt}, set.image(0), result);
    return result;
}

/// One lit pixel.
DigitSet dotAt(int x, int y) {
    DigitSet set;
    set.pixels.resize(kImagePixels);
    set.pixels[static_cast<std::size_t>(y * kImageSide + x)] = 200;
    set.labels = {0};
    return set;
}

int at(const Changed& image, int x, int y) {
    return image[static_cast<std::size_t>(y * kImageSide + x)];
}

TEST(Augmentation, NoChangeGivesTheImageItself) {
    const DigitSet set = testing::makeDigits(1, 5);
    const Changed same = changed(set, {});
    for (std::size_t i = 0; i < same.size(); ++i) {
        ASSERT_EQ(same[i], set.pixels[i]) << i;
    }
}

TEST(Augmentation, ShiftsRightAndDown) {
    const Changed moved = changed(dotAt(10, 20), {.shiftX = 2.0, .shiftY = -1.0});
    EXPECT_EQ(at(moved, 12, 19), 200);
    EXPECT_EQ(std::accumulate(moved.begin(), moved.end(), 0), 200);
}

TEST(Augmentation, HalfAPixelIsSharedBetweenNeighbours) {
    const Changed moved = changed(dotAt(10, 20), {.shiftX = 0.5});
    EXPECT_EQ(at(moved, 10, 20), 100);
    EXPECT_EQ(at(moved, 11, 20), 100);
}

TEST(Augmentation, TurnsClockwiseOnTheScreen) {
    const Changed turned = changed(dotAt(20, 10), {.degrees = 90.0});
    EXPECT_EQ(at(turned, 27 - 10, 20), 200);
}

TEST(Augmentation, ScalesAboutTheCentre) {
    // The pixel between 13 and 14 is the centre: 17 lies 3.5 to the right of it, 20.5 after
    // scaling.
    const Changed larger = changed(dotAt(17, 13), {.scale = 2.0});
    EXPECT_GT(at(larger, 20, 12) + at(larger, 21, 12) + at(larger, 20, 13) + at(larger, 21, 13),
              400);
    // Sixteen cells, each rounded.
    EXPECT_NEAR(std::accumulate(larger.begin(), larger.end(), 0), 4 * 200, 8);
}

TEST(Augmentation, WhatComesFromOutsideIsPaper) {
    DigitSet white;
    white.pixels.assign(kImagePixels, 255);
    white.labels = {0};
    const Changed moved = changed(white, {.shiftX = 3.0});
    EXPECT_EQ(at(moved, 1, 5), 0);
    EXPECT_EQ(at(moved, 3, 5), 255);
}

TEST(Augmentation, LooksWhereTheFieldSays) {
    ImageChange change{.affine = {}, .elastic = ElasticChange{}};
    for (std::size_t row = 0; row < WayField::kKnots; ++row) {
        change.elastic->right[row].fill(-2.0F);
        change.elastic->down[row].fill(1.0F);
    }
    Changed moved{};
    applyChange(change, dotAt(10, 20).image(0), moved);
    EXPECT_EQ(at(moved, 12, 19), 200);
    EXPECT_EQ(std::accumulate(moved.begin(), moved.end(), 0), 200);
}

TEST(Augmentation, NoneChangesNothing) {
    RandomStream random(7, RandomPurpose::Augmentation, 1);
    const ImageChange change = randomChange(Augmentation::None, random);
    EXPECT_FALSE(change.elastic);
    Changed same{};
    applyChange(change, dotAt(10, 20).image(0), same);
    EXPECT_EQ(at(same, 10, 20), 200);
}

TEST(Augmentation, DrawsSmallAffineChangesEitherWay) {
    RandomStream random(7, RandomPurpose::Augmentation, 1);
    double least = 0.0;
    double most = 0.0;
    for (int i = 0; i < 10'000; ++i) {
        const ImageChange drawn = randomChange(Augmentation::Affine, random);
        ASSERT_FALSE(drawn.elastic);
        const AffineChange& change = drawn.affine;
        ASSERT_LE(std::abs(change.degrees), 10.0);
        ASSERT_LE(std::abs(change.scale - 1.0), 0.1);
        ASSERT_LE(std::abs(change.shiftX), 2.0);
        ASSERT_LE(std::abs(change.shiftY), 2.0);
        least = std::min(least, change.degrees);
        most = std::max(most, change.degrees);
    }
    EXPECT_LT(least, -9.9);
    EXPECT_GT(most, 9.9);
}

/// Mean over many fields of the product of the ways of two pixels of a row, `apart` columns.
double productOfWays(std::size_t apart) {
    RandomStream random(7, RandomPurpose::Augmentation, 1);
    double sum = 0.0;
    constexpr int kFields = 4000;
    for (int i = 0; i < kFields; ++i) {
        const ImageChange change = randomChange(Augmentation::Elastic, random);
        const WayField down(change.elastic->down);
        for (std::size_t y = 0; y < kImageSide; ++y) {
            const auto row = down.row(y);
            sum += row[0] * row[apart];
        }
    }
    return sum / (kFields * kImageSide);
}

TEST(Augmentation, ElasticFieldsAreSmoothAndAsLongAsTheyShouldBe) {
    RandomStream random(7, RandomPurpose::Augmentation, 1);
    double squares = 0.0;
    double sum = 0.0;
    double steepest = 0.0;
    constexpr int kFields = 2000;
    for (int i = 0; i < kFields; ++i) {
        const ImageChange change = randomChange(Augmentation::Elastic, random);
        ASSERT_LE(std::abs(change.affine.degrees), 5.0);
        ASSERT_LE(std::abs(change.affine.shiftX), 0.5);
        const WayField right(change.elastic->right);
        for (std::size_t y = 0; y < kImageSide; ++y) {
            const auto row = right.row(y);
            for (std::size_t x = 0; x < kImageSide; ++x) {
                squares += row[x] * row[x];
                sum += row[x];
                if (x > 0) {
                    steepest = std::max<double>(steepest, std::abs(row[x] - row[x - 1]));
                }
            }
        }
    }
    EXPECT_NEAR(std::sqrt(squares / (kFields * kImagePixels)), 0.8, 0.02);
    EXPECT_NEAR(sum / (kFields * kImagePixels), 0.0, 0.02);
    EXPECT_LT(steepest, 1.0);  // no pixel overtakes its neighbour
    // Neighbours go the same way, pixels on opposite sides their own.
    EXPECT_GT(productOfWays(1), 0.6);
    EXPECT_NEAR(productOfWays(27), 0.0, 0.05);
}

}  // namespace
}  // namespace normscope
