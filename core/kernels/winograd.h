#pragma once

/// Convolutions of 3 x 3 with fewer multiplications (Winograd; Lavin and Gray, "Fast algorithms for
/// convolutional neural networks", arXiv 1509.09308: F(m x m, 3x3)). With g a window of weights, d
/// the (m + 2) x (m + 2) cells that a tile of m x m results y sees, and any m x m factors z,
///
///     sum of z * y  =  sum of (A z A^T) * (G g G^T) * (B^T d B)     cell by cell
///
/// whichever of the three is asked for: with z = dL/dy,
///
///     y = A^T [(G g G^T) * (B^T d B)] A
///     dL/dd = B [(G g G^T) * (A z A^T)] B^T
///     dL/dg = G^T [(A z A^T) * (B^T d B)] G
///
/// and sums over channels and tiles are taken within the brackets. That is 16 multiplications for
/// 2 x 2 results and 36 for 4 x 4, instead of 9 for each. The matrices are in tile_transforms.h.
///
/// Transformed weights are read in the order cell, in, out: see parameters.h.

#include "core/kernels/convolution.h"
#include "core/kernels/lanes.h"
#include "core/kernels/tile_transforms.h"

namespace normscope::NORMSCOPE_ISA {

/// Width and height of the cells of a tile of kSide x kSide results.
template <int kSide>
inline constexpr int kCellsAcross = kSide + 2;
template <int kSide>
inline constexpr int kCellsOf = kCellsAcross<kSide>* kCellsAcross<kSide>;

/// B^T d B of some tiles, or A z A^T. Cells lie an odd number of vectors apart, so that those of a
/// tile do not fight for the same place in the cache.
template <int kSide, int kChannels, int kTiles>
struct TransformedTiles {
    static constexpr int side = kSide;
    static constexpr int channels = kChannels;

    Lanes cells[kCellsOf<kSide>][kTiles * kChannels / 2 * 2 + 1];

