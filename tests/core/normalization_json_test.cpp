#include "core/normalization_json.h"

#include <gmock/gmock.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/sample_tensors.h"
#include "tests/core/support.h"

namespace normscope {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

constexpr Shape4 kLargest{32, 32, 28, 28};

NormalizationRecord sampleRecord(NormKind kind) {
    NormalizationRecord record;
    record.input = smallIntegers({3, 4, 2, 2}, 1);
    record.input.values[0] = 0.1 + 0.2;
    record.input.values[1] = -0.0;
    record.input.values[2] = 123456789012345678.0;
    record.spec = {.kind = kind, .groups = kind == NormKind::Group ? 2 : 1, .eps = 1e-3};
    record.affine = {{1.0, -2.0, 1.0 / 3.0, 1e-300}, {0.0, -0.0, 7.0, 1e22}};
    return record;
}

std::string textOf(const NormalizationRecord& record) {
    return formatNormalization(record, normalize(record.input, record.spec, record.affine));
}

NormalizationRecord parsed(const std::string& text) {
    return parseNormalization(text, kLargest, "sheet.json");
}

TEST(NormalizationJson, RoundTripsExactly) {
    for (const NormKind kind :
         {NormKind::Batch, NormKind::Layer, NormKind::Group, NormKind::Instance}) {
        const NormalizationRecord record = sampleRecord(kind);
        const NormalizationRecord back = parsed(textOf(record));
        EXPECT_EQ(back, record) << nameOf(kind);
        EXPECT_TRUE(std::signbit(back.input.values[1])) << "minus zero";
        EXPECT_TRUE(std::signbit(back.affine.beta[1])) << "minus zero";
    }
}

TEST(NormalizationJson, RoundTripsRunningStatistics) {
    NormalizationRecord record = sampleRecord(NormKind::Batch);
    record.training = false;
    record.spec.momentum = 0.25;
    record.running = RunningStatistics{{0.5, 1.0, -1.0, 2.0}, {1.0, 0.0, 3.0, 0.1}, 12};
    EXPECT_EQ(parsed(textOf(record)), record);
}

TEST(NormalizationJson, HasTheFieldsOfTheCommand) {
    const NormalizationRecord record = sampleRecord(NormKind::Group);
    const NormTrace trace = normalize(record.input, record.spec, record.affine);
    const Json json = Json::parse(formatNormalization(record, trace));
    EXPECT_EQ(json["shape"], (Json{3, 4, 2, 2}));
    EXPECT_EQ(json["norm"], "group");
    EXPECT_EQ(json["groups"], 2);
    EXPECT_EQ(json["eps"], 1e-3);
    ASSERT_EQ(json["statistics"].size(), 6U);
    const Json& second = json["statistics"][1];
    EXPECT_EQ(second["image"], 0);
    EXPECT_EQ(second["channels"], (Json{2, 3}));
    EXPECT_EQ(second["mean"], trace.mean[1]);
    EXPECT_EQ(second["variance"], trace.variance[1]);
    EXPECT_EQ(second["count"], 8);
    EXPECT_EQ(json["normalized"].get<std::vector<double>>(), trace.normalized.values);
    EXPECT_EQ(json["output"].get<std::vector<double>>(), trace.output.values);

    const Json batch = Json::parse(textOf(sampleRecord(NormKind::Batch)));
    EXPECT_TRUE(batch["statistics"][3]["image"].is_null());
    EXPECT_EQ(batch["statistics"][3]["channels"], Json::array({3}));
    EXPECT_EQ(batch["groups"], 4);
    EXPECT_EQ(Json::parse(textOf(sampleRecord(NormKind::Layer)))["groups"], 1);
    EXPECT_EQ(Json::parse(textOf(sampleRecord(NormKind::Instance)))["groups"], 4);
}

TEST(NormalizationJson, RecoversTheInput) {
    for (const NormKind kind :
         {NormKind::Batch, NormKind::Layer, NormKind::Group, NormKind::Instance}) {
        NormalizationRecord record = sampleRecord(kind);
        record.input = classExample();
        Json json = Json::parse(textOf(record));
        json.erase("input");
        json.erase("gamma");
        json.erase("beta");
        const NormalizationRecord back = parsed(json.dump());
        EXPECT_LT(testing::largestDifference(back.input, record.input), 1e-12) << nameOf(kind);
        EXPECT_EQ(back.affine, Affine::identity(4));
    }
}

TEST(NormalizationJson, NamesTheFieldThatIsWrong) {
    NormalizationRecord record = sampleRecord(NormKind::Batch);
    record.running = RunningStatistics::initial(4);
    const Json good = Json::parse(textOf(record));
    const auto problem = [&](const char* field, const Json& value, bool recovered = false) {
        Json bad = good;
        bad[field] = value;
        if (recovered) {
            bad.erase("input");
        }
        return testing::thrownBy([&] { parsed(bad.dump()); });
    };
    const auto expectNamed = [&](const char* field, const std::vector<Json>& values) {
        for (const Json& value : values) {
            EXPECT_THAT(problem(field, value),
                        StartsWith(std::string("sheet.json: the field ") + field))
                << value;
        }
    };
    expectNamed("shape", {nullptr,
                          3,
                          "3,4,2,2",
                          {3, 4, 2},
                          {3, 4, 2, 2, 1},
                          {0, 4, 2, 2},
                          {3, 4, 2, 29},
                          {33, 4, 2, 2},
                          {3, 4.5, 2, 2},
                          {3, -4, 2, 2},
                          {1e300, 4, 2, 2},
                          {"3", 4, 2, 2},
                          {3, true, 2, 2}});
    expectNamed("norm", {nullptr, 1, "none", "Batch", "weight", Json::array()});
    expectNamed("eps", {nullptr, "1e-5", 0, -1, true});
    expectNamed(
        "input",
        {1, "x", {1, 2}, std::vector<std::string>(48, "1"), std::vector<std::nullptr_t>(48)});
    expectNamed("gamma", {{1, 2, 3}, {1, 2, 3, nullptr}, 5});
    expectNamed("beta", {{1, 2, 3, 4, 5}, Json::object()});
    expectNamed("running_variance", {{1, 1, 1, -1}, nullptr});
    expectNamed("momentum", {2, -0.5, "a"});
    expectNamed("batches", {-1, 1.5, 1e30});
    expectNamed("training", {1, "yes"});
    EXPECT_THAT(problem("statistics", {1, 2}, true), HasSubstr("the field statistics"));
    EXPECT_THAT(problem("statistics", {1, 2, 3, 4}, true),
                HasSubstr("sheet.json: statistics 1: is not a JSON object"));
    EXPECT_THAT(problem("normalized", {1}, true), HasSubstr("the field normalized"));

    Json group = Json::parse(textOf(sampleRecord(NormKind::Group)));
    for (const Json& groups : {Json(3), Json(0), Json(-2), Json(2.5), Json(nullptr)}) {
        group["groups"] = groups;
        EXPECT_THAT(testing::thrownBy([&] { parsed(group.dump()); }), HasSubstr("the field groups"))
            << groups;
    }
}

TEST(NormalizationJson, RefusesWhatIsNoSheet) {
    for (const std::string text : {"", "{", "nonsense", "{\"shape\": [1e999]}", "\xFF"}) {
        EXPECT_EQ(testing::thrownBy([&] { parsed(text); }), "sheet.json is not valid JSON.");
    }
    for (const std::string text : {"[]", "3", "null"}) {
        EXPECT_EQ(testing::thrownBy([&] { parsed(text); }), "sheet.json: is not a JSON object.");
    }
    EXPECT_EQ(testing::thrownBy([&] { parsed("{}"); }), "sheet.json: the field shape is missing.");
    EXPECT_EQ(testing::thrownBy([&] { parsed(std::string(100'000, '[')); }),
              "sheet.json holds far more than this program writes.");
}

}  // namespace
}  // namespace normscope
