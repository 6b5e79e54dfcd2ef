#include "core/statistics.h"

#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <numeric>

namespace normscope {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

void expectInterval(const Interval& interval, double low, double high, double tolerance) {
    EXPECT_NEAR(interval.low, low, tolerance);
    EXPECT_NEAR(interval.high, high, tolerance);
}

// Newcombe 1998, Statistics in Medicine 17:857, table I, method 3: the score method without
// continuity correction.
TEST(WilsonInterval, IsThatOfNewcombe) {
    constexpr double kRounding = 0.00005001;
    expectInterval(wilsonInterval(81, 263), 0.2553, 0.3662, kRounding);
    expectInterval(wilsonInterval(15, 148), 0.0624, 0.1605, kRounding);
    expectInterval(wilsonInterval(0, 20), 0.0, 0.1611, kRounding);
    expectInterval(wilsonInterval(1, 29), 0.0061, 0.1718, kRounding);
}

TEST(WilsonInterval, EndsAtItsEnds) {
    for (const int trials : {1, 3, 20, 10'000}) {
        EXPECT_EQ(wilsonInterval(0, trials).low, 0.0);
        EXPECT_EQ(wilsonInterval(trials, trials).high, 1.0);
        EXPECT_GT(wilsonInterval(trials, trials).low, 0.0);
    }
}

/// The ends are where the share lies 1.96 standard errors, those of the end itself, away.
TEST(WilsonInterval, InvertsTheScoreTest) {
    for (const int wrong : {1, 58, 72, 5000, 9999}) {
        const Interval interval = wilsonInterval(wrong, 10'000);
        for (const double end : {interval.low, interval.high}) {
            const double error = std::sqrt(end * (1.0 - end) / 10'000);
            EXPECT_NEAR(std::abs(wrong / 10'000.0 - end) / error, 1.959963984540054, 1e-9);
        }
    }
}

// Siegel 1956, Nonparametric Statistics, table D: the one-tailed binomial probabilities, doubled.
TEST(ExactMcNemar, IsTwiceTheTabulatedTail) {
    constexpr double kRounding = 2 * 0.000501;
    EXPECT_NEAR(exactMcNemar(1, 9), 2 * 0.011, kRounding);
    EXPECT_NEAR(exactMcNemar(2, 8), 2 * 0.055, kRounding);
    EXPECT_NEAR(exactMcNemar(12, 3), 2 * 0.018, kRounding);
    EXPECT_NEAR(exactMcNemar(15, 5), 2 * 0.021, kRounding);
    EXPECT_NEAR(exactMcNemar(7, 18), 2 * 0.022, kRounding);
}

/// Sums of binomial coefficients in exact rational arithmetic (Python's fractions). 86 and 150 are
/// the approval ratings of Agresti, Categorical Data Analysis, 2nd ed., table 10.1.
TEST(ExactMcNemar, EqualsExactArithmetic) {
    struct Case {
        int onlyFirst, onlySecond;
        double p;
    };
    for (const Case& test : {
             Case{1, 11, 0.00634765625},
             Case{14, 28, 0.04355852192384191},
             Case{86, 150, 3.715936139571442e-05},
             Case{59, 121, 4.434449263755176e-06},
             Case{3000, 3300, 0.00016475607669748032},
             Case{0, 40, 1.8189894035458565e-12},
         }) {
        EXPECT_NEAR(exactMcNemar(test.onlyFirst, test.onlySecond) / test.p, 1.0, 1e-10);
        EXPECT_EQ(exactMcNemar(test.onlyFirst, test.onlySecond),
                  exactMcNemar(test.onlySecond, test.onlyFirst));
    }
}

TEST(ExactMcNemar, EqualsCountingEveryOutcome) {
    for (int n = 0; n <= 16; ++n) {
        for (int first = 0; first <= n; ++first) {
            int atLeastAsFar = 0;  // of the 2^n ways in which n fair coins can fall
            for (unsigned outcome = 0; outcome < (1U << n); ++outcome) {
                const int heads = std::popcount(outcome);
                atLeastAsFar += std::abs(2 * heads - n) >= std::abs(2 * first - n) ? 1 : 0;
            }
            EXPECT_NEAR(exactMcNemar(first, n - first), std::ldexp(atLeastAsFar, -n), 1e-13)
                << first << " of " << n;
        }
    }
}

TEST(ExactMcNemar, SeesNothingWhereNothingDiffers) {
    EXPECT_EQ(exactMcNemar(0, 0), 1.0);
    EXPECT_EQ(exactMcNemar(17, 17), 1.0);
    EXPECT_EQ(exactMcNemar(0, 1), 1.0);
}

// The worked example of Wikipedia, "Holm-Bonferroni method", and what R's p.adjust gives for it.
TEST(HolmAdjusted, IsTheWorkedExample) {
    const std::vector<double> p{0.01, 0.04, 0.03, 0.005};
    EXPECT_THAT(holmAdjusted(p), ElementsAre(DoubleNear(0.03, 1e-15), DoubleNear(0.06, 1e-15),
                                             DoubleNear(0.06, 1e-15), DoubleNear(0.02, 1e-15)));
}

TEST(HolmAdjusted, NeverExceedsOneNorFallsBelowP) {
    EXPECT_THAT(holmAdjusted(std::vector<double>{0.5, 0.6, 1.0}), ElementsAre(1.0, 1.0, 1.0));
    EXPECT_THAT(holmAdjusted(std::vector<double>{0.04}), ElementsAre(0.04));
    EXPECT_THAT(holmAdjusted(std::vector<double>{}), IsEmpty());
    EXPECT_THAT(holmAdjusted(std::vector<double>{0.02, 0.02}), ElementsAre(0.04, 0.04));
}

// Miles per gallon of Henderson and Velleman 1981, Biometrics 37:391, R's data set mtcars; R's
// quantile(), whose default is type 7, gives 10.4, 15.425, 19.2, 22.8 and 33.9.
TEST(FiveNumbersOf, AreTheQuantilesOfR) {
    const std::vector<double> mpg{21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8,
                                  16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5,
                                  15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4};
    const FiveNumbers five = fiveNumbers(mpg);
    EXPECT_EQ(five.minimum, 10.4);
    EXPECT_NEAR(five.lowerQuartile, 15.425, 1e-12);
    EXPECT_NEAR(five.median, 19.2, 1e-12);
    EXPECT_NEAR(five.upperQuartile, 22.8, 1e-12);
    EXPECT_EQ(five.maximum, 33.9);
}

TEST(FiveNumbersOf, TakesOneAndTwo) {
    const FiveNumbers one = fiveNumbers(std::vector<double>{7.0});
    EXPECT_EQ(one.minimum, 7.0);
    EXPECT_EQ(one.lowerQuartile, 7.0);
    EXPECT_EQ(one.maximum, 7.0);
    const FiveNumbers two = fiveNumbers(std::vector<double>{9.0, 1.0});
    EXPECT_EQ(two.lowerQuartile, 3.0);
    EXPECT_EQ(two.median, 5.0);
    EXPECT_EQ(two.upperQuartile, 7.0);
}

// Student 1908, Biometrika 6:1, "The probable error of a mean": hours of sleep gained by one drug
// over the other; R's t.test of its data set sleep prints 0.7001142 and 2.4598858.
TEST(EstimateMeanOf, IsStudentsOwnExample) {
    const std::vector<double> gained{1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};
    const MeanEstimate estimate = estimateMean(gained);
    EXPECT_EQ(estimate.count, 10);
    EXPECT_NEAR(estimate.mean, 1.58, 1e-12);
    EXPECT_NEAR(estimate.deviation, 1.229995, 5e-7);
    expectInterval(estimate.interval, 0.7001142, 2.4598858, 5.01e-8);
}

// NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2, column 0.975.
TEST(EstimateMeanOf, UsesTheTabulatedQuantiles) {
    struct Quantile {
        int freedom;
        double t;
    };
    for (const Quantile& tabulated :
         {Quantile{1, 12.706}, Quantile{2, 4.303}, Quantile{3, 3.182}, Quantile{4, 2.776},
          Quantile{5, 2.571}, Quantile{9, 2.262}, Quantile{10, 2.228}, Quantile{29, 2.045},
          Quantile{30, 2.042}, Quantile{60, 2.000}, Quantile{100, 1.984}}) {
        std::vector<double> values(static_cast<std::size_t>(tabulated.freedom) + 1);
        std::iota(values.begin(), values.end(), 0.0);
        const MeanEstimate estimate = estimateMean(values);
        const double error = estimate.deviation / std::sqrt(estimate.count);
        EXPECT_NEAR((estimate.interval.high - estimate.mean) / error, tabulated.t, 0.000501)
            << tabulated.freedom;
    }
}

TEST(EstimateMeanOf, LeavesOpenWhatTooFewValuesDo) {
    EXPECT_TRUE(std::isnan(estimateMean(std::vector<double>{}).mean));
    const MeanEstimate one = estimateMean(std::vector<double>{3.0});
    EXPECT_EQ(one.mean, 3.0);
    EXPECT_TRUE(std::isnan(one.deviation));
    EXPECT_TRUE(std::isnan(one.interval.low));
    EXPECT_TRUE(std::isnan(one.interval.high));
}

}  // namespace
}  // namespace normscope
