#pragma once

/// Convolutions of 3 x 3 with 16 multiplications for 2 x 2 results instead of 36 (Winograd; Lavin
/// and Gray, "Fast algorithms for convolutional neural networks", arXiv 1509.09308: F(2x2, 3x3)).
/// With g a window of weights, d the 4 x 4 cells that a tile of 2 x 2 results y sees, and any 2 x 2
/// factors z,
///
///     sum of z * y  =  sum of (A z A^T) * (G g G^T) * (B^T d B)     cell by cell over 4 x 4 cells
///
///         1  0           1    0    0               1  0 -1  0
///     A = 1  1       G = 1/2  1/2  1/2       B^T = 0  1  1  0
///         1 -1           1/2 -1/2  1/2             0 -1  1  0
///         0 -1           0    0    1               0  1  0 -1
///
/// whichever of the three is asked for: with z = dL/dy,
///
///     y = A^T [(G g G^T) * (B^T d B)] A
///     dL/dd = B [(G g G^T) * (A z A^T)] B^T
///     dL/dg = G^T [(A z A^T) * (B^T d B)] G
///
/// and sums over channels and tiles are taken within the brackets. They are shorter than those of
/// the plain way, which makes the results a little more exact as well.
///
/// Transformed weights are read in the order cell, in, out: see parameters.h.

#include "core/kernels/digit_shape.h"
#include "core/kernels/lanes.h"

namespace normscope::NORMSCOPE_ISA {

using kernels::kTileCells;

inline constexpr int kTileSide = 4;
static_assert(kTileCells == kTileSide * kTileSide);

/// How many of `channels` are summed up in registers at once, for the four cells of a row each.
constexpr int channelsAtOnce(int channels) {
    int most = kSumRegisters / kTileSide;
    while (channels % most != 0) {
        --most;
    }
    return most;
}

/// B^T d B of a row of tiles, or A z A^T.
template <int kChannels, int kTiles>
struct TransformedTiles {
    static constexpr int channels = kChannels;
    static constexpr int tiles = kTiles;

