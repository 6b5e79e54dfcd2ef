#pragma once

/// Numbers side by side. Everything that includes this is compiled once for each instruction set,
/// in a namespace of its own (NORMSCOPE_ISA) and with as many lanes as its registers hold
/// (NORMSCOPE_LANES). Such a file must not use the standard library: an inline function of it would
/// be compiled with these instructions too, and the linker, which keeps one copy of each, could
/// hand that copy to a processor without them. A test looks at the symbols.

namespace normscope::NORMSCOPE_ISA {

inline constexpr int kLanes = NORMSCOPE_LANES;

/// Vector registers that a tile of sums may fill, with some left for what is multiplied.
inline constexpr int kSumRegisters = NORMSCOPE_LANES == 16 ? 24 : 12;

/// The same number of kLanes images: the compiler's vector type, with + - * / and comparisons
/// lane by lane. A plain float beside it stands for one in every lane.
using Lanes = float __attribute__((vector_size(kLanes * sizeof(float))));

using IntLanes = int __attribute__((vector_size(kLanes * sizeof(int))));

/// Not + Lanes{}: x - 0 is x for every x, so that nothing is computed.
inline Lanes everyLane(float value) {
    return value - Lanes{};
}

inline Lanes larger(Lanes a, Lanes b) {
    return a > b ? a : b;
}

/// Sum over the lanes, by halves: always in the same order.
inline float laneSum(Lanes lanes) {
    float sums[kLanes];
    __builtin_memcpy(sums, &lanes, sizeof sums);
    for (int half = kLanes / 2; half > 0; half /= 2) {
        for (int lane = 0; lane < half; ++lane) {
            sums[lane] += sums[lane + half];
        }
    }
    return sums[0];
}

template <int... kIndex>
struct Indices {};
template <int kCount, int... kIndex>
struct IndicesTo : IndicesTo<kCount - 1, kCount - 1, kIndex...> {};
template <int... kIndex>
struct IndicesTo<0, kIndex...> {
    using Type = Indices<kIndex...>;
};

/// `a` and `b` one after the other are runs of 2 * kHalf numbers, of which the second half is
/// added to the first.
template <int kHalf, int... kIndex>
Lanes foldHalves(Lanes a, Lanes b, Indices<kIndex...> /*of lanes*/) {
    return __builtin_shufflevector(a, b, (kIndex / kHalf * 2 * kHalf + kIndex % kHalf)...) +
           __builtin_shufflevector(a, b, (kIndex / kHalf * 2 * kHalf + kIndex % kHalf + kHalf)...);
}

/// laneSum() of each of kLanes numbers, which are used up, bit for bit.
template <int kHalf = kLanes / 2>
Lanes laneSums(Lanes* lanes) {
    for (int pair = 0; pair < kHalf; ++pair) {
        lanes[pair] = foldHalves<kHalf>(lanes[2 * pair], lanes[2 * pair + 1],
                                        typename IndicesTo<kLanes>::Type());
    }
    if constexpr (kHalf > 1) {
        return laneSums<kHalf / 2>(lanes);
    } else {
        return lanes[0];
    }
}

/// What one layer hands to the next: kChannels maps of kSide x kSide cells for each image, one
/// image a lane. A row of all channels lies together, since rows are what is worked on: a
/// convolution reads a few of them and leaves a few. A rim of kBorder cells around each map is the
/// padding of the convolution that reads it, zero and never written; around its gradient it takes
/// what nobody asks for.
template <int kChannels, int kSide, int kBorder = 0>
struct Maps {
    static constexpr int channels = kChannels;
    static constexpr int side = kSide;
    static constexpr int border = kBorder;
    static constexpr int width = kSide + 2 * kBorder;

    Lanes cells[width][kChannels][width];

    /// Of the map itself, row 0 .. kSide - 1.
    Lanes* row(int y, int channel) { return cells[y + kBorder][channel] + kBorder; }
    const Lanes* row(int y, int channel) const { return cells[y + kBorder][channel] + kBorder; }
    /// Of the map and its border, row 0 .. width - 1.
    Lanes* bordered(int y, int channel) { return cells[y][channel]; }
    const Lanes* bordered(int y, int channel) const { return cells[y][channel]; }
};

/// The last kRows rows of such maps, where no more are needed at a time: row y takes the place of
/// row y - kRows.
template <int kChannels, int kSide, int kRows>
struct LastRows {
    static constexpr int channels = kChannels;
    static constexpr int side = kSide;
    static constexpr int width = kSide;

    Lanes cells[kRows][kChannels][kSide];

    Lanes* row(int y, int channel) { return cells[y % kRows][channel]; }
    const Lanes* row(int y, int channel) const { return cells[y % kRows][channel]; }
    const Lanes* bordered(int y, int channel) const { return row(y, channel); }
};

}  // namespace normscope::NORMSCOPE_ISA
