#include "core/augmentation.h"

#include <array>
#include <cmath>
#include <numbers>

namespace normscope {
namespace {

constexpr double kMaxDegrees = 10.0;
constexpr double kMaxScaling = 0.1;
constexpr double kMaxShift = 2.0;

constexpr int kMargin = 1;
constexpr int kPaddedSide = kImageSide + 2 * kMargin;
using PaddedImage = std::array<float, kPaddedSide * kPaddedSide>;

/// With a rim of paper, a sample inside the rim needs no check of its four neighbours.
PaddedImage padded(std::span<const std::uint8_t, kImagePixels> image) {
    PaddedImage result{};
    for (int y = 0; y < kImageSide; ++y) {
        for (int x = 0; x < kImageSide; ++x) {
            result[static_cast<std::size_t>((y + kMargin) * kPaddedSide + x + kMargin)] =
                image[static_cast<std::size_t>(y * kImageSide + x)];
        }
    }
    return result;
}

float sample(const PaddedImage& image, float x, float y) {
    x += kMargin;
    y += kMargin;
    constexpr auto kLast = static_cast<float>(kPaddedSide - 1);
    if (!(x >= 0.0F && y >= 0.0F && x < kLast && y < kLast)) {
        return 0.0F;
    }
    const int left = static_cast<int>(x);
    const int top = static_cast<int>(y);
    const float right = x - static_cast<float>(left);
    const float down = y - static_cast<float>(top);
    const float* corner = &image[static_cast<std::size_t>(top * kPaddedSide + left)];
    const float upper = corner[0] + (corner[1] - corner[0]) * right;
    const float lower =
        corner[kPaddedSide] + (corner[kPaddedSide + 1] - corner[kPaddedSide]) * right;
    return upper + (lower - upper) * down;
}

}  // namespace

AffineChange randomAffineChange(RandomStream& random) {
    AffineChange change;
    change.degrees = random.between(-kMaxDegrees, kMaxDegrees);
    change.scale = random.between(1.0 - kMaxScaling, 1.0 + kMaxScaling);
    change.shiftX = random.between(-kMaxShift, kMaxShift);
    change.shiftY = random.between(-kMaxShift, kMaxShift);
    return change;
}

void applyAffineChange(const AffineChange& change,
                       std::span<const std::uint8_t, kImagePixels> image,
                       std::span<float, kImagePixels> changed) {
    const PaddedImage source = padded(image);
    // Each pixel of the result asks where it came from: the inverse of turn, scale and shift.
    const double radians = change.degrees * std::numbers::pi / 180.0;
    const auto cosine = static_cast<float>(std::cos(radians) / change.scale);
    const auto sine = static_cast<float>(std::sin(radians) / change.scale);
    constexpr float kCentre = (kImageSide - 1) / 2.0F;
    const float originX = kCentre + static_cast<float>(change.shiftX);
    const float originY = kCentre + static_cast<float>(change.shiftY);
    for (int y = 0; y < kImageSide; ++y) {
        const float down = static_cast<float>(y) - originY;
        for (int x = 0; x < kImageSide; ++x) {
            const float right = static_cast<float>(x) - originX;
            changed[static_cast<std::size_t>(y * kImageSide + x)] =
                sample(source, cosine * right + sine * down + kCentre,
                       cosine * down - sine * right + kCentre);
        }
    }
}

}  // namespace normscope
