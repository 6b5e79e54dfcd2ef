#include "core/histogram.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace normscope {
namespace {

using ::testing::ElementsAre;

const double kInfinity = std::numeric_limits<double>::infinity();

Histogram histogramOf(const std::vector<double>& values, const ValueRange& range, int bins) {
    Histogram histogram = emptyHistogram(range, bins);
    addTo(histogram, values);
    return histogram;
}

TEST(RangeOf, IgnoresWhatIsNotFinite) {
    const std::vector<double> values{kInfinity, 2.0, std::nan(""), -1.0, -kInfinity, 0.5};
    const ValueRange range = rangeOf(values);
    EXPECT_EQ(range.low, -1.0);
    EXPECT_EQ(range.high, 2.0);
    for (const auto& none : {std::vector<double>{}, std::vector<double>{std::nan("")}}) {
        EXPECT_EQ(rangeOf(none).low, 0.0);
        EXPECT_EQ(rangeOf(none).high, 0.0);
    }
}

TEST(Histogram, CountsEachValueInItsBin) {
    const Histogram histogram = histogramOf({0.0, 0.5, 0.999, 1.0, 2.5, 3.0, 4.0}, {0.0, 4.0}, 4);
    EXPECT_THAT(histogram.counts, ElementsAre(3, 1, 1, 2)) << "the last bin includes the end";
    EXPECT_EQ(histogram.outside, 0);
    EXPECT_EQ(histogram.binWidth(), 1.0);
}

TEST(Histogram, SetsApartWhatLiesOutside) {
    const Histogram histogram =
        histogramOf({-0.001, 0.0, 1.0, 1.001, std::nan(""), kInfinity, -kInfinity}, {0.0, 1.0}, 2);
    EXPECT_THAT(histogram.counts, ElementsAre(1, 1));
    EXPECT_EQ(histogram.outside, 5);
}

TEST(Histogram, OfOneValueStandsInTheMiddle) {
    const Histogram histogram = histogramOf({3.0, 3.0}, {3.0, 3.0}, 5);
    EXPECT_EQ(histogram.low, 2.5);
    EXPECT_EQ(histogram.high, 3.5);
    EXPECT_THAT(histogram.counts, ElementsAre(0, 0, 2, 0, 0));
}

TEST(Histogram, LosesNoValueOfItsRange) {
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) {
        values.push_back(std::sin(i) * 1e-3 + 1e3);
    }
    for (int bins = 1; bins < 60; ++bins) {
        const Histogram histogram = histogramOf(values, rangeOf(values), bins);
        EXPECT_EQ(histogram.outside, 0);
        EXPECT_EQ(std::accumulate(histogram.counts.begin(), histogram.counts.end(), 0LL), 1000);
    }
}

TEST(Histogram, AddsUp) {
    Histogram histogram = emptyHistogram({0.0, 2.0}, 2);
    const std::vector<double> once{0.5};
    addTo(histogram, once);
    addTo(histogram, once);
    EXPECT_THAT(histogram.counts, ElementsAre(2, 0));
}

}  // namespace
}  // namespace normscope
