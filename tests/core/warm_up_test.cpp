#include "core/warm_up.h"

#include <gtest/gtest.h>

namespace normscope {
namespace {

TEST(WarmUp, TrainsWithoutAComplaint) {
    EXPECT_NO_THROW(warmUp());
}

}  // namespace
}  // namespace normscope