    Lanes cells[kTileCells][kTiles][kChannels];
};

/// B^T d B of the tile whose upper left cell is (y, x) of the maps, their border included.
template <class In, class Tiles>
void transformInputs(const In& in, int y, int x, Tiles& tiles, int tile) {
    for (int channel = 0; channel < In::channels; ++channel) {
        Lanes half[kTileSide][kTileSide];  // B^T d
#pragma GCC unroll 4
        for (int column = 0; column < kTileSide; ++column) {
            const Lanes d0 = in.cells[y][channel][x + column];
            const Lanes d1 = in.cells[y + 1][channel][x + column];
            const Lanes d2 = in.cells[y + 2][channel][x + column];
            const Lanes d3 = in.cells[y + 3][channel][x + column];
            half[0][column] = d0 - d2;
            half[1][column] = d1 + d2;
            half[2][column] = d2 - d1;
            half[3][column] = d1 - d3;
        }
#pragma GCC unroll 4
        for (int row = 0; row < kTileSide; ++row) {
            const auto& h = half[row];
            tiles.cells[kTileSide * row][tile][channel] = h[0] - h[2];
            tiles.cells[kTileSide * row + 1][tile][channel] = h[1] + h[2];
            tiles.cells[kTileSide * row + 2][tile][channel] = h[2] - h[1];
            tiles.cells[kTileSide * row + 3][tile][channel] = h[1] - h[3];
        }
    }
}

/// A z A^T of the tile whose upper left cell is (y, x).
template <class Delta, class Tiles>
void transformDeltas(const Delta& delta, int y, int x, Tiles& tiles, int tile) {
    for (int channel = 0; channel < Delta::channels; ++channel) {
        const Lanes* upper = delta.row(y, channel) + x;
        const Lanes* lower = delta.row(y + 1, channel) + x;
        const Lanes half[kTileSide][2] = {{upper[0], upper[1]},  // A z
                                          {upper[0] + lower[0], upper[1] + lower[1]},
                                          {upper[0] - lower[0], upper[1] - lower[1]},
                                          {-lower[0], -lower[1]}};
#pragma GCC unroll 4
        for (int row = 0; row < kTileSide; ++row) {
            const auto& h = half[row];
            tiles.cells[kTileSide * row][tile][channel] = h[0];
            tiles.cells[kTileSide * row + 1][tile][channel] = h[0] + h[1];
            tiles.cells[kTileSide * row + 2][tile][channel] = h[0] - h[1];
            tiles.cells[kTileSide * row + 3][tile][channel] = -h[1];
        }
    }
}

/// Row `row` of (G g G^T) * (transformed tile), summed over the channels of the tile, for kAtOnce
/// channels of the result. The weight of the k-th channel of the tile and the r-th of the result is
/// weights[k * kStep + r * kStride].
template <int kAtOnce, int kStep, int kStride, class Tiles>
void multiplyRow(const Tiles& tiles, int tile, int row, const float* weights, int weightsOfCell,
                 Lanes (&sum)[kAtOnce][kTileSide]) {
    for (int k = 0; k < Tiles::channels; ++k) {
#pragma GCC unroll 4
        for (int column = 0; column < kTileSide; ++column) {
            const int cell = kTileSide * row + column;
            const Lanes value = tiles.cells[cell][tile][k];
            const float* weight = weights + cell * weightsOfCell + k * kStep;
#pragma GCC unroll 32
            for (int r = 0; r < kAtOnce; ++r) {
                sum[r][column] += weight[r * kStride] * value;
            }
        }
    }
}

/// Rows `y` and y + 1 of the convolution of `in`, its border included, with After::of() applied to
/// each cell.
template <class After, class In, class Out>
[[gnu::noinline]] void convolveRowPair(const In& in, const float* weights, Out& out, int y) {
    static_assert(Out::side == In::width - 2 && Out::side % 2 == 0 && Out::border == 0);
    constexpr int kAtOnce = channelsAtOnce(Out::channels);
    TransformedTiles<In::channels, 1> tile;
    for (int x = 0; x < Out::side; x += 2) {
        transformInputs(in, y, x, tile, 0);
        Lanes half[kTileSide][Out::channels][2];  // [..] A
        for (int row = 0; row < kTileSide; ++row) {
            for (int o = 0; o < Out::channels; o += kAtOnce) {
                Lanes m[kAtOnce][kTileSide] = {};
                multiplyRow<kAtOnce, Out::channels, 1>(tile, 0, row, weights + o,
                                                       In::channels * Out::channels, m);
#pragma GCC unroll 32
                for (int r = 0; r < kAtOnce; ++r) {
                    half[row][o + r][0] = m[r][0] + (m[r][1] + m[r][2]);
                    half[row][o + r][1] = (m[r][1] - m[r][2]) - m[r][3];
                }
            }
        }
        for (int o = 0; o < Out::channels; ++o) {
#pragma GCC unroll 2
            for (int column = 0; column < 2; ++column) {
                const Lanes h0 = half[0][o][column];
                const Lanes h1 = half[1][o][column];
                const Lanes h2 = half[2][o][column];
                const Lanes h3 = half[3][o][column];
                out.row(y, o)[x + column] = After::of(h0 + (h1 + h2));
                out.row(y + 1, o)[x + column] = After::of((h1 - h2) - h3);
            }
        }
    }
}

/// The way back, from the first pair of rows of dL/dy to the last.
template <class In, int kOuts>
class ConvolutionBackward {
  public:
    static constexpr int kIns = In::channels;
    static constexpr int kSide = In::width - 2;  ///< of dL/dy

    /// Takes rows `y` and y + 1 of `delta`, dL/dy, from y = 0 on. With them, rows y and y + 1 of
    /// dL/dx, those of its border included, are complete and go to `gradients`, after the last pair
    /// of rows all. `in`, of which rows from y on are read, may be the same maps.
    template <class Delta, class Out>
    void takeRowPair(const In& in, const Delta& delta, const float* weights, Out& gradients,
                     int y) {
        static_assert(Delta::channels == kOuts && Delta::side == kSide);
        static_assert(Out::channels == kIns && Out::side == In::side);
        for (int tile = 0; tile < kTiles; ++tile) {
            transformInputs(in, y, 2 * tile, inputs_, tile);
            transformDeltas(delta, y, 2 * tile, deltas_, tile);
        }
        if (y == 0) {
            clear(rows_);
            addWeightGradients</*kFirst=*/true>();
        } else {
            addWeightGradients</*kFirst=*/false>();
        }
        for (int tile = 0; tile < kTiles; ++tile) {
            addInputGradients(weights, y, tile);
        }
        const int complete = y + 2 == kSide ? kTileSide : 2;
        for (int row = y; row < y + complete; ++row) {
            handOver(row, gradients);
        }
    }

    /// dL/dg in the order in, ky, kx, out, each lane its own image's.
    void weightGradients(Lanes* gradients) const {
        for (int i = 0; i < kIns; ++i) {
            for (int o = 0; o < kOuts; ++o) {
                Lanes half[3][kTileSide];  // G^T [..]
                for (int column = 0; column < kTileSide; ++column) {
                    const Lanes m1 = weightGradients_[kTileSide + column][i][o];
                    const Lanes m2 = weightGradients_[2 * kTileSide + column][i][o];
                    half[0][column] = weightGradients_[column][i][o] + kHalf * (m1 + m2);
                    half[1][column] = kHalf * (m1 - m2);
                    half[2][column] =
                        weightGradients_[3 * kTileSide + column][i][o] + kHalf * (m1 + m2);
                }
                for (int ky = 0; ky < 3; ++ky) {
                    const auto& h = half[ky];
                    Lanes* row = gradients + (i * 9 + ky * 3) * kOuts + o;
                    row[0] = h[0] + kHalf * (h[1] + h[2]);
                    row[kOuts] = kHalf * (h[1] - h[2]);
                    row[2 * kOuts] = h[3] + kHalf * (h[1] + h[2]);
                }
            }
        }
    }

