#include "core/drawn_digit.h"

#include <algorithm>
#include <cmath>

namespace normscope {
namespace {

struct PixelBox {
    int left;
    int top;
    int right;   ///< beyond the last
    int bottom;  ///< beyond the last

    int width() const { return right - left; }
    int height() const { return bottom - top; }
};

/// Grey values in a square of 20 x 20 whose ink begins at its top left corner.
struct FittedInk {
    std::array<double, std::size_t{kDigitBoxSide} * kDigitBoxSide> values{};
    double width = 0.0;
    double height = 0.0;

    double at(int column, int row) const {
        return values[static_cast<std::size_t>(row) * kDigitBoxSide +
                      static_cast<std::size_t>(column)];
    }
};

struct Point {
    double x;
    double y;
};

std::optional<PixelBox> boxOf(const GreyImage& ink) {
    PixelBox box{ink.width, ink.height, 0, 0};
    for (int row = 0; row < ink.height; ++row) {
        for (int column = 0; column < ink.width; ++column) {
            if (ink.at(column, row) > 0) {
                box = {std::min(box.left, column), std::min(box.top, row),
                       std::max(box.right, column + 1), std::max(box.bottom, row + 1)};
            }
        }
    }
    return box.right > box.left ? std::optional(box) : std::nullopt;
}

/// How much of each source pixel one target pixel covers, along one side.
struct Cover {
    int first = 0;
    std::vector<double> lengths;
};

/// Of each of the 20 target pixels, when `length` source pixels from `start` become
/// `length * scale` target pixels.
std::vector<Cover> coversOf(int start, int length, double scale) {
    std::vector<Cover> covers;
    for (int target = 0; target < kDigitBoxSide; ++target) {
        const double from = std::min(target / scale, static_cast<double>(length));
        const double to = std::min((target + 1) / scale, static_cast<double>(length));
        Cover cover{start + static_cast<int>(from), {}};
        for (int pixel = static_cast<int>(from); pixel < to; ++pixel) {
            cover.lengths.push_back(std::min(to, pixel + 1.0) - std::max(from, 1.0 * pixel));
        }
        covers.push_back(std::move(cover));
    }
    return covers;
}

/// Each target pixel is the mean of what it covers: anti-aliasing by area.
FittedInk fitted(const GreyImage& ink, const PixelBox& box) {
    const double scale = static_cast<double>(kDigitBoxSide) / std::max(box.width(), box.height());
    FittedInk fit{.width = box.width() * scale, .height = box.height() * scale};
    const std::vector<Cover> columns = coversOf(box.left, box.width(), scale);
    const std::vector<Cover> rows = coversOf(box.top, box.height(), scale);
    auto value = fit.values.begin();
    for (const Cover& down : rows) {
        for (const Cover& across : columns) {
            double sum = 0.0;
            for (std::size_t y = 0; y < down.lengths.size(); ++y) {
                for (std::size_t x = 0; x < across.lengths.size(); ++x) {
                    sum += down.lengths[y] * across.lengths[x] *
                           ink.at(across.first + static_cast<int>(x),
                                  down.first + static_cast<int>(y));
                }
            }
            *value++ = sum * scale * scale;
        }
    }
    return fit;
}

Point centreOf(const FittedInk& fit) {
    double mass = 0.0;
    Point moment{0.0, 0.0};
    for (int row = 0; row < kDigitBoxSide; ++row) {
        for (int column = 0; column < kDigitBoxSide; ++column) {
            const double value = fit.at(column, row);
            mass += value;
            moment.x += value * (column + 0.5);
            moment.y += value * (row + 0.5);
        }
    }
    return {moment.x / mass, moment.y / mass};
}

/// By how many pixels ink of this size moves, so that its centre is where MNIST has it and no ink
/// is lost.
int shiftFor(double centre, double length) {
    const int most = kImageSide - static_cast<int>(std::ceil(length));
    return std::clamp(static_cast<int>(std::lround(kDigitCentre - centre)), 0, most);
}

}  // namespace

std::optional<PreparedDigit> prepareDigit(const GreyImage& ink) {
    const std::optional<PixelBox> box = boxOf(ink);
    if (!box) {
        return std::nullopt;
    }
    const FittedInk fit = fitted(ink, *box);
    const Point centre = centreOf(fit);
    const int right = shiftFor(centre.x, fit.width);
    const int down = shiftFor(centre.y, fit.height);
    PreparedDigit digit{.image = {},
                        .box = {1.0 * right, 1.0 * down, fit.width, fit.height},
                        .centreX = centre.x + right,
                        .centreY = centre.y + down};
    for (int row = 0; row < std::min(kDigitBoxSide, kImageSide - down); ++row) {
        for (int column = 0; column < std::min(kDigitBoxSide, kImageSide - right); ++column) {
            const int pixel = (row + down) * kImageSide + column + right;
            digit.image[static_cast<std::size_t>(pixel)] =
                static_cast<std::uint8_t>(std::lround(std::min(fit.at(column, row), 255.0)));
        }
    }
    return digit;
}

}  // namespace normscope
