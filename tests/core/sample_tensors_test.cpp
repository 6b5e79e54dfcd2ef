#include "core/sample_tensors.h"

#include <gmock/gmock.h>

#include <set>

#include "core/normalization.h"

namespace normscope {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Ge;
using ::testing::Le;

TEST(SmallIntegers, TakeAllSevenValues) {
    const Tensor4 tensor = smallIntegers({4, 5, 6, 7}, 3);
    EXPECT_EQ(tensor.shape, (Shape4{4, 5, 6, 7}));
    ASSERT_EQ(tensor.values.size(), 840U);
    EXPECT_THAT(tensor.values, Each(AllOf(Ge(-3.0), Le(3.0))));
    EXPECT_EQ(std::set<double>(tensor.values.begin(), tensor.values.end()),
              (std::set<double>{-3, -2, -1, 0, 1, 2, 3}));
}

TEST(SmallIntegers, DependOnTheSeedAlone) {
    const Shape4 shape{2, 2, 3, 3};
    EXPECT_EQ(smallIntegers(shape, 1), smallIntegers(shape, 1));
    EXPECT_NE(smallIntegers(shape, 1), smallIntegers(shape, 2));
}

TEST(ClassExample, IsFourImagesWhoseMeansAreSimple) {
    const Tensor4 tensor = classExample();
    EXPECT_EQ(tensor.shape, (Shape4{4, 4, 2, 2}));
    ASSERT_EQ(tensor.values.size(), 64U);
    EXPECT_THAT(tensor.values, Each(AllOf(Ge(-3.0), Le(4.0))));
    // Sixteenths at most: exact in binary and short in decimal.
    for (const NormKind kind :
         {NormKind::Batch, NormKind::Layer, NormKind::Group, NormKind::Instance}) {
        const NormTrace trace = normalize(tensor, {.kind = kind, .groups = 2}, Affine::identity(4));
        for (const double mean : trace.mean) {
            EXPECT_EQ(mean * 16.0, static_cast<int>(mean * 16.0)) << nameOf(kind);
        }
    }
}

TEST(ConstantTensor, HoldsOneValue) {
    const Tensor4 tensor = constantTensor({2, 1, 3, 2}, -1.5);
    EXPECT_EQ(tensor.values, std::vector<double>(12, -1.5));
}

TEST(OutlierTensor, ReplacesTheFirstCell) {
    const Shape4 shape{2, 2, 2, 2};
    Tensor4 expected = smallIntegers(shape, 5);
    expected.values.front() = 100.0;
    EXPECT_EQ(outlierTensor(shape, 5, 100.0), expected);
}

TEST(Tensor4, KeepsItsCellsInTheOrderOfTorch) {
    const Shape4 shape{2, 3, 4, 5};
    EXPECT_EQ(shape.count(), 120);
    std::size_t offset = 0;
    for (int image = 0; image < 2; ++image) {
        for (int channel = 0; channel < 3; ++channel) {
            for (int row = 0; row < 4; ++row) {
                for (int column = 0; column < 5; ++column) {
                    EXPECT_EQ(offsetOf(shape, {image, channel, row, column}), offset++);
                }
            }
        }
    }
    EXPECT_TRUE(contains(shape, {1, 2, 3, 4}));
    for (const CellIndex& outside :
         {CellIndex{2, 0, 0, 0}, CellIndex{0, 3, 0, 0}, CellIndex{0, 0, 4, 0},
          CellIndex{0, 0, 0, 5}, CellIndex{-1, 0, 0, 0}, CellIndex{0, 0, 0, -1}}) {
        EXPECT_FALSE(contains(shape, outside));
    }
}

}  // namespace
}  // namespace normscope
