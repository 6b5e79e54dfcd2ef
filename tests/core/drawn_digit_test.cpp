#include "core/drawn_digit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

#include "core/picture_ink.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

const DigitSet& mnist() {
    static const DigitSet set = readDataset(NORMSCOPE_MNIST).test;
    return set;
}

using Ink = std::function<double(double x, double y)>;  ///< 0..1

GreyImage painted(int width, int height, const Ink& ink) {
    GreyImage image{width, height, {}};
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column) {
            image.values.push_back(
                static_cast<std::uint8_t>(std::lround(255.0 * ink(column + 0.5, row + 0.5))));
        }
    }
    return image;
}

/// The test image `factor` times as large, its corner at (left, top) of a picture.
GreyImage enlarged(int index, int factor, int left, int top, int width, int height) {
    const auto digit = mnist().image(index);
    return painted(width, height, [&](double x, double y) {
        const int column = static_cast<int>(std::floor((x - left) / factor));
        const int row = static_cast<int>(std::floor((y - top) / factor));
        const bool inside = column >= 0 && row >= 0 && column < kImageSide && row < kImageSide;
        return inside ? digit[static_cast<std::size_t>(row * kImageSide + column)] / 255.0 : 0.0;
    });
}

/// Like a photo of dark ink on paper in uneven light, with the noise of a sensor.
GreyImage photographed(const GreyImage& ink, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0.0, 3.0);
    GreyImage photo = ink;
    for (int row = 0; row < ink.height; ++row) {
        for (int column = 0; column < ink.width; ++column) {
            const double paper = 225.0 - 90.0 * column / ink.width - 30.0 * row / ink.height;
            const double value = paper * (1.0 - 0.7 * ink.at(column, row) / 255.0);
            photo.values[static_cast<std::size_t>(row * ink.width + column)] =
                static_cast<std::uint8_t>(
                    std::lround(std::clamp(value + noise(random), 0.0, 255.0)));
        }
    }
    return photo;
}

GreyImage negative(GreyImage image) {
    for (std::uint8_t& value : image.values) {
        value = static_cast<std::uint8_t>(255 - value);
    }
    return image;
}

double meanDifference(const DigitImage& a, std::span<const std::uint8_t, kImagePixels> b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += std::abs(a[i] - b[i]);
    }
    return sum / kImagePixels;
}

/// Pearson's, of the pixels.
double correlation(const DigitImage& a, std::span<const std::uint8_t, kImagePixels> b) {
    const auto mean = [](const auto& values) {
        double sum = 0.0;
        for (const double value : values) {
            sum += value;
        }
        return sum / kImagePixels;
    };
    const double meanA = mean(a);
    const double meanB = mean(b);
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / std::sqrt(aa * bb);
}

struct Centre {
    double x;
    double y;
};

Centre centreOf(std::span<const std::uint8_t, kImagePixels> image) {
    double mass = 0.0;
    double x = 0.0;
    double y = 0.0;
    for (int i = 0; i < kImagePixels; ++i) {
        const double value = image[static_cast<std::size_t>(i)];
        mass += value;
        x += value * (i % kImageSide + 0.5);
        y += value * (i / kImageSide + 0.5);
    }
    return {x / mass, y / mass};
}

TEST(DrawnDigit, theTestImagesAreMadeLikeThat) {
    int centred = 0;
    for (int index = 0; index < mnist().size(); ++index) {
        const Centre centre = centreOf(mnist().image(index));
        centred += std::abs(centre.x - kDigitCentre) < 0.51 ? 1 : 0;
        centred += std::abs(centre.y - kDigitCentre) < 0.51 ? 1 : 0;
    }
    EXPECT_EQ(centred, 2 * mnist().size());
}

TEST(DrawnDigit, aTestImageComesOutAsItGoesIn) {
    int same = 0;
    constexpr int kImages = 1000;
    for (int index = 0; index < kImages; ++index) {
        const auto digit =
            prepareDigit(enlarged(index, /*factor=*/7, /*left=*/31, /*top=*/90, 300, 310));
        ASSERT_TRUE(digit);
        same += meanDifference(digit->image, mnist().image(index)) < 0.01 ? 1 : 0;
    }
    EXPECT_EQ(same, kImages);
}

TEST(DrawnDigit, isCentredByItsMassAndNoLargerThanTheBox) {
    for (int index = 0; index < 1000; ++index) {
        // Any scale, also smaller than the box.
        const int factor = 1 + index % 9;
        const auto digit = prepareDigit(enlarged(index, factor, 3, 5, 300, 270));
        ASSERT_TRUE(digit);
        const Centre centre = centreOf(digit->image);
        EXPECT_LE(std::abs(centre.x - kDigitCentre), 0.51) << index;
        EXPECT_LE(std::abs(centre.y - kDigitCentre), 0.51) << index;
        EXPECT_NEAR(centre.x, digit->centreX, 0.02);
        EXPECT_NEAR(centre.y, digit->centreY, 0.02);
        EXPECT_DOUBLE_EQ(std::max(digit->box.width, digit->box.height), 20.0);
        for (int i = 0; i < kImagePixels; ++i) {
            if (digit->image[static_cast<std::size_t>(i)] > 0) {
                EXPECT_GE(i % kImageSide, digit->box.left);
                EXPECT_LT(i % kImageSide, digit->box.left + digit->box.width);
                EXPECT_GE(i / kImageSide, digit->box.top);
                EXPECT_LT(i / kImageSide, digit->box.top + digit->box.height);
            }
        }
    }
}

