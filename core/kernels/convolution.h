#pragma once

/// y[o] = sum over i of w[o][i] * x[i], where * slides the window of the weights over the map (a
/// cross-correlation, which is what PyTorch's Conv2d computes). Of its two derivatives, dL/dx is
/// for a window of 1 x 1 the same operation on dL/dy: channels change places. dL/dw[o][i] slides
/// dL/dy[o] over x[i]. This is the plain way, for windows of 1 x 1 and for a single input channel;
/// winograd.h has the other.
///
/// Weights are read in the order in, ky, kx, out: see parameters.h.

#include "core/kernels/lanes.h"

namespace normscope::NORMSCOPE_ISA {

/// How much of the result is summed up in registers at once. The larger a tile, the more often
/// each number that was read is used.
struct Tile {
    int rows;     ///< of what is summed
    int columns;  ///< the same
};

/// The tile that divides `rows` x `columns`, fits into the registers with `each` sums a cell, and
/// has the most multiplications to a read.
constexpr Tile tileFor(int rows, int columns, int each = 1) {
    Tile best{1, 1};
    double bestUse = 0.0;
    for (int r = 1; r <= rows; ++r) {
        for (int c = 1; c <= columns; ++c) {
            const double use = static_cast<double>(r * c * each) / (r * each + c);
            if (rows % r == 0 && columns % c == 0 && r * c * each <= kSumRegisters &&
                use > bestUse) {
                best = {r, c};
                bestUse = use;
            }
        }
    }
    return best;
}

/// What a convolution does to a cell before it multiplies it.
struct AsItIs {
    Lanes operator()(Lanes value, int /*channel*/) const { return value; }
};
struct Centred {
    const Lanes* centres;
    Lanes operator()(Lanes value, int channel) const { return value - centres[channel]; }
};

/// And to each of its results.
struct Nothing {
    Lanes operator()(Lanes value, int /*channel*/, int /*x*/) const { return value; }
};
struct Relu {
    /// What is not a number stays none: a training that diverged must show.
    Lanes operator()(Lanes value, int /*channel*/ = 0, int /*x*/ = 0) const {
        return value < Lanes{} ? Lanes{} : value;
    }
};
struct Plus {
    const Lanes* shifts;
    Lanes operator()(Lanes value, int channel, int /*x*/) const { return value + shifts[channel]; }
};

/// Row `y` of the convolution of `in`. Weights are the same for all images, or each lane has its
/// own.
template <int kSize, class Before, class After, class Weight, class In, class Out>
[[gnu::noinline]] void convolveRow(const In& in, Before before, const Weight* weights, After after,
                                   Out& out, int y) {
    static_assert(Out::side == In::side - kSize + 1);
    constexpr Tile kTile = tileFor(Out::channels, Out::side);
    for (int o = 0; o < Out::channels; o += kTile.rows) {
        for (int x = 0; x < Out::side; x += kTile.columns) {
            Lanes sum[kTile.rows][kTile.columns] = {};
            for (int ky = 0; ky < kSize; ++ky) {
                for (int i = 0; i < In::channels; ++i) {
                    const Lanes* from = in.row(y + ky, i) + x;
                    const Weight* weight = weights + (i * kSize + ky) * kSize * Out::channels + o;
#pragma GCC unroll 32
                    for (int kx = 0; kx < kSize; ++kx) {
                        Lanes value[kTile.columns];
#pragma GCC unroll 32
                        for (int c = 0; c < kTile.columns; ++c) {
                            value[c] = before(from[kx + c], i);
                        }
#pragma GCC unroll 32
                        for (int r = 0; r < kTile.rows; ++r) {
#pragma GCC unroll 32
                            for (int c = 0; c < kTile.columns; ++c) {
                                sum[r][c] += weight[kx * Out::channels + r] * value[c];
                            }
                        }
                    }
                }
            }
#pragma GCC unroll 32
            for (int r = 0; r < kTile.rows; ++r) {
#pragma GCC unroll 32
                for (int c = 0; c < kTile.columns; ++c) {
                    out.row(y, o + r)[x + c] = after(sum[r][c], o + r, x + c);
                }
            }
        }
    }
}

/// Adds to `gradient` (in, ky, kx, out; each lane its own image's) what rows `first` to before
/// `end` of dL/dy contribute.
template <int kSize, class Before, class In, class Delta>
[[gnu::noinline]] void addWeightGradient(const In& in, Before before, const Delta& delta,
                                         Lanes* gradient, int first, int end) {
    static_assert(Delta::side == In::side - kSize + 1);
    constexpr Tile kTile = tileFor(In::channels, Delta::channels, kSize);
    constexpr int kIns = kTile.rows;
    constexpr int kOuts = kTile.columns;
    for (int i = 0; i < In::channels; i += kIns) {
        for (int ky = 0; ky < kSize; ++ky) {
            for (int o = 0; o < Delta::channels; o += kOuts) {
                Lanes sum[kIns][kSize][kOuts] = {};
                for (int y = first; y < end; ++y) {
                    for (int x = 0; x < Delta::side; ++x) {
                        Lanes slope[kOuts];
#pragma GCC unroll 32
                        for (int c = 0; c < kOuts; ++c) {
                            slope[c] = delta.row(y, o + c)[x];
                        }
#pragma GCC unroll 32
                        for (int r = 0; r < kIns; ++r) {
#pragma GCC unroll 32
                            for (int kx = 0; kx < kSize; ++kx) {
                                const Lanes value = before(in.row(y + ky, i + r)[x + kx], i + r);
#pragma GCC unroll 32
                                for (int c = 0; c < kOuts; ++c) {
                                    sum[r][kx][c] += value * slope[c];
                                }
                            }
                        }
                    }
                }
#pragma GCC unroll 32
                for (int r = 0; r < kIns; ++r) {
#pragma GCC unroll 32
                    for (int kx = 0; kx < kSize; ++kx) {
#pragma GCC unroll 32
                        for (int c = 0; c < kOuts; ++c) {
                            const int tap = ((i + r) * kSize + ky) * kSize + kx;
                            gradient[tap * Delta::channels + o + c] += sum[r][kx][c];
                        }
                    }
                }
            }
        }
    }
}

}  // namespace normscope::NORMSCOPE_ISA
