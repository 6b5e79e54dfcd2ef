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
std::array<double, 4> transformed(double x0, double x1, double x2) {
    return {x0, (x0 + x1 + x2) / 2.0, (x0 - x1 + x2) / 2.0, x2};
}

void arrangeTiles(const float* weights, const ConvolutionShape& shape, float* tiles) {
    for (int o = 0; o < shape.out; ++o) {
        for (int i = 0; i < shape.in; ++i) {
            std::array<std::array<double, 4>, 3> columns;  // G g, by kx
            for (std::size_t kx = 0; kx < columns.size(); ++kx) {
                columns[kx] = transformed(weights[kx], weights[3 + kx], weights[6 + kx]);
            }
            weights += shape.taps();
            for (std::size_t row = 0; row < 4; ++row) {
                const std::array<double, 4> cells =
                    transformed(columns[0][row], columns[1][row], columns[2][row]);
                for (std::size_t column = 0; column < 4; ++column) {
                    const int cell = static_cast<int>(4 * row + column);
                    tiles[(cell * shape.in + i) * shape.out + o] =
                        static_cast<float>(cells[column]);
                }
            }
        }
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
        if (shape.tiled()) {
            arrangeTiles(weights, shape, arranged.tiles + tileWeightsBefore(convolution));
        } else {
            const int place = weightsBefore(convolution);
            arrangeConvolution(weights, shape, arranged.forward + place, arranged.backward + place);
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
