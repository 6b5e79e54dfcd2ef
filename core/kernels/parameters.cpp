#include "core/kernels/parameters.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace normscope::kernels {
namespace {

void arrangeConvolution(const float* weights, const ConvolutionShape& shape, float* forward,
                        float* backward) {
    const int last = shape.taps() - 1;  // turned by 180 degrees, tap k is tap last - k
    for (int o = 0; o < shape.out; ++o) {
        for (int i = 0; i < shape.in; ++i) {
            for (int tap = 0; tap < shape.taps(); ++tap) {
                const float weight = *weights++;
                forward[(i * shape.taps() + tap) * shape.out + o] = weight;
                backward[(o * shape.taps() + last - tap) * shape.in + i] = weight;
            }
        }
    }
}

/// G x: in double, so that each weight is rounded once.
template <std::size_t kCells>
std::array<double, kCells> transformed(double x0, double x1, double x2) {
    const auto at = [&](double point) { return x0 + point * (x1 + point * x2); };
    if constexpr (kCells == 4) {
        return {x0, at(1.0) / 2.0, at(-1.0) / 2.0, x2};
    } else {
        return {x0 * weightAtZero(),
                at(kNearPoint) * weightAtNear(),
                at(-kNearPoint) * weightAtNear(),
                at(kFarPoint) * weightAtFar(),
                at(-kFarPoint) * weightAtFar(),
                x2};
    }
}

/// One number for each window of a convolution, in the order in, out.
using OfWindows = std::array<double, 16 * 15 + 8>;

/// Step by step for all windows, so that the compiler computes several at once.
template <std::size_t kCells>
void arrangeTiles(const float* weights, const ConvolutionShape& shape, float* tiles) {
    const auto windows = static_cast<std::size_t>(shape.in * shape.out);
    std::array<OfWindows, 9> taps;
    for (int o = 0; o < shape.out; ++o) {
        for (int i = 0; i < shape.in; ++i) {
            for (OfWindows& tap : taps) {
                tap[static_cast<std::size_t>(i * shape.out + o)] = *weights++;
            }
        }
    }
    std::array<std::array<OfWindows, kCells>, 3> columns;  // G g, by kx
    for (std::size_t kx = 0; kx < columns.size(); ++kx) {
        for (std::size_t window = 0; window < windows; ++window) {
            const auto cells =
                transformed<kCells>(taps[kx][window], taps[3 + kx][window], taps[6 + kx][window]);
            for (std::size_t row = 0; row < kCells; ++row) {
                columns[kx][row][window] = cells[row];
            }
        }
    }
    for (std::size_t row = 0; row < kCells; ++row) {
        float* const to = tiles + row * kCells * windows;
        for (std::size_t window = 0; window < windows; ++window) {
            const auto cells = transformed<kCells>(columns[0][row][window], columns[1][row][window],
                                                   columns[2][row][window]);
            for (std::size_t column = 0; column < kCells; ++column) {
                to[column * windows + window] = static_cast<float>(cells[column]);
            }
        }
    }
}

void arrangeTiles(const float* weights, const ConvolutionShape& shape, int tile, float* tiles) {
    if (tile == 2) {
        arrangeTiles<4>(weights, shape, tiles);
    } else {
        arrangeTiles<6>(weights, shape, tiles);
    }
}

/// The convolution whose output norm layer 0..5 takes.
constexpr Convolution kBeforeNorm[kNormLayers] = {kConv1, kConv2, kConv3, kConv4, kConv5, kConv6};

}  // namespace

ParameterLayout parameterLayout(bool affine) {
    ParameterLayout layout;
    layout.affine = affine;
    int norm = 0;
    for (int convolution = 0; convolution < kConvolutions; ++convolution) {
        layout.convolution[convolution] = layout.count;
        layout.count += kConvolutionShapes[convolution].weights();
        if (affine && norm < kNormLayers && kBeforeNorm[norm] == convolution) {
            layout.gamma[norm] = layout.count;
            layout.beta[norm] = layout.count + kNormChannels[norm];
            layout.count += 2 * kNormChannels[norm];
            ++norm;
        }
    }
    return layout;
}

void arrangeWeights(const float* parameters, const ParameterLayout& layout, int convolution,
                    ArrangedParameters& arranged) {
    const ConvolutionShape& shape = kConvolutionShapes[convolution];
    const float* weights = parameters + layout.convolution[convolution];
    if (shape.tile == 0) {
        const int place = weightsBefore(convolution);
        arrangeConvolution(weights, shape, arranged.forward + place, arranged.backward + place);
    } else {
        arrangeTiles(weights, shape, shape.tile, arranged.tiles + tileWeightsBefore(convolution));
        if (shape.backwardTile != shape.tile) {
            arrangeTiles(weights, shape, shape.backwardTile,
                         arranged.backwardTiles + backwardTileWeightsBefore(convolution));
        }
    }
}

void arrangeNorms(const float* parameters, const ParameterLayout& layout,
                  ArrangedParameters& arranged) {
    for (int norm = 0; norm < kNormLayers; ++norm) {
        if (layout.affine) {
            const int channels = kNormChannels[norm];
            std::copy_n(parameters + layout.gamma[norm], channels, arranged.gamma[norm]);
            std::copy_n(parameters + layout.beta[norm], channels, arranged.beta[norm]);
        } else {
            std::fill_n(arranged.gamma[norm], kMostChannels, 1.0F);
            std::fill_n(arranged.beta[norm], kMostChannels, 0.0F);
        }
    }
}

}  // namespace normscope::kernels
