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
    /// Computed in tiles of so many results squared (winograd.h); 0 is the plain way.
    int tile = 0;
    int backwardTile = 0;

    constexpr int taps() const { return size * size; }
    constexpr int weights() const { return out * in * taps(); }
};

/// Weights of a window that is transformed for tiles of so many results squared.
constexpr int tileCells(int tile) {
    return tile == 0 ? 0 : (tile + 2) * (tile + 2);
}

/// In the order in which an image passes them. Tiles do not pay for one input channel. Large ones
/// divide the maps of two convolutions; they round more coarsely, which on the way back touches
/// what lies before them alone, on the way forward everything.
enum Convolution : int { kConv1, kConv2, kPoint1, kConv3, kConv4, kPoint2, kConv5, kConv6, kHead };
inline constexpr int kConvolutions = 9;
inline constexpr ConvolutionShape kConvolutionShapes[kConvolutions] = {
    {1, 8, 3},   {8, 12, 3, 2, 4},  {12, 8, 1},        {8, 12, 3, 2, 2}, {12, 16, 3, 2, 4},
    {16, 12, 1}, {12, 15, 3, 2, 2}, {15, 15, 3, 2, 2}, {15, 10, 1}};

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
        count += shape.out * shape.in * tileCells(shape.tile);
    }
    return count;
}
/// Those for the way back, if its tiles are of another size.
constexpr int backwardTileWeightsBefore(int convolution) {
    int count = 0;
    for (int before = 0; before < convolution; ++before) {
        const ConvolutionShape shape = kConvolutionShapes[before];
        if (shape.backwardTile != shape.tile) {
            count += shape.out * shape.in * tileCells(shape.backwardTile);
        }
    }
    return count;
}
inline constexpr int kTileWeights = tileWeightsBefore(kConvolutions);
inline constexpr int kBackwardTileWeights = backwardTileWeightsBefore(kConvolutions);

/// Points of the tiles of 4 x 4 results, and what G divides by there: see tile_transforms.h.
inline constexpr double kNearPoint = 0.75;
inline constexpr double kFarPoint = 1.5;
constexpr double weightAtZero() {
    return 1.0 / (kNearPoint * kNearPoint * kFarPoint * kFarPoint);
}
constexpr double weightAtNear() {
    const double square = kNearPoint * kNearPoint;
    return 1.0 / (2.0 * square * (square - kFarPoint * kFarPoint));
}
constexpr double weightAtFar() {
    const double square = kFarPoint * kFarPoint;
    return 1.0 / (2.0 * square * (square - kNearPoint * kNearPoint));
}

}  // namespace normscope::kernels
