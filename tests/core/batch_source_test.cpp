#include "core/batch_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/core/support.h"

namespace normscope {
namespace {

/// The images of an epoch, in the order of their grey values.
std::vector<std::vector<std::uint8_t>> imagesOf(const DigitSet& digits, int epoch) {
    TrainingConfig config;
    config.cycles = {10};
    config.batchSize = 16;
    config.augmentation = Augmentation::Elastic;
    ThreadTeam team(1);
    BatchSource batches(config, digits, team);
    batches.beginEpoch(epoch);
    std::vector<std::vector<std::uint8_t>> images;
    while (static_cast<int>(images.size()) < digits.size()) {
        for (const std::uint8_t* image : batches.next().images) {
            images.emplace_back(image, image + kImagePixels);
        }
    }
    std::ranges::sort(images);
    return images;
}

TEST(BatchSource, ShowsTheImagesAsTheyAreInTheLastEpochOfALongCycle) {
    const DigitSet digits = testing::makeDigits(40, 1);
    std::vector<std::vector<std::uint8_t>> unchanged;
    for (int image = 0; image < digits.size(); ++image) {
        const auto pixels = digits.image(image);
        unchanged.emplace_back(pixels.begin(), pixels.end());
    }
    std::ranges::sort(unchanged);
    EXPECT_NE(imagesOf(digits, 1), unchanged);
    EXPECT_EQ(imagesOf(digits, 10), unchanged);
}

}  // namespace
}  // namespace normscope