    Lanes* of(int cell, int tile) { return cells[cell] + tile * kChannels; }
    const Lanes* of(int cell, int tile) const { return cells[cell] + tile * kChannels; }
};

/// L M L^T of one channel, where M is kFrom x kFrom: `matrix(row, column)`, and `transform` is what
/// L makes of a vector.
template <int kFrom, class Tiles, class Matrix, class Transform>
inline void transformTile(Tiles& tiles, int tile, int channel, Matrix matrix, Transform transform) {
    constexpr int kAcross = kCellsAcross<Tiles::side>;
    Lanes half[kAcross][kFrom];  // L M
#pragma GCC unroll 6
    for (int column = 0; column < kFrom; ++column) {
        Lanes from[kFrom];
#pragma GCC unroll 6
        for (int row = 0; row < kFrom; ++row) {
            from[row] = matrix(row, column);
        }
        Lanes cells[kAcross];
        transform(from, cells);
#pragma GCC unroll 6
        for (int row = 0; row < kAcross; ++row) {
            half[row][column] = cells[row];
        }
    }
#pragma GCC unroll 6
    for (int row = 0; row < kAcross; ++row) {
        Lanes cells[kAcross];
        transform(half[row], cells);
#pragma GCC unroll 6
        for (int column = 0; column < kAcross; ++column) {
            tiles.of(kAcross * row + column, tile)[channel] = cells[column];
        }
    }
}

/// B^T d B of the tile whose upper left cell is (y, x) of the maps, their border included.
template <class In, class Tiles>
void transformInputs(const In& in, int y, int x, Tiles& tiles, int tile) {
    for (int channel = 0; channel < In::channels; ++channel) {
        transformTile<kCellsAcross<Tiles::side>>(
            tiles, tile, channel,
            [&](int row, int column) { return in.bordered(y + row, channel)[x + column]; },
            [](const auto& from, auto& cells) {
                TileTransforms<Tiles::side>::ofInputs(from, cells);
            });
    }
}

/// A z A^T of the tile whose upper left cell is (y, x).
template <class Delta, class Tiles>
void transformDeltas(const Delta& delta, int y, int x, Tiles& tiles, int tile) {
    for (int channel = 0; channel < Delta::channels; ++channel) {
        transformTile<Tiles::side>(
            tiles, tile, channel,
            [&](int row, int column) { return delta.row(y + row, channel)[x + column]; },
            [](const auto& from, auto& cells) {
                TileTransforms<Tiles::side>::ofDeltas(from, cells);
            });
    }
}

/// Row `row` of (G g G^T) * (transformed tile), summed over the channels of the tile, for kAtOnce
/// channels of the result and kCellsAtOnce cells at once. The weight of the k-th channel of the
/// tile and the r-th of the result is weights[k * kStep + r * kStride].
template <int kAtOnce, int kCellsAtOnce, int kStep, int kStride, class Tiles>
[[gnu::always_inline]] inline void multiplyRow(
    const Tiles& tiles, int tile, int row, const float* weights, int weightsOfCell,
    Lanes (&products)[kAtOnce][kCellsAcross<Tiles::side>]) {
    constexpr int kAcross = kCellsAcross<Tiles::side>;
#pragma GCC unroll 6
    for (int first = 0; first < kAcross; first += kCellsAtOnce) {
        Lanes sum[kAtOnce][kCellsAtOnce] = {};
        for (int k = 0; k < Tiles::channels; ++k) {
#pragma GCC unroll 6
            for (int c = 0; c < kCellsAtOnce; ++c) {
                const int cell = kAcross * row + first + c;
                const Lanes value = tiles.of(cell, tile)[k];
                const float* weight = weights + cell * weightsOfCell + k * kStep;
#pragma GCC unroll 32
                for (int r = 0; r < kAtOnce; ++r) {
                    sum[r][c] += weight[r * kStride] * value;
                }
            }
        }
#pragma GCC unroll 32
        for (int r = 0; r < kAtOnce; ++r) {
#pragma GCC unroll 6
            for (int c = 0; c < kCellsAtOnce; ++c) {
                products[r][first + c] = sum[r][c];
            }
        }
    }
}

/// Rows `y` to y + kSide - 1 of the convolution of `in`, its border included, with After applied
/// to each cell.
template <int kSide, class After, class In, class Out>
[[gnu::noinline]] void convolveTiles(const In& in, const float* weights, Out& out, int y) {
    static_assert(Out::side == In::width - 2 && Out::side % kSide == 0 && Out::border == 0);
    constexpr int kAcross = kCellsAcross<kSide>;
    constexpr Tile kBlock = tileFor(Out::channels, kAcross);
    using Transforms = TileTransforms<kSide>;
    TransformedTiles<kSide, In::channels, 1> tile;
    for (int x = 0; x < Out::side; x += kSide) {
        transformInputs(in, y, x, tile, 0);
        for (int o = 0; o < Out::channels; o += kBlock.rows) {
            Lanes half[kBlock.rows][kSide][kAcross];  // [..] A, its columns first
            for (int row = 0; row < kAcross; ++row) {
                Lanes products[kBlock.rows][kAcross];
                multiplyRow<kBlock.rows, kBlock.columns, Out::channels, 1>(
                    tile, 0, row, weights + o, In::channels * Out::channels, products);
#pragma GCC unroll 32
                for (int r = 0; r < kBlock.rows; ++r) {
                    Lanes results[kSide];
                    Transforms::toResults(products[r], results);
#pragma GCC unroll 4
                    for (int column = 0; column < kSide; ++column) {
                        half[r][column][row] = results[column];
                    }
                }
            }
            for (int r = 0; r < kBlock.rows; ++r) {
#pragma GCC unroll 4
                for (int column = 0; column < kSide; ++column) {
                    Lanes results[kSide];
                    Transforms::toResults(half[r][column], results);
#pragma GCC unroll 4
                    for (int row = 0; row < kSide; ++row) {
                        out.row(y + row, o + r)[x + column] = After()(results[row]);
                    }
                }
            }
        }
    }
}

/// The way back, from the first rows of dL/dy to the last, in bands of kTileRows rows of tiles.
/// What a band adds to dL/dg goes through memory: the fewer, the better, while their tiles fit into
/// the cache.
template <int kSide, class In, int kOuts, int kTileRows = 1>
class ConvolutionBackward {
  public:
    static constexpr int kIns = In::channels;
    static constexpr int kResults = In::width - 2;         ///< width and height of dL/dy
    static constexpr int kBandHeight = kTileRows * kSide;  ///< rows of dL/dy

