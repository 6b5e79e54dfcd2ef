#include "core/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace normscope {
namespace {

constexpr double kNormalQuantile = 1.959963984540054;  ///< of 0.975: within are 95 %

/// P(|T| < t) of Student's T with `freedom` degrees of freedom, t = sqrt(freedom) tan(angle):
/// Abramowitz and Stegun 26.7.3 and 26.7.4, a finite sum.
double studentWithin(double angle, int freedom) {
    const double cosine = std::cos(angle);
    const bool odd = freedom % 2 == 1;
    double sum = 0.0;
    double term = odd ? cosine : 1.0;
    for (int power = odd ? 1 : 0; power <= freedom - 2; power += 2) {
        sum += term;
        term *= cosine * cosine * (power + 1) / (power + 2);
    }
    sum *= std::sin(angle);
    return odd ? (angle + sum) * 2.0 / std::numbers::pi : sum;
}

/// What `level` of Student's T lies within, by bisection of the angle.
double studentQuantile(int freedom, double level) {
    double low = 0.0;
    double high = std::numbers::pi / 2.0;
    for (int bit = 0; bit < std::numeric_limits<double>::digits; ++bit) {
        const double middle = (low + high) / 2.0;
        (studentWithin(middle, freedom) < level ? low : high) = middle;
    }
    return std::sqrt(static_cast<double>(freedom)) * std::tan(low);
}

double quantileOfSorted(std::span<const double> sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

}  // namespace

Interval wilsonInterval(int successes, int trials) {
    assert(trials > 0 && successes >= 0 && successes <= trials);
    const double n = trials;
    const double share = successes / n;
    const double z2 = kNormalQuantile * kNormalQuantile;
    const double centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    const double reach = kNormalQuantile *
                         std::sqrt(share * (1.0 - share) / n + z2 / (4.0 * n * n)) / (1.0 + z2 / n);
    // Exact at the ends, where rounding would leave the range.
    return {successes == 0 ? 0.0 : centre - reach, successes == trials ? 1.0 : centre + reach};
}

double exactMcNemar(int onlyFirst, int onlySecond) {
    assert(onlyFirst >= 0 && onlySecond >= 0);
    const int fewer = std::min(onlyFirst, onlySecond);
    const double n = static_cast<double>(onlyFirst) + onlySecond;
    if (onlyFirst == onlySecond) {
        return 1.0;
    }
    // The tail relative to its largest term, whose logarithm is within range for any n.
    double tail = 0.0;
    double ratio = 1.0;
    for (int k = fewer; k >= 0 && ratio > 0.0; --k) {
        tail += ratio;
        ratio *= k / (n - k + 1.0);
    }
    const double largest = std::lgamma(n + 1.0) - std::lgamma(fewer + 1.0) -
                           std::lgamma(n - fewer + 1.0) - n * std::numbers::ln2;
    return std::min(1.0, 2.0 * tail * std::exp(largest));
}

std::vector<double> holmAdjusted(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t test) { return p[test]; });
    std::vector<double> adjusted(p.size());
    double largest = 0.0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const auto remaining = static_cast<double>(order.size() - rank);
        largest = std::max(largest, std::min(1.0, remaining * p[order[rank]]));
        adjusted[order[rank]] = largest;
    }
    return adjusted;
}

FiveNumbers fiveNumbers(std::span<const double> values) {
    assert(!values.empty());
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    return {sorted.front(), quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.5),
            quantileOfSorted(sorted, 0.75), sorted.back()};
}

MeanEstimate estimateMean(std::span<const double> values, double level) {
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    MeanEstimate estimate{
        static_cast<int>(values.size()), kUnknown, kUnknown, {kUnknown, kUnknown}};
    if (values.empty()) {
        return estimate;
    }
    const auto n = static_cast<double>(values.size());
    estimate.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    if (values.size() < 2) {
        return estimate;
    }
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - estimate.mean) * (value - estimate.mean);
    }
    estimate.deviation = std::sqrt(squares / (n - 1.0));
    const double reach =
        studentQuantile(estimate.count - 1, level) * estimate.deviation / std::sqrt(n);
    estimate.interval = {estimate.mean - reach, estimate.mean + reach};
    return estimate;
}

}  // namespace normscope
