#include "ui/chart/chart_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace normscope {
namespace {

constexpr std::array kFineSteps{1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0};
constexpr std::array kCoarseSteps{1.0, 2.0, 5.0, 10.0};

/// The next number from `value` upwards that is one of `steps` times a power of ten.
template <std::size_t N>
double niceAbove(double value, const std::array<double, N>& steps) {
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    // A hair's breadth of tolerance, or rounding would turn 0.3 into 0.4.
    const auto step = std::find_if(steps.begin(), steps.end(), [&](double candidate) {
        return candidate * decade >= value * (1.0 - 1e-9);
    });
    return (step == steps.end() ? steps.back() : *step) * decade;
}

/// niceAbove(), but staying at the end there was before unless that has become too small, or so
/// large that the next smaller one holds the value with a fifth to spare. Without this an axis
/// would jump to and fro when a value hovers about a step.
template <std::size_t N>
double settled(double value, double previous, const std::array<double, N>& steps) {
    const double wanted = niceAbove(value, steps);
    const bool stillFits = previous >= value * (1.0 - 1e-9);
    return stillFits && niceAbove(1.2 * value, steps) >= previous * (1.0 - 1e-9) ? previous
                                                                                 : wanted;
}

/// Lowest and highest of the values that the axis has to show.
struct Needed {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();

    bool empty() const { return lowest > highest; }
};

/// Widens `needed` by the values without the outermost `cut` of them at either end. Training starts
/// with a few mini-batches far off everything that follows (and now and then one goes astray),
/// which would flatten the rest of the curve. A hundred points are needed before any counts as an
/// outlier. Long curves are sampled: a frame has no time to sort a million values.
void include(Needed& needed, const ValuePyramid& values, double cut, bool positiveOnly) {
    constexpr std::size_t kSamples = 1024;
    const std::size_t stride = std::max<std::size_t>(1, values.size() / kSamples);
    std::vector<double> sample;
    sample.reserve(values.size() / stride + 1);
    for (std::size_t index = 0; index < values.size(); index += stride) {
        const double value = values[index];
        if (std::isfinite(value) && (!positiveOnly || value > 0.0)) {
            sample.push_back(value);
        }
    }
    if (sample.empty()) {
        return;
    }
    const std::size_t outliers =
        sample.size() < 100 ? 0
                            : static_cast<std::size_t>(cut * static_cast<double>(sample.size()));
    const auto at = [&](std::size_t rank) {
        const auto place = sample.begin() + static_cast<std::ptrdiff_t>(rank);
        std::nth_element(sample.begin(), place, sample.end());
        return *place;
    };
    needed.lowest = std::min(needed.lowest, at(outliers));
    needed.highest = std::max(needed.highest, at(sample.size() - 1 - outliers));
}

Needed neededBy(const ChartContent& content) {
    Needed needed;
    for (const Curve& curve : content.curves) {
        if (!curve.visible) {
            continue;
        }
        include(needed, curve.data.smoothed(), 0.01, content.logarithmic);
        if (content.smoothing > 0.0) {
            include(needed, curve.data.raw(), 0.05, content.logarithmic);  // only a faint backdrop
        }
    }
    return needed;
}

/// Grows in nice steps up to the planned end: the curves always fill most of the width, which reads
/// better than a small scribble at the left of all epochs to come, and the axis moves only a few
/// times. Hidden curves count too, so that hiding one does not move the others.
AxisRange fittedX(const ChartContent& content) {
    double last = content.description.onePointAnEpoch ? 2.0 : 0.1;
    for (const Curve& curve : content.curves) {
        if (!curve.data.empty()) {
            last = std::max(last, curve.data.xs().back());
        }
    }
    double upper = niceAbove(last, kFineSteps);
    if (content.plannedEpochs >= last) {
        upper = std::min(upper, static_cast<double>(content.plannedEpochs));
    }
    return {0.0, 1.02 * upper};  // room for half a marker
}

/// Always up to 100 %; the room below it shrinks as the curves come up.
AxisRange fittedPercent(const Needed& needed, const AxisRange* previous) {
    const double below = needed.empty() ? 100.0 : 100.0 - 100.0 * needed.lowest;
    const double room = std::clamp(below, 0.01, 100.0);
    const double distance =
        std::min(100.0, settled(room, previous ? 100.0 - previous->lower : 0.0, kFineSteps));
    return {100.0 - distance, 100.0 + 0.02 * distance};  // a curve at 100 % is not cut in half
}

AxisRange fittedLogarithmic(const Needed& needed, const AxisRange* previous) {
    if (needed.empty()) {
        return {0.01, 1.0};
    }
    const AxisRange range{
        1.0 / settled(1.0 / needed.lowest, previous ? 1.0 / previous->lower : 0.0, kCoarseSteps),
        settled(needed.highest, previous ? previous->upper : 0.0, kCoarseSteps)};
    return range.lower < range.upper ? range : AxisRange{range.lower / 2.0, range.upper * 2.0};
}

/// Starts at zero, which a loss comes down to.
AxisRange fittedLinear(const Needed& needed, const AxisRange* previous) {
    if (needed.empty() || (needed.lowest == 0.0 && needed.highest == 0.0)) {
        return {0.0, 1.0};
    }
    AxisRange range{0.0, 0.0};
    if (needed.highest > 0.0) {
        range.upper = settled(1.05 * needed.highest, previous ? previous->upper : 0.0, kFineSteps);
    }
    if (needed.lowest < 0.0) {
        range.lower =
            -settled(-1.05 * needed.lowest, previous ? -previous->lower : 0.0, kFineSteps);
    }
    return range;
}

}  // namespace

ChartView fittedView(const ChartContent& content, const ChartView* previous) {
    const Needed needed = neededBy(content);
    const AxisRange* before = previous ? &previous->y : nullptr;
    return {fittedX(content), content.description.percent ? fittedPercent(needed, before)
                              : content.logarithmic       ? fittedLogarithmic(needed, before)
                                                          : fittedLinear(needed, before)};
}

}  // namespace normscope
