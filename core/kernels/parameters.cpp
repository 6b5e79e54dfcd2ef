#include "core/kernels/parameters.h"

#include <algorithm>

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
        const int place = weightsBefore(convolution);
        arrangeConvolution(parameters + layout.convolution[convolution],
                           kConvolutionShapes[convolution], arranged.forward + place,
                           arranged.backward + place);
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
