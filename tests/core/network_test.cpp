#include "core/network.h"

#include <gtest/gtest.h>

namespace normscope {
namespace {

TEST(Network, HasTheParametersOfTheReference) {
    for (const NormKind kind : kNormKinds) {
        EXPECT_EQ(parameterCount({.kind = kind}), kind == NormKind::None ? 7611 : 7767)
            << nameOf(kind);
    }
}

TEST(Network, NormLayersHaveTheChannelsTheyAreSaidToHave) {
    std::size_t next = 0;
    for (const LayerPlan& layer : digitNetPlan()) {
        if (layer.kind == LayerPlan::Kind::Norm) {
            ASSERT_LT(next, kNormLayerChannels.size());
            EXPECT_EQ(layer.normLayer, static_cast<int>(next));
            EXPECT_EQ(layer.outChannels, kNormLayerChannels[next++]);
        }
    }
    EXPECT_EQ(next, kNormLayerChannels.size());
}

TEST(Network, LayerTableReadsAsTorchinfoPrintsIt) {
    std::string text;
    for (const LayerRow& row : layerTable({.kind = NormKind::Batch}, 64)) {
        text += row.name + " " + row.outputShape + " " + std::to_string(row.parameters) + "\n";
    }
    EXPECT_EQ(text,
              "Conv2d: 1-1 [64, 8, 26, 26] 72\n"
              "ReLU: 1-2 [64, 8, 26, 26] 0\n"
              "BatchNorm2d: 1-3 [64, 8, 26, 26] 16\n"
              "Conv2d: 1-4 [64, 12, 24, 24] 864\n"
              "ReLU: 1-5 [64, 12, 24, 24] 0\n"
              "BatchNorm2d: 1-6 [64, 12, 24, 24] 24\n"
              "Conv2d: 1-7 [64, 8, 24, 24] 96\n"
              "MaxPool2d: 1-8 [64, 8, 12, 12] 0\n"
              "Conv2d: 1-9 [64, 12, 10, 10] 864\n"
              "ReLU: 1-10 [64, 12, 10, 10] 0\n"
              "BatchNorm2d: 1-11 [64, 12, 10, 10] 24\n"
              "Conv2d: 1-12 [64, 16, 8, 8] 1728\n"
              "ReLU: 1-13 [64, 16, 8, 8] 0\n"
              "BatchNorm2d: 1-14 [64, 16, 8, 8] 32\n"
              "Conv2d: 1-15 [64, 12, 8, 8] 192\n"
              "MaxPool2d: 1-16 [64, 12, 4, 4] 0\n"
              "Conv2d: 1-17 [64, 15, 4, 4] 1620\n"
              "ReLU: 1-18 [64, 15, 4, 4] 0\n"
              "BatchNorm2d: 1-19 [64, 15, 4, 4] 30\n"
              "Conv2d: 1-20 [64, 15, 4, 4] 2025\n"
              "ReLU: 1-21 [64, 15, 4, 4] 0\n"
              "BatchNorm2d: 1-22 [64, 15, 4, 4] 30\n"
              "AvgPool2d: 1-23 [64, 15, 1, 1] 0\n"
              "Conv2d: 1-24 [64, 10, 1, 1] 150\n");
}

TEST(Network, NamesOfNormalizationsReadBack) {
    for (const NormKind kind : kNormKinds) {
        EXPECT_EQ(normKindNamed(nameOf(kind)), kind);
    }
    EXPECT_EQ(normKindNamed("Batch"), std::nullopt);
}

TEST(Network, GroupsCountUnderGroupNormAlone) {
    const GroupCounts groups{8, 6, 4, 2, 5, 15};
    EXPECT_EQ((NetworkSpec{.kind = NormKind::Group, .groups = groups}.normAt(5).groups), 15);
    EXPECT_EQ((NetworkSpec{.kind = NormKind::Layer, .groups = groups}.normAt(5).groups), 1);
}

}  // namespace
}  // namespace normscope
