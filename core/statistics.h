#pragma once

#include <span>
#include <vector>

namespace normscope {

struct Interval {
    double low = 0.0;
    double high = 0.0;

    friend bool operator==(const Interval&, const Interval&) = default;
};

/// The 95 % score interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22:209), without continuity
/// correction; 0 <= successes <= trials, trials > 0.
Interval wilsonInterval(int successes, int trials);

/// Two-sided exact McNemar test (binomial, p = 1/2) of two classifiers on the same images: how many
/// only the first and only the second misreads. 1 where nothing differs.
double exactMcNemar(int onlyFirst, int onlySecond);

/// Holm's step-down adjusted p-values (Holm 1979, Scand. J. Stat. 6:65), in the order given.
std::vector<double> holmAdjusted(std::span<const double> p);

/// Minimum, quartiles and maximum as a box plot draws them; quartiles interpolate linearly between
/// order statistics (Hyndman and Fan's type 7, as numpy.percentile). Not of nothing.
struct FiveNumbers {
    double minimum = 0.0;
    double lowerQuartile = 0.0;
    double median = 0.0;
    double upperQuartile = 0.0;
    double maximum = 0.0;
};
FiveNumbers fiveNumbers(std::span<const double> values);

/// Mean, sample standard deviation (n - 1) and Student's interval of the mean, of the 95 % unless
/// another `level` between 0 and 1 is wanted. What too few
/// values leave open is not a number: the mean of none, deviation and interval of fewer than two.
struct MeanEstimate {
    int count = 0;
    double mean = 0.0;
    double deviation = 0.0;
    Interval interval;
};
MeanEstimate estimateMean(std::span<const double> values, double level = 0.95);

}  // namespace normscope