TEST(DrawnDigit, keepsTheProportions) {
    const auto bar = prepareDigit(painted(
        400, 400, [](double x, double y) { return x > 50 && x < 90 && y > 20 && y < 340; }));
    ASSERT_TRUE(bar);
    EXPECT_DOUBLE_EQ(bar->box.width, 2.5);
    EXPECT_DOUBLE_EQ(bar->box.height, 20.0);
    EXPECT_NEAR(bar->box.top, 4.5, 0.5);
    // Two and a half columns: the last is grey.
    const auto left = static_cast<std::size_t>(bar->box.left);
    const std::size_t row = std::size_t{14} * kImageSide;
    EXPECT_EQ(bar->image[row + left], 255);
    EXPECT_EQ(bar->image[row + left + 1], 255);
    EXPECT_EQ(bar->image[row + left + 2], 128);
    EXPECT_EQ(bar->image[row + left + 3], 0);
}

TEST(DrawnDigit, ofASingleDotIsThatDotEnlarged) {
    GreyImage ink{50, 40, std::vector<std::uint8_t>(2000, 0)};
    ink.values[77] = 200;
    const auto dot = prepareDigit(ink);
    ASSERT_TRUE(dot);
    EXPECT_EQ(std::ranges::count(dot->image, 200), 400);
    EXPECT_NEAR(dot->centreX, kDigitCentre, 0.5);
}

TEST(DrawnDigit, withItsMassInACornerStaysInsideTheImage) {
    // Nearly all ink in the lower right corner of a thin frame's box.
    const auto digit = prepareDigit(painted(200, 200, [](double x, double y) {
        return x + y < 3 || (x > 190 && y > 190) ? 1.0 : 0.0;
    }));
    ASSERT_TRUE(digit);
    EXPECT_GE(digit->box.left, 0.0);
    EXPECT_LE(digit->box.left + digit->box.width, 28.0);
    EXPECT_GE(digit->box.top, 0.0);
}

TEST(DrawnDigit, ofNothingIsNone) {
    EXPECT_FALSE(prepareDigit({}));
    EXPECT_FALSE(prepareDigit({30, 20, std::vector<std::uint8_t>(600, 0)}));
}

TEST(PictureInk, ofATestImageIsThatImage) {
    double sum = 0.0;
    constexpr int kImages = 300;
    for (int index = 0; index < kImages; ++index) {
        GreyImage image{kImageSide, kImageSide, {}};
        image.values.assign(mnist().image(index).begin(), mnist().image(index).end());
        for (const GreyImage& picture : {image, negative(image)}) {
            const auto ink = inkOfPicture(picture);
            ASSERT_TRUE(ink) << index;
            const auto digit = prepareDigit(*ink);
            ASSERT_TRUE(digit);
            const double alike = correlation(digit->image, mnist().image(index));
            EXPECT_GT(alike, 0.8) << index;
            sum += alike / (2 * kImages);
        }
    }
    EXPECT_GT(sum, 0.98);
}

/// At the best of all places at most one pixel away: half a pixel of the centre of mass may round
/// either way.
double correlationNearby(const DigitImage& a, const DigitImage& b) {
    double best = -1.0;
    for (const int shift : {-29, -28, -27, -1, 0, 1, 27, 28, 29}) {
        DigitImage moved{};
        for (int i = std::max(0, -shift); i < std::min(kImagePixels, kImagePixels - shift); ++i) {
            moved[static_cast<std::size_t>(i + shift)] = a[static_cast<std::size_t>(i)];
        }
        best = std::max(best, correlation(moved, b));
    }
    return best;
}

/// Against the same writing that no light, noise or camera has come between.
TEST(PictureInk, isFoundInUnevenLightAndNoise) {
    double lowest = 1.0;
    for (int index = 0; index < 50; ++index) {
        GreyImage writing = enlarged(index, 9, 40, 130, 360, 480);
        for (std::uint8_t& value : writing.values) {
            value = value < 128 ? 0 : 255;  // black and white, as the originals of MNIST were
        }
        const auto expected = prepareDigit(writing);
        const GreyImage photo = photographed(writing, 1);
        for (const GreyImage& picture : {photo, negative(photo)}) {
            const auto ink = inkOfPicture(picture);
            ASSERT_TRUE(ink) << index;
            const auto digit = prepareDigit(*ink);
            lowest = std::min(lowest, correlationNearby(digit->image, expected->image));
            EXPECT_NEAR(digit->box.width, expected->box.width, 1.0) << index;
            EXPECT_NEAR(digit->box.height, expected->box.height, 1.0) << index;
        }
    }
    EXPECT_GT(lowest, 0.98);
}

TEST(PictureInk, isNotInSpecks) {
    GreyImage ink = enlarged(0, 9, 40, 130, 360, 480);
    for (int row = 10; row < 14; ++row) {
        for (int column = 330; column < 334; ++column) {
            ink.values[static_cast<std::size_t>(row * 360 + column)] = 255;
        }
    }
    const auto found = inkOfPicture(photographed(ink, 1));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->at(331, 11), 0);
    EXPECT_EQ(found->at(5, 5), 0);
}

TEST(PictureInk, ofPlainPaperIsNone) {
    EXPECT_FALSE(inkOfPicture({}));
    EXPECT_FALSE(inkOfPicture({30, 20, std::vector<std::uint8_t>(600, 0)}));
    EXPECT_FALSE(inkOfPicture({30, 20, std::vector<std::uint8_t>(600, 255)}));
    EXPECT_FALSE(inkOfPicture(
        photographed({360, 480, std::vector<std::uint8_t>(360 * 480, 0)}, /*seed=*/2)));
}

}  // namespace
}  // namespace normscope
