#include "core/augmentation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "tests/core/support.h"

namespace normscope {
namespace {

using Changed = std::array<float, kImagePixels>;

Changed changed(const DigitSet& set, const AffineChange& change) {
    Changed result{};
    applyAffineChange(change, set.image(0), result);
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

float at(const Changed& image, int x, int y) {
    return image[static_cast<std::size_t>(y * kImageSide + x)];
}

TEST(Augmentation, NoChangeGivesTheImageItself) {
    const DigitSet set = testing::makeDigits(1, 5);
    const Changed same = changed(set, {});
    for (std::size_t i = 0; i < same.size(); ++i) {
        ASSERT_FLOAT_EQ(same[i], set.pixels[i]) << i;
    }
}

TEST(Augmentation, ShiftsRightAndDown) {
    const Changed moved = changed(dotAt(10, 20), {.shiftX = 2.0, .shiftY = -1.0});
    EXPECT_FLOAT_EQ(at(moved, 12, 19), 200.0F);
    EXPECT_FLOAT_EQ(std::accumulate(moved.begin(), moved.end(), 0.0F), 200.0F);
}

TEST(Augmentation, HalfAPixelIsSharedBetweenNeighbours) {
    const Changed moved = changed(dotAt(10, 20), {.shiftX = 0.5});
    EXPECT_FLOAT_EQ(at(moved, 10, 20), 100.0F);
    EXPECT_FLOAT_EQ(at(moved, 11, 20), 100.0F);
}

TEST(Augmentation, TurnsClockwiseOnTheScreen) {
    const Changed turned = changed(dotAt(20, 10), {.degrees = 90.0});
    EXPECT_NEAR(at(turned, 27 - 10, 20), 200.0F, 0.01F);
}

TEST(Augmentation, ScalesAboutTheCentre) {
    // The pixel between 13 and 14 is the centre: 17 lies 3.5 to the right of it, 20.5 after
    // scaling.
    const Changed larger = changed(dotAt(17, 13), {.scale = 2.0});
    EXPECT_GT(at(larger, 20, 12) + at(larger, 21, 12) + at(larger, 20, 13) + at(larger, 21, 13),
              400.0F);
    const float sum = std::accumulate(larger.begin(), larger.end(), 0.0F);
    EXPECT_NEAR(sum, 4 * 200.0F, 1.0F);
}

TEST(Augmentation, WhatComesFromOutsideIsPaper) {
    DigitSet white;
    white.pixels.assign(kImagePixels, 255);
    white.labels = {0};
    const Changed moved = changed(white, {.shiftX = 3.0});
    EXPECT_FLOAT_EQ(at(moved, 1, 5), 0.0F);
    EXPECT_FLOAT_EQ(at(moved, 3, 5), 255.0F);
}

TEST(Augmentation, DrawsSmallChangesEitherWay) {
    RandomStream random(7, RandomPurpose::Augmentation, 1);
    double least = 0.0;
    double most = 0.0;
    for (int i = 0; i < 10'000; ++i) {
        const AffineChange change = randomAffineChange(random);
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

}  // namespace
}  // namespace normscope