    /// Takes rows `y` to y + kBandHeight - 1 of `delta`, dL/dy, from y = 0 on. With them as many
    /// rows of dL/dx, its border included, are complete and go to `gradients`; after the last band
    /// all. Of `in` two rows more are read.
    template <class Delta, class Out>
    void takeBand(const In& in, const Delta& delta, const float* weights, Out& gradients, int y) {
        static_assert(Delta::channels == kOuts && Delta::side == kResults);
        static_assert(Out::channels == kIns && Out::width == In::width);
        if (y == 0) {
            clear(below_);
        }
        for (int tile = 0; tile < kTiles; ++tile) {
            const int row = y + tile / kTilesAcross * kSide;
            const int column = tile % kTilesAcross * kSide;
            transformInputs(in, row, column, inputs_, tile);
            transformDeltas(delta, row, column, deltas_, tile);
            addInputGradients(weights, tile, gradients, row, column);
        }
        const bool first = y == 0;
        const bool last = y + kBandHeight == kResults;
        addWeightGradients(first, last);
        if (last) {
            for (int row = 0; row < 2; ++row) {
                for (int i = 0; i < kIns; ++i) {
                    Lanes* to = gradients.bordered(kResults + row, i);
                    for (int x = 0; x < In::width; ++x) {
                        to[x] = below_[row][i][x];
                    }
                }
            }
        }
    }

    /// dL/dg, summed over the lanes, in the order out, in, ky, kx; after the last band.
    void storeWeightGradients(float* gradients) const {
        for (int first = 0; first < kWindows; first += kLanes) {
            Lanes half[3][kAcross];  // G^T [..]
            for (int column = 0; column < kAcross; ++column) {
                Lanes m[kAcross];
                for (int row = 0; row < kAcross; ++row) {
                    __builtin_memcpy(&m[row], &sums_[kAcross * row + column][first], sizeof m[row]);
                }
                Lanes g[3];
                Transforms::toWeightGradients(m, g);
                for (int ky = 0; ky < 3; ++ky) {
                    half[ky][column] = g[ky];
                }
            }
            for (int ky = 0; ky < 3; ++ky) {
                Lanes g[3];
                Transforms::toWeightGradients(half[ky], g);
                for (int kx = 0; kx < 3; ++kx) {
                    for (int lane = 0; lane < kLanes && first + lane < kWindows; ++lane) {
                        const int i = (first + lane) / kOuts;
                        const int o = (first + lane) % kOuts;
                        gradients[(o * kIns + i) * 9 + ky * 3 + kx] = g[kx][lane];
                    }
                }
            }
        }
    }

  private:
    using Transforms = TileTransforms<kSide>;
    static constexpr int kAcross = kCellsAcross<kSide>;
    static constexpr int kCells = kCellsOf<kSide>;
    static constexpr int kTilesAcross = kResults / kSide;
    static constexpr int kTiles = kTileRows * kTilesAcross;
    static_assert(kResults % kBandHeight == 0);
    static constexpr bool kOneBand = kResults == kBandHeight;
    static constexpr int kWindows = kIns * kOuts;
    static constexpr int kPaddedWindows = (kWindows + kLanes - 1) / kLanes * kLanes;

    template <class Array>
    static void clear(Array& array) {
        auto* lanes = reinterpret_cast<Lanes*>(&array);
        for (unsigned place = 0; place < sizeof array / sizeof(Lanes); ++place) {
            lanes[place] = Lanes{};
        }
    }

    /// To those of the bands before, if this is not the `first`. After the `last` each is summed up
    /// over the lanes.
    void addWeightGradients(bool first, bool last) {
        for (int cell = 0; cell < kCells; ++cell) {
            Lanes* products = products_[kOneBand ? 0 : cell];
            if (first) {
                multiplyCell</*kFirst=*/true>(cell, products);
            } else {
                multiplyCell</*kFirst=*/false>(cell, products);
            }
            if (last) {
                for (int window = 0; window < kPaddedWindows; window += kLanes) {
                    const Lanes sums = laneSums(products + window);
                    __builtin_memcpy(&sums_[cell][window], &sums, sizeof sums);
                }
            }
        }
    }

