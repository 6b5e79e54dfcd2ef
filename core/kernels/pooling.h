#pragma once

/// y = the largest of a 2 x 2 window. Its derivative is 1 for the cell that was largest, the first
/// in reading order where several were, as PyTorch has it, and 0 for the others.

#include "core/kernels/lanes.h"

namespace normscope::NORMSCOPE_ISA {

/// Row `y` of the pooled maps.
template <class In, class Out>
void poolRow(const In& in, Out& out, int y) {
    static_assert(In::channels == Out::channels && In::side == 2 * Out::side);
    for (int channel = 0; channel < In::channels; ++channel) {
        const Lanes* upper = in.row(2 * y, channel);
        const Lanes* lower = in.row(2 * y + 1, channel);
        Lanes* largest = out.row(y, channel);
        for (int x = 0; x < Out::side; ++x) {
            const int left = 2 * x;
            largest[x] =
                larger(larger(upper[left], upper[left + 1]), larger(lower[left], lower[left + 1]));
        }
    }
}

/// Rows 2y and 2y + 1 of dL/dx from row `y` of dL/dy.
template <class In, class Out, class OutGradient, class InGradient>
void poolRowBackward(const In& in, const Out& out, const OutGradient& outGradient,
                     InGradient& inGradient, int y) {
    for (int channel = 0; channel < In::channels; ++channel) {
        const Lanes* upper = in.row(2 * y, channel);
        const Lanes* lower = in.row(2 * y + 1, channel);
        const Lanes* largest = out.row(y, channel);
        const Lanes* slope = outGradient.row(y, channel);
        Lanes* upperGradient = inGradient.row(2 * y, channel);
        Lanes* lowerGradient = inGradient.row(2 * y + 1, channel);
        for (int x = 0; x < Out::side; ++x) {
            const int left = 2 * x;
            const auto first = upper[left] == largest[x];
            const auto second = ~first & (upper[left + 1] == largest[x]);
            const auto third = ~(first | second) & (lower[left] == largest[x]);
            const auto none = first | second | third;
            upperGradient[left] = first ? slope[x] : Lanes{};
            upperGradient[left + 1] = second ? slope[x] : Lanes{};
            lowerGradient[left] = third ? slope[x] : Lanes{};
            lowerGradient[left + 1] = none ? Lanes{} : slope[x];
        }
    }
}

}  // namespace normscope::NORMSCOPE_ISA
