#pragma once

/// The digit net in figures, for code that is compiled for one network alone. Nothing of the
/// standard library in here: see lanes.h.

namespace normscope::kernels {

inline constexpr int kImageSide = 28;
inline constexpr int kImagePixels = kImageSide * kImageSide;
inline constexpr int kClasses = 10;
inline constexpr int kNormLayers = 6;
inline constexpr int kMostChannels = 16;  ///< of a norm layer

inline constexpr int kNormChannels[kNormLayers] = {8, 12, 12, 16, 15, 15};
/// Height and width of what passes a norm layer.
inline constexpr int kNormSides[kNormLayers] = {26, 24, 10, 8, 4, 4};

/// Weights out x in x size x size, without bias.
struct ConvolutionShape {
    int in;
    int out;
    int size;

    constexpr int taps() const { return size * size; }
    constexpr int weights() const { return out * in * taps(); }
    /// Computed in tiles (winograd.h), which does not pay for one input channel.
    constexpr bool tiled() const { return size == 3 && in > 1; }
};

/// Weights of a transformed window.
inline constexpr int kTileCells = 16;

/// In the order in which an image passes them.
enum Convolution : int { kConv1, kConv2, kPoint1, kConv3, kConv4, kPoint2, kConv5, kConv6, kHead };
inline constexpr int kConvolutions = 9;
inline constexpr ConvolutionShape kConvolutionShapes[kConvolutions] = {
    {1, 8, 3},   {8, 12, 3},  {12, 8, 1},  {8, 12, 3}, {12, 16, 3},
    {16, 12, 1}, {12, 15, 3}, {15, 15, 3}, {15, 10, 1}};

/// Where the weights of a convolution begin when those of all lie one after the other.
constexpr int weightsBefore(int convolution) {
    int count = 0;
    for (int before = 0; before < convolution; ++before) {
        count += kConvolutionShapes[before].weights();
    }
    return count;
}
inline constexpr int kWeights = weightsBefore(kConvolutions);

/// Where the transformed weights of a tiled convolution begin.
constexpr int tileWeightsBefore(int convolution) {
    int count = 0;
    for (int before = 0; before < convolution; ++before) {
        const ConvolutionShape shape = kConvolutionShapes[before];
        count += shape.tiled() ? shape.out * shape.in * kTileCells : 0;
    }
    return count;
}
inline constexpr int kTileWeights = tileWeightsBefore(kConvolutions);

}  // namespace normscope::kernels
