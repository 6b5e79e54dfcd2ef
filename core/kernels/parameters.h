#pragma once

#include "core/kernels/digit_shape.h"

namespace normscope::kernels {

/// Where each parameter lies in the flat vector of DigitNet, which holds them in the order of the
/// modules and the weights of a convolution as PyTorch does: out, in, ky, kx.
struct ParameterLayout {
    bool affine = true;  ///< gamma and beta, unless there is no normalization
    int convolution[kConvolutions] = {};
    int gamma[kNormLayers] = {};
    int beta[kNormLayers] = {};
    int count = 0;
};
ParameterLayout parameterLayout(bool affine);

/// The parameters of one step as the loops read them.
struct ArrangedParameters {
    /// Of a convolution that is not tiled, in the order in, ky, kx, out: several output channels
    /// are computed at once, so their weights lie side by side.
    float forward[kWeights] = {};
    /// Of the convolution that leads dL/dy back to dL/dx: `in` and `out` have changed places, and
    /// the windows are turned.
    float backward[kWeights] = {};
    /// G g G^T of the tiled ones, in the order cell, in, out: see winograd.h.
    float tiles[kTileWeights] = {};
    /// The same for the way back, where its tiles are of another size.
    float backwardTiles[kBackwardTileWeights] = {};
    float gamma[kNormLayers][kMostChannels] = {};
    float beta[kNormLayers][kMostChannels] = {};
};
/// Of one convolution: they can be arranged side by side.
void arrangeWeights(const float* parameters, const ParameterLayout& layout, int convolution,
                    ArrangedParameters& arranged);
/// Gamma and beta.
void arrangeNorms(const float* parameters, const ParameterLayout& layout,
                  ArrangedParameters& arranged);

}  // namespace normscope::kernels
