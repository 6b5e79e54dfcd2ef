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

template <std::size_t kCells>
void arrangeTiles(const float* weights, const ConvolutionShape& shape, float* tiles) {
    for (int o = 0; o < shape.out; ++o) {
        for (int i = 0; i < shape.in; ++i) {
            std::array<std::array<double, kCells>, 3> columns;  // G g, by kx
            for (std::size_t kx = 0; kx < columns.size(); ++kx) {
                columns[kx] = transformed<kCells>(weights[kx], weights[3 + kx], weights[6 + kx]);
            }
            weights += shape.taps();
            for (std::size_t row = 0; row < kCells; ++row) {
                const std::array<double, kCells> cells =
                    transformed<kCells>(columns[0][row], columns[1][row], columns[2][row]);
                for (std::size_t column = 0; column < kCells; ++column) {
                    const int cell = static_cast<int>(kCells * row + column);
                    tiles[(cell * shape.in + i) * shape.out + o] =
                        static_cast<float>(cells[column]);
                }
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

void arrange(const float* parameters, const ParameterLayout& layout, ArrangedParameters& arranged) {
    for (int convolution = 0; convolution < kConvolutions; ++convolution) {
        const ConvolutionShape& shape = kConvolutionShapes[convolution];
        const float* weights = parameters + layout.convolution[convolution];
        if (shape.tile == 0) {
            const int place = weightsBefore(convolution);
            arrangeConvolution(weights, shape, arranged.forward + place, arranged.backward + place);
        } else {
            arrangeTiles(weights, shape, shape.tile,
                         arranged.tiles + tileWeightsBefore(convolution));
            arrangeTiles(weights, shape, shape.backwardTile,
                         arranged.backwardTiles + backwardTileWeightsBefore(convolution));
        }
    }
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
