#include "core/picture_ink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace normscope {
namespace {

constexpr double kLeastContrast = 25.0;  ///< of ink to paper, in grey values: a tenth of all
constexpr double kLeastShare = 0.05;     ///< of the largest stroke; smaller ones are specks
constexpr int kFits = 3;

using Mask = std::vector<char>;
using Field = std::vector<double>;

/// 1, x, y, x^2, x y, y^2 with x and y in -1..1.
constexpr int kTerms = 6;
using Terms = std::array<double, kTerms>;

Terms termsAt(const GreyImage& picture, int column, int row) {
    const double x = (2.0 * column + 1.0) / picture.width - 1.0;
    const double y = (2.0 * row + 1.0) / picture.height - 1.0;
    return {1.0, x, y, x * x, x * y, y * y};
}

/// Gaussian elimination with pivots. A term that the pixels say nothing about becomes 0.
Terms solved(std::array<Terms, kTerms> matrix, Terms right) {
    for (std::size_t i = 0; i < kTerms; ++i) {
        std::size_t pivot = i;
        for (std::size_t row = i + 1; row < kTerms; ++row) {
            pivot = std::abs(matrix[row][i]) > std::abs(matrix[pivot][i]) ? row : pivot;
        }
        std::swap(matrix[i], matrix[pivot]);
        std::swap(right[i], right[pivot]);
        for (std::size_t row = i + 1; row < kTerms && std::abs(matrix[i][i]) > 1e-9; ++row) {
            const double factor = matrix[row][i] / matrix[i][i];
            for (std::size_t column = i; column < kTerms; ++column) {
                matrix[row][column] -= factor * matrix[i][column];
            }
            right[row] -= factor * right[i];
        }
    }
    Terms solution{};
    for (std::size_t i = kTerms; i-- > 0;) {
        double rest = right[i];
        for (std::size_t column = i + 1; column < kTerms; ++column) {
            rest -= matrix[i][column] * solution[column];
        }
        solution[i] = std::abs(matrix[i][i]) > 1e-9 ? rest / matrix[i][i] : 0.0;
    }
    return solution;
}

/// The surface through the pixels that `counts` marks, by least squares.
Terms paperOf(const GreyImage& picture, const Mask& counts) {
    std::array<Terms, kTerms> matrix{};
    Terms right{};
    std::size_t pixel = 0;
    for (int row = 0; row < picture.height; ++row) {
        for (int column = 0; column < picture.width; ++column, ++pixel) {
            if (counts[pixel] == 0) {
                continue;
            }
            const Terms terms = termsAt(picture, column, row);
            for (std::size_t i = 0; i < kTerms; ++i) {
                for (std::size_t j = 0; j < kTerms; ++j) {
                    matrix[i][j] += terms[i] * terms[j];
                }
                right[i] += terms[i] * picture.values[pixel];
            }
        }
    }
    return solved(matrix, right);
}

/// Paper minus picture: dark ink is above 0.
Field differenceFrom(const Terms& paper, const GreyImage& picture) {
    Field difference;
    difference.reserve(picture.values.size());
    for (int row = 0; row < picture.height; ++row) {
        for (int column = 0; column < picture.width; ++column) {
            const Terms terms = termsAt(picture, column, row);
            difference.push_back(
                std::inner_product(terms.begin(), terms.end(), paper.begin(), 0.0) -
                picture.at(column, row));
        }
    }
    return difference;
}

struct Threshold {
    double value;
    double contrast;  ///< between the means of what is above and what is not
};

/// Otsu's: where the variance between the two classes is largest.
Threshold otsuOf(const Field& field) {
    constexpr int kBins = 256;
    const auto [low, high] = std::ranges::minmax(field);
    const double width = std::max((high - low) / kBins, 1e-9);
    std::array<double, kBins> counts{};
    std::array<double, kBins> sums{};
    for (const double value : field) {
        const int bin = std::min(static_cast<int>((value - low) / width), kBins - 1);
        counts[static_cast<std::size_t>(bin)] += 1.0;
        sums[static_cast<std::size_t>(bin)] += value;
    }
    const double total = std::accumulate(sums.begin(), sums.end(), 0.0);
    const auto all = static_cast<double>(field.size());
    Threshold best{high, 0.0};
    double largest = 0.0;
    double below = 0.0;
    double sumBelow = 0.0;
    for (std::size_t bin = 0; bin + 1 < kBins; ++bin) {
        below += counts[bin];
        sumBelow += sums[bin];
        if (below == 0.0 || below == all) {
            continue;
        }
        const double contrast = (total - sumBelow) / (all - below) - sumBelow / below;
        const double between = below * (all - below) * contrast * contrast;
        if (between > largest) {
            largest = between;
            best = {low + width * static_cast<double>(bin + 1), contrast};
        }
    }
    return best;
}

Mask above(const Field& field, double threshold) {
    Mask mask(field.size());
    std::ranges::transform(field, mask.begin(),
                           [&](double value) { return static_cast<char>(value > threshold); });
    return mask;
}

/// What lies within `radius` of the marked pixels, along rows and then along columns.
Mask widened(const Mask& mask, int width, int height, int radius) {
    const auto along = [&](const Mask& from, int count, int step, int lines, int lineStep) {
        Mask to(from.size(), 0);
        for (int line = 0; line < lines; ++line) {
            for (int pass = 0; pass < 2; ++pass) {  // there and back
                int reach = -1;  // last place that is marked because of one before it
                for (int i = 0; i < count; ++i) {
                    const int place = pass == 0 ? i : count - 1 - i;
                    const int pixel = line * lineStep + place * step;
                    const auto at = static_cast<std::size_t>(pixel);
                    reach = from[at] != 0 ? i + radius : reach;
                    to[at] = static_cast<char>(to[at] != 0 || i <= reach);
                }
            }
        }
        return to;
    };
    const Mask wide = along(mask, width, /*step=*/1, height, /*lineStep=*/width);
    return along(wide, height, /*step=*/width, width, /*lineStep=*/1);
}

/// The marked pixels that touch each other, even by a corner, from `start`; they are unmarked.
std::vector<int> takeStroke(Mask& mask, int start, int width, int height) {
    std::vector<int> stroke{start};
    mask[static_cast<std::size_t>(start)] = 0;
    for (std::size_t next = 0; next < stroke.size(); ++next) {
        const int column = stroke[next] % width;
        const int row = stroke[next] / width;
        for (int y = std::max(row - 1, 0); y <= std::min(row + 1, height - 1); ++y) {
            for (int x = std::max(column - 1, 0); x <= std::min(column + 1, width - 1); ++x) {
                const int place = y * width + x;
                if (std::exchange(mask[static_cast<std::size_t>(place)], 0) != 0) {
                    stroke.push_back(place);
                }
            }
        }
    }
    return stroke;
}

Mask withoutSpecks(Mask mask, int width, int height) {
    std::vector<std::vector<int>> strokes;
    std::size_t largest = 0;
    for (int start = 0; start < width * height; ++start) {
        if (mask[static_cast<std::size_t>(start)] != 0) {
            strokes.push_back(takeStroke(mask, start, width, height));
            largest = std::max(largest, strokes.back().size());
        }
    }
    for (const std::vector<int>& stroke : strokes) {
        if (static_cast<double>(stroke.size()) >= kLeastShare * static_cast<double>(largest)) {
            for (const int place : stroke) {
                mask[static_cast<std::size_t>(place)] = 1;
            }
        }
    }
    return mask;
}

/// The value below which `share` of those at the marked places are.
double quantileOf(const Field& field, const Mask& mask, double share) {
    Field marked;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (mask[i] != 0) {
            marked.push_back(field[i]);
        }
    }
    if (marked.empty()) {
        return 0.0;
    }
    const auto place = marked.begin() +
                       static_cast<std::ptrdiff_t>(share * static_cast<double>(marked.size() - 1));
    std::ranges::nth_element(marked, place);
    return *place;
}

