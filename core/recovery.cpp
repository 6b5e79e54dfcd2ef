#include "core/recovery.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace normscope {
namespace {

/// x and x_hat of a cell.
struct Cell {
    double original;
    double normalized;
};

/// The outermost cells of this channel in each image. Within one channel of one image x is a
/// straight line over x_hat, whatever the norm, so that no other cell is ever the worst.
std::vector<Cell> outermostCells(const Tensor4& input, const NormTrace& trace, int channel) {
    const auto plane = static_cast<std::ptrdiff_t>(input.shape.plane());
    std::vector<Cell> cells;
    for (int image = 0; image < input.shape.images; ++image) {
        const auto first =
            trace.normalized.values.begin() +
            static_cast<std::ptrdiff_t>(offsetOf(input.shape, {image, channel, 0, 0}));
        const auto [lowest, highest] = std::minmax_element(first, first + plane);
        for (const auto cell : {lowest, highest}) {
            const auto place = static_cast<std::size_t>(cell - trace.normalized.values.begin());
            cells.push_back({input.values[place], *cell});
        }
    }
    return cells;
}

/// The largest |y - x| that the best beta leaves to this gamma.
double leastErrorWith(double gamma, const std::vector<Cell>& cells) {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    for (const Cell& cell : cells) {
        const double rest = cell.original - gamma * cell.normalized;
        lowest = std::min(lowest, rest);
        highest = std::max(highest, rest);
    }
    return (highest - lowest) / 2.0;
}

/// The best of all lines in the sense of Chebyshev is parallel to one through two of the points:
/// few enough to try them all.
double leastError(const std::vector<Cell>& cells) {
    double least = leastErrorWith(0.0, cells);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        for (std::size_t j = i + 1; j < cells.size(); ++j) {
            const double run = cells[j].normalized - cells[i].normalized;
            if (run != 0.0) {
                const double gamma = (cells[j].original - cells[i].original) / run;
                least = std::min(least, leastErrorWith(gamma, cells));
            }
        }
    }
    return least;
}

double leastErrorOfAll(const Tensor4& input, const NormTrace& trace) {
    double largest = 0.0;
    for (int channel = 0; channel < input.shape.channels; ++channel) {
        largest = std::max(largest, leastError(outermostCells(input, trace, channel)));
    }
    return largest;
}

}  // namespace

Recovery measureRecovery(const Tensor4& input, const NormSpec& spec, int image) {
    const NormTrace trace = normalize(input, spec, Affine::identity(input.shape.channels));
    const Affine ofImage = restoringAffine(trace, spec, image);
    return {recoveryError(input, trace, ofImage, image), recoveryError(input, trace, ofImage),
            leastErrorOfAll(input, trace)};
}

}  // namespace normscope