    template <bool kFirst>
    [[gnu::noinline]] void multiplyCell(int cell, Lanes* products) const {
        constexpr Tile kBlock = tileFor(kIns, kOuts);
        for (int i = 0; i < kIns; i += kBlock.rows) {
            for (int o = 0; o < kOuts; o += kBlock.columns) {
                Lanes sum[kBlock.rows][kBlock.columns];
#pragma GCC unroll 32
                for (int r = 0; r < kBlock.rows; ++r) {
#pragma GCC unroll 32
                    for (int c = 0; c < kBlock.columns; ++c) {
                        sum[r][c] = kFirst ? Lanes{} : products[(i + r) * kOuts + o + c];
                    }
                }
                for (int tile = 0; tile < kTiles; ++tile) {
                    const Lanes* input = inputs_.of(cell, tile) + i;
                    const Lanes* delta = deltas_.of(cell, tile) + o;
#pragma GCC unroll 32
                    for (int r = 0; r < kBlock.rows; ++r) {
#pragma GCC unroll 32
                        for (int c = 0; c < kBlock.columns; ++c) {
                            sum[r][c] += input[r] * delta[c];
                        }
                    }
                }
#pragma GCC unroll 32
                for (int r = 0; r < kBlock.rows; ++r) {
#pragma GCC unroll 32
                    for (int c = 0; c < kBlock.columns; ++c) {
                        products[(i + r) * kOuts + o + c] = sum[r][c];
                    }
                }
            }
        }
    }

    /// Those of the tile whose upper left cell is (y, x). Neighbours share two rows or columns of
    /// them: of the rows below, the lower neighbour is waited for.
    template <class Out>
    [[gnu::noinline]] void addInputGradients(const float* weights, int tile, Out& gradients, int y,
                                             int x) {
        constexpr Tile kBlock = tileFor(kIns, kAcross);
        for (int i = 0; i < kIns; i += kBlock.rows) {
            Lanes half[kBlock.rows][kAcross][kAcross];  // [..] B^T, its columns first
            for (int row = 0; row < kAcross; ++row) {
                Lanes products[kBlock.rows][kAcross];
                multiplyRow<kBlock.rows, kBlock.columns, 1, kOuts>(
                    deltas_, tile, row, weights + i * kOuts, kWindows, products);
#pragma GCC unroll 32
                for (int r = 0; r < kBlock.rows; ++r) {
                    Lanes d[kAcross];
                    Transforms::toInputGradients(products[r], d);
#pragma GCC unroll 6
                    for (int column = 0; column < kAcross; ++column) {
                        half[r][column][row] = d[column];
                    }
                }
            }
            for (int r = 0; r < kBlock.rows; ++r) {
                addColumns(half[r], gradients, y, x, i + r);
            }
        }
    }

    template <class Out>
    void addColumns(const Lanes (&half)[kAcross][kAcross], Out& gradients, int y, int x,
                    int channel) {
#pragma GCC unroll 6
        for (int column = 0; column < kAcross; ++column) {
            Lanes d[kAcross];
            Transforms::toInputGradients(half[column], d);
            Lanes* below[2] = {below_[0][channel] + x + column, below_[1][channel] + x + column};
            const bool isShared = column < 2 && x > 0;
#pragma GCC unroll 6
            for (int row = 0; row < kSide; ++row) {
                Lanes& sum = gradients.bordered(y + row, channel)[x + column];
                const Lanes above = row < 2 ? *below[row] : Lanes{};
                sum = (isShared ? sum : above) + d[row];
            }
            for (int row = 0; row < 2; ++row) {
                *below[row] = isShared ? *below[row] + d[kSide + row] : d[kSide + row];
            }
        }
    }

    TransformedTiles<kSide, kIns, kTiles> inputs_;
    TransformedTiles<kSide, kOuts, kTiles> deltas_;
    Lanes below_[2][kIns][In::width];  ///< of dL/dx, rows that the next row of tiles completes
    Lanes products_[kOneBand ? 1 : kCells][kPaddedWindows];  ///< what stands in the brackets
    float sums_[kCells][kPaddedWindows];                     ///< that, over the lanes
};

}  // namespace normscope::NORMSCOPE_ISA