Mask inverted(Mask mask) {
    std::ranges::transform(mask, mask.begin(), [](char marked) { return marked == 0; });
    return mask;
}

/// Whether the pixels far from the paper are mostly above 0.
bool leansUp(const Field& difference) {
    double skewness = 0.0;
    for (const double value : difference) {
        skewness += value * value * value;
    }
    return skewness >= 0.0;
}

}  // namespace

std::optional<GreyImage> inkOfPicture(const GreyImage& picture) {
    if (picture.values.empty()) {
        return std::nullopt;
    }
    const int width = picture.width;
    const int height = picture.height;
    const int edge = 2 + std::max(width, height) / 128;  // reach of a blurred edge
    Mask paper(picture.values.size(), 1);
    Field difference;
    Threshold threshold{};
    for (int fit = 0; fit < kFits; ++fit) {
        difference = differenceFrom(paperOf(picture, paper), picture);
        if (!leansUp(difference)) {
            std::ranges::transform(difference, difference.begin(), std::negate());
        }
        threshold = otsuOf(difference);
        const Mask rest =
            inverted(widened(above(difference, threshold.value), width, height, edge));
        // Ink all over leaves no paper to go by.
        paper = std::ranges::count(rest, 1) > kTerms ? rest : paper;
    }
    if (threshold.contrast < kLeastContrast) {
        return std::nullopt;
    }
    const Mask strokes = withoutSpecks(above(difference, threshold.value), width, height);
    const Mask inked = widened(strokes, width, height, edge);
    // Half of all normal noise lies within 0.6745 standard deviations.
    Field noise = difference;
    std::ranges::transform(noise, noise.begin(), [](double value) { return std::abs(value); });
    const double deviation = quantileOf(noise, paper, 0.5) / 0.6745;
    const double none = std::min(4.0 * deviation, threshold.value);
    const double full = std::max(quantileOf(difference, strokes, 0.75), none + 1.0);

    GreyImage ink{width, height, std::vector<std::uint8_t>(picture.values.size(), 0)};
    for (std::size_t i = 0; i < ink.values.size(); ++i) {
        const double share = std::clamp((difference[i] - none) / (full - none), 0.0, 1.0);
        ink.values[i] = static_cast<std::uint8_t>(inked[i] != 0 ? std::lround(255.0 * share) : 0);
    }
    return ink;
}

}  // namespace normscope