  private:
    static constexpr int kTiles = kSide / 2;
    static constexpr float kHalf = 0.5F;
    static_assert(kSide % 2 == 0);

    template <class Array>
    static void clear(Array& array) {
        auto* lanes = reinterpret_cast<Lanes*>(&array);
        for (unsigned place = 0; place < sizeof array / sizeof(Lanes); ++place) {
            lanes[place] = Lanes{};
        }
    }

    /// To those of the row pairs before, if there are any.
    template <bool kFirst>
    [[gnu::noinline]] void addWeightGradients() {
        constexpr Tile kTile = tileFor(kIns, kOuts);
        for (int cell = 0; cell < kTileCells; ++cell) {
            for (int i = 0; i < kIns; i += kTile.rows) {
                for (int o = 0; o < kOuts; o += kTile.columns) {
                    Lanes sum[kTile.rows][kTile.columns] = {};
                    for (int tile = 0; tile < kTiles; ++tile) {
                        const Lanes* input = &inputs_.cells[cell][tile][i];
                        const Lanes* delta = &deltas_.cells[cell][tile][o];
#pragma GCC unroll 32
                        for (int r = 0; r < kTile.rows; ++r) {
#pragma GCC unroll 32
                            for (int c = 0; c < kTile.columns; ++c) {
                                sum[r][c] += input[r] * delta[c];
                            }
                        }
                    }
#pragma GCC unroll 32
                    for (int r = 0; r < kTile.rows; ++r) {
#pragma GCC unroll 32
                        for (int c = 0; c < kTile.columns; ++c) {
                            Lanes& total = weightGradients_[cell][i + r][o + c];
                            total = kFirst ? sum[r][c] : total + sum[r][c];
                        }
                    }
                }
            }
        }
    }

    [[gnu::noinline]] void addInputGradients(const float* weights, int y, int tile) {
        constexpr int kAtOnce = channelsAtOnce(kIns);
        Lanes half[kTileSide][kIns][kTileSide];  // [..] B^T
        for (int row = 0; row < kTileSide; ++row) {
            for (int i = 0; i < kIns; i += kAtOnce) {
                Lanes m[kAtOnce][kTileSide] = {};
                multiplyRow<kAtOnce, 1, kOuts>(deltas_, tile, row, weights + i * kOuts,
                                               kIns * kOuts, m);
#pragma GCC unroll 32
                for (int r = 0; r < kAtOnce; ++r) {
                    Lanes* h = half[row][i + r];
                    h[0] = m[r][0];
                    h[1] = (m[r][1] - m[r][2]) + m[r][3];
                    h[2] = (m[r][1] + m[r][2]) - m[r][0];
                    h[3] = -m[r][3];
                }
            }
        }
        for (int i = 0; i < kIns; ++i) {
#pragma GCC unroll 4
            for (int column = 0; column < kTileSide; ++column) {
                const int x = 2 * tile + column;
                const Lanes h0 = half[0][i][column];
                const Lanes h1 = half[1][i][column];
                const Lanes h2 = half[2][i][column];
                const Lanes h3 = half[3][i][column];
                rowAt(y)[i][x] += h0;
                rowAt(y + 1)[i][x] += (h1 - h2) + h3;
                rowAt(y + 2)[i][x] += (h1 + h2) - h0;
                rowAt(y + 3)[i][x] -= h3;
            }
        }
    }

    using Row = Lanes[kIns][In::width];
    Row& rowAt(int y) {
        return rows_[y % kTileSide];
    }

    /// Row `y` of dL/dx goes, unless it is of the border, and makes room for row y + 4.
    template <class Out>
    void handOver(int y, Out& gradients) {
        Row& row = rowAt(y);
        if (y >= In::border && y < In::border + Out::side) {
            for (int i = 0; i < kIns; ++i) {
                for (int x = 0; x < Out::side; ++x) {
                    gradients.row(y - In::border, i)[x] = row[i][x + In::border];
                }
            }
        }
        clear(row);
    }

    TransformedTiles<kIns, kTiles> inputs_;
    TransformedTiles<kOuts, kTiles> deltas_;
    Lanes rows_[kTileSide][kIns][In::width];          ///< of dL/dx, those under way
    Lanes weightGradients_[kTileCells][kIns][kOuts];  ///< sums of what stands in the brackets
};

}  // namespace normscope::NORMSCOPE_ISA
