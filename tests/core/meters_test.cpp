#include "core/meters.h"

#include <gtest/gtest.h>

namespace normscope {
namespace {

TEST(AverageMeter, WeighsItsValues) {
    AverageMeter meter;
    EXPECT_EQ(meter.mean(), 0.0);
    meter.add(1.0, 64.0);
    meter.add(4.0, 32.0);
    EXPECT_DOUBLE_EQ(meter.mean(), 2.0);
}

TEST(SpeedMeter, FollowsAChangeWithinSeconds) {
    SpeedMeter meter;
    EXPECT_EQ(meter.imagesPerSecond(), 0.0);
    for (int i = 0; i < 100; ++i) {
        meter.add(64.0, 0.01);
    }
    EXPECT_NEAR(meter.imagesPerSecond(), 6400.0, 1e-6);
    for (int i = 0; i < 200; ++i) {
        meter.add(64.0, 0.02);  // four seconds: two half-lives
    }
    EXPECT_NEAR(meter.imagesPerSecond(), 3200.0, 600.0);
}

}  // namespace
}  // namespace normscope
