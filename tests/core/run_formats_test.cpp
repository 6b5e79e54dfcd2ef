#include "core/run_formats.h"

#include <gmock/gmock.h>

#include <random>

#include "core/json_fields.h"
#include "tests/core/peak_memory.h"

namespace normscope {
namespace {

using ::testing::HasSubstr;
using testing::thrownBy;

Run someRun() {
    Run run;
    run.command = "normscope train --out \"here\"";
    run.config.models = {parseModel("batch=batch:l1=1e-4"), parseModel("g=group:groups=1")};
    run.config.cycles = {3, 2};
    run.config.batchSize = 32;
    run.config.learningRate = 0.1;
    run.config.augmentation = Augmentation::Affine;
    run.config.seed = 18'446'744'073'709'551'615ULL;
    run.config.threads = 2;
    run.config.trainLimit = 1000;
    run.config.data = "/data/set";
    run.dataset = {.folder = "/data/set", .checksum = "abc", .trainTotal = 1000, .testTotal = 100};
    run.notes = "Größe, \"quoted\"\nnext line";
    run.models.resize(2);
    run.models[1].outcome = Outcome::Failed;
    run.models[1].error = "It failed.";
    return run;
}

std::string someJson() {
    return formatComparison(someRun(), std::vector<ModelSummary>(2));
}

TEST(ComparisonJson, RoundTrips) {
    const normscope::Run run = someRun();
    const normscope::Run read = parseComparison(someJson(), "comparison.json");
    EXPECT_EQ(read.config, run.config);
    EXPECT_EQ(read.dataset, run.dataset);
    EXPECT_EQ(read.command, run.command);
    EXPECT_EQ(read.notes, run.notes);
    EXPECT_EQ(read.models[1].outcome, Outcome::Failed);
    EXPECT_EQ(read.models[1].error, "It failed.");
}

TEST(ComparisonJson, TellsWhatItWasTrainedWith) {
    const auto versionsIn = [](const Json& versions) {
        Json json = Json::parse(someJson());
        if (versions.is_discarded()) {
            json.erase("versions");
        } else {
            json["versions"] = versions;
        }
        return parseComparison(json.dump(), "comparison.json").versions;
    };
    const RunVersions unknown{.normscope = {}, .libtorch = {}};
    EXPECT_EQ(parseComparison(someJson(), "comparison.json").versions, RunVersions{});
    EXPECT_EQ(versionsIn({{"normscope", "0.0.7"}, {"libtorch", "1.2"}}),
              (RunVersions{.normscope = "0.0.7", .libtorch = "1.2"}));
    EXPECT_EQ(versionsIn({{"normscope", 7}}), unknown);
    EXPECT_EQ(versionsIn("0.0.7"), unknown);
    EXPECT_EQ(versionsIn(nullptr), unknown);
    EXPECT_EQ(versionsIn(Json(Json::value_t::discarded)), unknown);
}

TEST(ComparisonJson, IsValidWhateverBytesAFolderNameHas) {
    normscope::Run run = someRun();
    run.dataset.folder = "/data/\xFF\xFE";
    EXPECT_NO_THROW(
        parseComparison(formatComparison(run, std::vector<ModelSummary>(2)), "comparison.json"));
}

struct Spoiled {
    std::string from;
    std::string to;
    std::string says;
};

class SpoiledComparison : public ::testing::TestWithParam<Spoiled> {};

TEST_P(SpoiledComparison, IsRefusedWithTheField) {
    std::string json = someJson();
    const std::size_t at = json.find(GetParam().from);
    ASSERT_NE(at, std::string::npos) << json;
    json.replace(at, GetParam().from.size(), GetParam().to);
    const std::string said = thrownBy([&] { parseComparison(json, "comparison.json"); });
    EXPECT_THAT(said, ::testing::StartsWith("comparison.json"));
    EXPECT_THAT(said, HasSubstr(GetParam().says));
    EXPECT_EQ(said.find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, SpoiledComparison,
    ::testing::Values(Spoiled{"{", "[", "not valid JSON"},
                      Spoiled{"\"seed\"", "\"sead\"", "field seed is missing"},
                      Spoiled{"\"seed\": 18446744073709551615", "\"seed\": \"one\"", "field seed"},
                      Spoiled{"\"batch_size\": 32", "\"batch_size\": 0", "batch size"},
                      Spoiled{"\"batch_size\": 32", "\"batch_size\": 1e300", "field batch_size"},
                      Spoiled{"\"batch_size\": 32", "\"batch_size\": 1.5", "field batch_size"},
                      Spoiled{"\"seed\": 18446744073709551615", "\"seed\": 1e30", "field seed"},
                      Spoiled{"\"seed\": 18446744073709551615", "\"seed\": -1", "field seed"},
                      Spoiled{"\"test_total\": 100", "\"test_total\": -1", "is negative"},
                      Spoiled{"\"cycles\": [", "\"cycles\": [1e300,", "field cycles"},
                      Spoiled{"\"groups\": [", "\"groups\": [1,", "does not hold 6 numbers"},
                      Spoiled{"\"norm\": \"group\"", "\"norm\": \"weight\"", "field norm"},
                      Spoiled{"\"outcome\": \"failed\"", "\"outcome\": \"odd\"", "field outcome"},
                      Spoiled{"\"label\": \"g\"", "\"label\": \"../g\"", "label"},
                      Spoiled{"\"augment\": \"affine\"", "\"augment\": 3", "field augment"}));

std::string withField(const std::string& value) {
    return "{\"more\": " + value + "," + someJson().substr(1);
}

TEST(ComparisonJson, IsRefusedWhereItIsFarTooMuch) {
    const auto problem = [](const std::string& json) {
        return thrownBy([&] { parseComparison(json, "comparison.json"); });
    };
    EXPECT_EQ(problem(withField("[[[[7]]]]")), "");
    // Written back, it would go down as deep on the stack.
    const std::string deep = withField(std::string(100'000, '[') + std::string(100'000, ']'));
    EXPECT_EQ(problem(deep), "comparison.json holds far more than this program writes.");
    EXPECT_EQ(thrownBy([&] { withNotes(deep, "comparison.json", "mine"); }),
              "comparison.json holds far more than this program writes.");
    // Each name is compared with all before it.
    std::string names = "{";
    for (int i = 0; i < 200'000; ++i) {
        names += "\"" + std::to_string(i) + "\": 0, ";
    }
    EXPECT_EQ(problem(withField(names + "\"last\": 0}")),
              "comparison.json holds far more than this program writes.");
}

TEST(EpochsCsv, RoundTripsEveryBit) {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> anything(0.0, 1.0);
    std::vector<EpochRecord> epochs;
    for (int i = 1; i <= 50; ++i) {
        epochs.push_back({i, anything(random), anything(random), anything(random), anything(random),
                          anything(random) * 1e-7, anything(random) * 1e5, 0.0});
    }
    EXPECT_EQ(parseEpochs(formatEpochs(epochs), "epochs.csv"), epochs);
    EXPECT_EQ(formatEpochs({}).substr(0, 16), "epoch,train_loss");
}

TEST(StepsCsv, RoundTripsEveryBit) {
    std::mt19937 random(2);
    std::uniform_real_distribution<float> anything(0.0F, 3.0F);
    std::vector<StepRecord> steps;
    for (int i = 1; i <= 500; ++i) {
        steps.push_back({i, i / 100 + 1, anything(random), anything(random), anything(random)});
    }
    EXPECT_EQ(parseSteps(formatSteps(steps), "steps.csv"), steps);
}

std::vector<PercentileRecord> somePercentiles() {
    std::mt19937 random(3);
    std::normal_distribution<float> anything(0.0F, 3.0F);
    std::vector<PercentileRecord> records(3);
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].step = static_cast<std::int64_t>(i) * 10 + 1;
        records[i].epoch = static_cast<int>(i) + 1;
        for (ChannelPercentiles& channel : records[i].channels) {
            for (Percentiles* side : {&channel.input, &channel.output}) {
                *side = {anything(random), anything(random), anything(random)};
            }
        }
    }
    return records;
}

TEST(PercentilesCsv, RoundTripsEveryBit) {
    const auto records = somePercentiles();
    const std::string csv = formatPercentiles(records);
    EXPECT_THAT(csv, ::testing::StartsWith("step,epoch,norm_layer,channel,input_15,input_50,"
                                           "input_85,output_15,output_50,output_85\n1,1,0,0,"));
    EXPECT_THAT(csv, HasSubstr("\n1,1,1,11,"));
    EXPECT_EQ(parsePercentiles(csv, "percentiles.csv"), records);
    EXPECT_TRUE(parsePercentiles(formatPercentiles({}), "percentiles.csv").empty());
}

TEST(PercentilesCsv, DamageIsTold) {
    const std::string csv = formatPercentiles(somePercentiles());
    const auto problem = [](const std::string& content) {
        return thrownBy([&] { parsePercentiles(content, "percentiles.csv"); });
    };
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string content = csv;
        content.replace(content.find(from), from.size(), to);
        return problem(content);
    };
    EXPECT_THAT(changed("\n1,1,0,1,", "\n1,1,0,2,"),
                HasSubstr("line 3, is not of the next channel"));
    EXPECT_THAT(changed("\n1,1,0,1,", "\n2,1,0,1,"),
                HasSubstr("line 3, is not of the next channel"));
    EXPECT_THAT(changed("\n1,1,0,1,", "\n1,1,6,1,"), HasSubstr("from 0 to 5"));
    EXPECT_THAT(changed("\n1,1,0,1,", "\n1,1,0,8,"), HasSubstr("from 0 to 7"));
    EXPECT_THAT(changed("\n11,2,0,0,", "\n1,2,0,0,"), HasSubstr("before the one above it"));
    EXPECT_THAT(problem(csv.substr(0, csv.rfind('\n', csv.size() - 2) + 1)),
                HasSubstr("last mini-batch is not complete"));
    EXPECT_THAT(problem(csv.substr(0, csv.size() - 3)), HasSubstr("has no end"));
}

TEST(PredictionsCsv, RoundTripsAndCounts) {
    Evaluation evaluation;
    evaluation.labels = {3, 9, 0};
    evaluation.predictions = {3, 4, 0};
    evaluation.probabilityOfPrediction = {0.9F, 0.123456789F, 1e-30F};
    evaluation.probabilityOfLabel = {0.9F, 0.1F, 1e-30F};
    const std::string csv = formatPredictions(evaluation);
    EXPECT_THAT(csv, ::testing::StartsWith(
                         "index,label,predicted,probability_predicted,probability_label\n0,3,3,"));
    const Evaluation read = parsePredictions(csv, "predictions.csv");
    EXPECT_EQ(read.labels, evaluation.labels);
    EXPECT_EQ(read.predictions, evaluation.predictions);
    EXPECT_EQ(read.probabilityOfPrediction, evaluation.probabilityOfPrediction);
    EXPECT_EQ(read.wrong, 1);
    EXPECT_EQ(read.total, 3);
    EXPECT_EQ(read.confusion[9][4], 1);
}

TEST(EpochPredictionsCsv, RoundTripsWithWhatWasNotKept) {
    const std::vector<std::vector<std::uint8_t>> predictions{{}, {1, 2, 9}, {}, {0, 2, 3}};
    const std::string csv = formatEpochPredictions(predictions);
    EXPECT_EQ(csv, "epoch,predictions\n2,129\n4,023\n");
    EXPECT_EQ(parseEpochPredictions(csv, "epoch_predictions.csv"), predictions);
}

TEST(EpochPredictionsCsv, DamageIsToldWithTheLine) {
    const auto problem = [](const std::string& rest) {
        return thrownBy(
            [&] { parseEpochPredictions("epoch,predictions\n" + rest, "epoch_predictions.csv"); });
    };
    EXPECT_EQ(problem("1,123\n"), "");
    EXPECT_THAT(problem("1,12x\n"), HasSubstr("line 2, holds \"x\" where a digit belongs"));
    EXPECT_THAT(problem("2,1\n1,1\n"),
                HasSubstr("line 3, holds \"1\" where a whole number from 3"));
    EXPECT_THAT(problem("1000000000,1\n"), HasSubstr("to 1000 belongs"));
}

TEST(EpochsCsv, AccuraciesAreShares) {
    const auto problem = [](const std::string& accuracy) {
        const std::string row = "1,0.5,0.5,0.5," + accuracy + ",0.1,1,0\n";
        return thrownBy([&] { parseEpochs(formatEpochs({}) + row, "epochs.csv"); });
    };
    EXPECT_EQ(problem("1"), "");
    EXPECT_THAT(problem("1e300"), HasSubstr("\"1e300\" where a number from 0 to 1 belongs"));
    EXPECT_THAT(problem("-0.5"), HasSubstr("\"-0.5\" where a number from 0 to 1 belongs"));
}

TEST(Csv, TakesNoMemoryForCommasAndLineEnds) {
    const std::string header = "step,epoch,loss,accuracy,l1_penalty\n";
    const std::string commas = header + std::string(30'000'000, ',') + "\n";
    const std::string lines = header + std::string(30'000'000, '\n');
    const std::string digits = header + std::string(30'000'000, '1') + ",1,1,1,1\n";
    const auto growth = testing::peakGrowthOf([&] {
        for (const std::string* csv : {&commas, &lines, &digits}) {
            const std::string said = thrownBy([&] { parseSteps(*csv, "steps.csv"); });
            EXPECT_THAT(said, ::testing::StartsWith("steps.csv, line 2, "));
            EXPECT_LT(said.size(), 200U);
        }
    });
    EXPECT_LT(growth, testing::kLittleMemory);
}

TEST(Csv, DamageIsToldWithTheLine) {
    const std::string header = "step,epoch,loss,accuracy,l1_penalty\n";
    const auto problem = [&](const std::string& rest) {
        return thrownBy([&] { parseSteps(header + rest, "steps.csv"); });
    };
    EXPECT_EQ(problem("1,1,0.5,1,0\n"), "");
    EXPECT_THAT(problem("1,1,0.5,1,0\n2,1,0.5"), HasSubstr("cut short"));
    EXPECT_THAT(problem("1,1,0.5,1\n"), HasSubstr("line 2, has 4 fields instead of 5"));
    EXPECT_THAT(problem("1,1,0,5,1,0\n"), HasSubstr("line 2, has 6 fields"));
    EXPECT_THAT(problem("1,1,much,1,0\n"), HasSubstr("\"much\" where a number belongs"));
    EXPECT_THAT(problem("1,1,nan,1,0\n"), HasSubstr("\"nan\""));
    EXPECT_THAT(problem("2,1,0.5,1,0\n"), HasSubstr("mini-batch 2 instead of 1"));
    EXPECT_THAT(thrownBy([] { parseSteps("", "steps.csv"); }), HasSubstr("does not start with"));
}

}  // namespace
}  // namespace normscope
