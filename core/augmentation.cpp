#include "core/augmentation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace normscope {
namespace {

/// How far affine changes go, either way.
struct Reach {
    double degrees;
    double scaling;
    double shift;
};
constexpr Reach kAffineReach{.degrees = 10.0, .scaling = 0.1, .shift = 2.0};
constexpr Reach kElasticReach{.degrees = 5.0, .scaling = 0.05, .shift = 0.5};

constexpr double kFarthest = 2.9;  ///< way of a knot, in pixels, either way

constexpr int kMargin = 2;
constexpr int kPaddedSide = kImageSide + 2 * kMargin;
using PaddedImage = std::array<float, static_cast<std::size_t>(kPaddedSide) * kPaddedSide>;

/// With a margin of paper, no sample needs to ask whether its four neighbours are there.
PaddedImage padded(std::span<const std::uint8_t, kImagePixels> image) {
    PaddedImage result{};
    constexpr std::size_t kSide = kImageSide;
    for (std::size_t y = 0; y < kSide; ++y) {
        std::copy_n(&image[y * kSide], kSide, &result[(y + kMargin) * kPaddedSide + kMargin]);
    }
    return result;
}

/// Samples of one row of the result, each at a place of the padded image: between four cells, of
/// which `places` has the upper left one.
struct RowOfSamples {
    std::array<int, kImageSide> places;
    std::array<float, kImageSide> right;  ///< share of the right neighbours
    std::array<float, kImageSide> down;   ///< share of the lower ones
};

/// Anything further out than the margin is as white as the margin.
float withinMargin(float place) {
    return std::clamp(place + kMargin, 0.5F, kPaddedSide - 1.5F);
}

AffineChange randomAffineChange(const Reach& reach, RandomStream& random) {
    AffineChange change;
    change.degrees = random.between(-reach.degrees, reach.degrees);
    change.scale = random.between(1.0 - reach.scaling, 1.0 + reach.scaling);
    change.shiftX = random.between(-reach.shift, reach.shift);
    change.shiftY = random.between(-reach.shift, reach.shift);
    return change;
}

/// Cubic B-spline: shares of four knots in a row in what lies between the second and the third.
struct SplineShares {
    std::size_t first;  ///< of the four knots
    std::array<float, 4> shares;
};
std::array<SplineShares, kImageSide> splineShares() {
    std::array<SplineShares, kImageSide> all{};
    constexpr int kSpacing = WayField::kSpacing;
    for (int pixel = 0; pixel < kImageSide; ++pixel) {
        const auto t = static_cast<float>(pixel % kSpacing) / kSpacing;
        all[static_cast<std::size_t>(pixel)] = {
            .first = static_cast<std::size_t>(pixel / kSpacing),
            .shares = {(1 - t) * (1 - t) * (1 - t) / 6, (3 * t * t * t - 6 * t * t + 4) / 6,
                       (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6, t * t * t / 6}};
    }
    return all;
}

void drawKnots(WayField::Knots& knots, RandomStream& random) {
    for (auto& row : knots) {
        for (float& knot : row) {
            knot = static_cast<float>(random.between(-kFarthest, kFarthest));
        }
    }
}

ElasticChange randomElasticChange(RandomStream& random) {
    ElasticChange change;
    drawKnots(change.right, random);
    drawKnots(change.down, random);
    return change;
}

}  // namespace

WayField::WayField(const Knots& knots) {
    static const std::array<SplineShares, kImageSide> kShares = splineShares();
    std::array<std::array<float, kImageSide>, kKnots> rows{};
    for (std::size_t knotRow = 0; knotRow < kKnots; ++knotRow) {
        for (std::size_t x = 0; x < kImageSide; ++x) {
            const auto& [first, shares] = kShares[x];
            for (std::size_t k = 0; k < shares.size(); ++k) {
                rows[knotRow][x] += shares[k] * knots[knotRow][first + k];
            }
        }
    }
    for (std::size_t y = 0; y < kImageSide; ++y) {
        const auto& [first, shares] = kShares[y];
        for (std::size_t x = 0; x < kImageSide; ++x) {
            ways_[y * kImageSide + x] =
                shares[0] * rows[first][x] + shares[1] * rows[first + 1][x] +
                shares[2] * rows[first + 2][x] + shares[3] * rows[first + 3][x];
        }
    }
}

ImageChange randomChange(Augmentation augmentation, RandomStream& random) {
    switch (augmentation) {
        case Augmentation::None:
            return {};
        case Augmentation::Affine:
            return {.affine = randomAffineChange(kAffineReach, random), .elastic = std::nullopt};
        case Augmentation::Elastic:
            return {.affine = randomAffineChange(kElasticReach, random),
                    .elastic = randomElasticChange(random)};
    }
    return {};
}

void applyChange(const ImageChange& change, std::span<const std::uint8_t, kImagePixels> image,
                 std::span<std::uint8_t, kImagePixels> changed) {
    static const WayField kStill(WayField::Knots{});
    const WayField right = change.elastic ? WayField(change.elastic->right) : kStill;
    const WayField down = change.elastic ? WayField(change.elastic->down) : kStill;
    const AffineChange& affine = change.affine;
    const PaddedImage source = padded(image);
    // Each pixel of the result asks where it came from: the inverse of turn, scale and shift.
    const double radians = affine.degrees * std::numbers::pi / 180.0;
    const auto cosine = static_cast<float>(std::cos(radians) / affine.scale);
    const auto sine = static_cast<float>(std::sin(radians) / affine.scale);
    constexpr float kCentre = (kImageSide - 1) / 2.0F;
    const float originX = kCentre + static_cast<float>(affine.shiftX);
    const float originY = kCentre + static_cast<float>(affine.shiftY);
    RowOfSamples row;
    constexpr float kHalf = 0.5F;  // cut off after it is added, a grey value is rounded
    for (std::size_t y = 0; y < kImageSide; ++y) {
        // In two loops, since the first, and not the second, is for the compiler to vectorize.
        const auto waysRight = right.row(y);
        const auto waysDown = down.row(y);
        const float below = static_cast<float>(y) - originY;
        for (std::size_t x = 0; x < kImageSide; ++x) {
            const float beside = static_cast<float>(x) - originX;
            const float fromX =
                withinMargin(cosine * beside + sine * below + kCentre + waysRight[x]);
            const float fromY =
                withinMargin(cosine * below - sine * beside + kCentre + waysDown[x]);
            const int left = static_cast<int>(fromX);
            const int top = static_cast<int>(fromY);
            row.places[x] = top * kPaddedSide + left;
            row.right[x] = fromX - static_cast<float>(left);
            row.down[x] = fromY - static_cast<float>(top);
        }
        for (std::size_t x = 0; x < kImageSide; ++x) {
            const float* corner = &source[static_cast<std::size_t>(row.places[x])];
            const float upper = corner[0] + (corner[1] - corner[0]) * row.right[x];
            const float lower = corner[kPaddedSide] +
                                (corner[kPaddedSide + 1] - corner[kPaddedSide]) * row.right[x];
            changed[y * kImageSide + x] =
                static_cast<std::uint8_t>(upper + (lower - upper) * row.down[x] + kHalf);
        }
    }
}

}  // namespace normscope
