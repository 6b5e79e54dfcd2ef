#include "core/training_config.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/core/support.h"

namespace normscope {
namespace {

using ::testing::HasSubstr;
using testing::thrownBy;

TrainingConfig threeModels() {
    TrainingConfig config;
    for (const char* text : {"batch=batch:l1=1e-4", "layer=layer", "group=group"}) {
        config.models.push_back(parseModel(text));
    }
    return config;
}

TEST(ParseModel, ReadsEveryPart) {
    const ModelConfig model = parseModel("group 4=group:groups=4,4,4,4,5,5:l1=0.001");
    EXPECT_EQ(model.label, "group 4");
    EXPECT_EQ(model.network.kind, NormKind::Group);
    EXPECT_EQ(model.network.groups, (GroupCounts{4, 4, 4, 4, 5, 5}));
    EXPECT_EQ(model.l1, 0.001);
}

TEST(ParseModel, RoundTrips) {
    for (const char* text :
         {"a=none", "b=batch:l1=1e-04", "c=layer", "d=instance", "e=group:groups=1,2,3,4,5,15"}) {
        EXPECT_EQ(formatModel(parseModel(text)), text);
    }
}

TEST(ParseModel, RefusesWhatItDoesNotKnow) {
    EXPECT_THAT(thrownBy([] { parseModel("batch"); }), HasSubstr("LABEL=norm"));
    EXPECT_THAT(thrownBy([] { parseModel("a=weight"); }), HasSubstr("\"weight\""));
    EXPECT_THAT(thrownBy([] { parseModel("a=batch:l2=1"); }), HasSubstr("\"l2=1\""));
    EXPECT_THAT(thrownBy([] { parseModel("a=batch:l1=much"); }), HasSubstr("\"much\""));
    EXPECT_THAT(thrownBy([] { parseModel("a=layer:groups=4"); }),
                HasSubstr("\"groups=4\" is for group norm, not for layer norm"));
}

TEST(ParseGroups, OneNumberIsForAllLayers) {
    EXPECT_EQ(parseGroups("1"), (GroupCounts{1, 1, 1, 1, 1, 1}));
    EXPECT_EQ(parseGroups("2, 2, 2, 2, 3, 3"), kReferenceGroups);
}

TEST(ParseGroups, RefusesCountsThatDoNotDivide) {
    EXPECT_THAT(thrownBy([] { parseGroups("2"); }), HasSubstr("Norm layer 5 has 15 channels"));
    EXPECT_THAT(thrownBy([] { parseGroups("3,2,2,2,3,3"); }), HasSubstr("Norm layer 1"));
    EXPECT_THAT(thrownBy([] { parseGroups("0"); }), HasSubstr("\"0\""));
    EXPECT_THAT(thrownBy([] { parseGroups("2,2,2"); }), HasSubstr("six"));
    EXPECT_THAT(thrownBy([] { parseGroups("two"); }), HasSubstr("\"two\""));
}

struct BadConfig {
    const char* field;
    void (*spoil)(TrainingConfig& config);
};

class Validate : public ::testing::TestWithParam<BadConfig> {};

TEST_P(Validate, NamesTheField) {
    TrainingConfig config = threeModels();
    validate(config);
    GetParam().spoil(config);
    try {
        validate(config);
        FAIL() << "nothing was thrown for " << GetParam().field;
    } catch (const ConfigError& error) {
        EXPECT_EQ(error.field(), GetParam().field);
        EXPECT_THAT(error.what(), ::testing::EndsWith("."));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Fields, Validate,
    ::testing::Values(
        BadConfig{"norms", [](TrainingConfig& c) { c.models.clear(); }},
        BadConfig{"norms", [](TrainingConfig& c) { c.models.resize(17); }},
        BadConfig{"model", [](TrainingConfig& c) { c.models[1].label = "Batch"; }},
        BadConfig{"model", [](TrainingConfig& c) { c.models[1].label = ""; }},
        BadConfig{"model", [](TrainingConfig& c) { c.models[1].label = "../up"; }},
        BadConfig{"model", [](TrainingConfig& c) { c.models[1].label = ".hidden"; }},
        BadConfig{"model", [](TrainingConfig& c) { c.models[1].label = std::string(41, 'x'); }},
        BadConfig{"l1", [](TrainingConfig& c) { c.models[0].l1 = -1.0; }},
        BadConfig{"l1", [](TrainingConfig& c) { c.models[0].l1 = std::nan(""); }},
        BadConfig{"groups", [](TrainingConfig& c) { c.models[2].network.groups[4] = 2; }},
        BadConfig{"groups", [](TrainingConfig& c) { c.models[2].network.groups[0] = 0; }},
        BadConfig{"epochs", [](TrainingConfig& c) { c.cycles = {}; }},
        BadConfig{"epochs",
                  [](TrainingConfig& c) {
                      c.cycles = {5, 0};
                  }},
        BadConfig{"epochs",
                  [](TrainingConfig& c) {
                      c.cycles = {2'000'000'000, 2'000'000'000};
                  }},
        BadConfig{"batch-size", [](TrainingConfig& c) { c.batchSize = 0; }},
        BadConfig{"learning-rate", [](TrainingConfig& c) { c.learningRate = 0.0; }},
        BadConfig{"learning-rate", [](TrainingConfig& c) { c.learningRate = INFINITY; }},
        BadConfig{"threads", [](TrainingConfig& c) { c.threads = 0; }},
        BadConfig{"train-limit", [](TrainingConfig& c) { c.trainLimit = 0; }}));

TEST(ChangesImages, InEveryEpochButTheLastOfALongCycle) {
    TrainingConfig config;
    config.cycles = {10, 9, 11};
    const auto changes = [&] {
        std::vector<bool> all;
        for (int epoch = 1; epoch <= config.epochs(); ++epoch) {
            all.push_back(changesImages(config, epoch));
        }
        return all;
    };
    EXPECT_EQ(changes(), std::vector(30, false));
    config.augmentation = Augmentation::Affine;
    std::vector<bool> expected(30, true);
    expected[9] = expected[29] = false;
    EXPECT_EQ(changes(), expected);
    EXPECT_THROW(changesImages(config, 31), std::logic_error);
}

TEST(TrainCommand, SaysEverythingThatIsNotTheDefault) {
    TrainingConfig config = threeModels();
    config.models[1].label = "layer (2)";
    config.augmentation = Augmentation::Affine;
    config.trainLimit = 100;
    config.data = "/tmp/it's here";
    EXPECT_EQ(trainCommand(config, "run 1"),
              "normscope train --model batch=batch:l1=1e-04 --model 'layer (2)=layer' --model "
              "group=group:groups=2,2,2,2,3,3 --epochs 20 --batch-size 64 --learning-rate 0.05 "
              "--seed 1 --augment affine --train-limit 100 --data '/tmp/it'\\''s here' --out "
              "'run 1'");
}

}  // namespace
}  // namespace normscope
