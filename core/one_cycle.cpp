#include "core/one_cycle.h"

#include <cmath>
#include <numbers>

namespace normscope {
namespace {

constexpr double kClimb = 0.3;
constexpr double kStartDivisor = 25.0;
constexpr double kEndDivisor = 1e4;  // of the starting rate
constexpr double kHighMomentum = 0.95;
constexpr double kLowMomentum = 0.85;

double halfCosine(double from, double to, double share) {
    return to + (from - to) / 2.0 * (1.0 + std::cos(std::numbers::pi * share));
}

}  // namespace

OneCycle::Position OneCycle::at(std::int64_t step) const {
    // PyTorch lets a phase end one step early, so that the last mini-batch has the final rate.
    const double now = static_cast<double>(step);
    const double top = kClimb * static_cast<double>(totalSteps_) - 1.0;
    const double end = static_cast<double>(totalSteps_) - 1.0;
    if (now <= top) {
        return {.climbing = true, .share = now / top};
    }
    return {.climbing = false, .share = (now - top) / (end - top)};
}

double OneCycle::learningRate(std::int64_t step) const {
    const double start = peak_ / kStartDivisor;
    const auto [climbing, share] = at(step);
    return climbing ? halfCosine(start, peak_, share)
                    : halfCosine(peak_, start / kEndDivisor, share);
}

double OneCycle::momentum(std::int64_t step) const {
    const auto [climbing, share] = at(step);
    return climbing ? halfCosine(kHighMomentum, kLowMomentum, share)
                    : halfCosine(kLowMomentum, kHighMomentum, share);
}

}  // namespace normscope
