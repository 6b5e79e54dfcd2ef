#pragma once

/// y = the largest of a 2 x 2 window. Its derivative is 1 for the cell that was largest, the first
/// in reading order where several were, as PyTorch has it, and 0 for the others. Which one it was
/// is kept, a quarter of what would have to be kept to find out again.

#include "core/kernels/lanes.h"

namespace normscope::NORMSCOPE_ISA {

/// For each cell of the pooled maps the place of the largest in its window, 0 .. 3.
template <int kChannels, int kSide>
struct LargestPlaces {
    IntLanes cells[kSide][kChannels][kSide];
};

/// Row `y` of the pooled maps.
template <class In, class Out, class Places>
void poolRow(const In& in, Out& out, Places& places, int y) {
    static_assert(In::channels == Out::channels && In::side == 2 * Out::side);
    for (int channel = 0; channel < In::channels; ++channel) {
        const Lanes* upper = in.row(2 * y, channel);
        const Lanes* lower = in.row(2 * y + 1, channel);
        Lanes* result = out.row(y, channel);
        IntLanes* place = places.cells[y][channel];
        for (int x = 0; x < Out::side; ++x) {
            const Lanes a = upper[2 * x];
            const Lanes b = upper[2 * x + 1];
            const Lanes c = lower[2 * x];
            const Lanes largest = larger(larger(a, b), larger(c, lower[2 * x + 1]));
            const IntLanes zero{};
            result[x] = largest;
            place[x] = a == largest   ? zero
                       : b == largest ? zero + 1
                       : c == largest ? zero + 2
                                      : zero + 3;
        }
    }
}

/// Rows 2y and 2y + 1 of dL/dx from row `y` of dL/dy.
template <class Places, class OutGradient, class InGradient>
void poolRowBackward(const Places& places, const OutGradient& outGradient, InGradient& inGradient,
                     int y) {
    for (int channel = 0; channel < InGradient::channels; ++channel) {
        const IntLanes* place = places.cells[y][channel];
        const Lanes* slope = outGradient.row(y, channel);
        Lanes* upper = inGradient.row(2 * y, channel);
        Lanes* lower = inGradient.row(2 * y + 1, channel);
        for (int x = 0; x < InGradient::side / 2; ++x) {
            upper[2 * x] = place[x] == 0 ? slope[x] : Lanes{};
            upper[2 * x + 1] = place[x] == 1 ? slope[x] : Lanes{};
            lower[2 * x] = place[x] == 2 ? slope[x] : Lanes{};
            lower[2 * x + 1] = place[x] == 3 ? slope[x] : Lanes{};
        }
    }
}

}  // namespace normscope::NORMSCOPE_ISA
