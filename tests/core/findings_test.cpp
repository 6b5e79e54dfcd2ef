#include "core/findings.h"

#include <gmock/gmock.h>

namespace normscope {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto kMnist = "017998840fb0ba3336e2cca627621f8d";

/// One image a character: 'x' is misread.
Evaluation evaluationOf(std::string_view images) {
    Evaluation evaluation;
    evaluation.total = static_cast<int>(images.size());
    for (std::size_t image = 0; image < images.size(); ++image) {
        const auto label = static_cast<std::uint8_t>(image % kClassCount);
        const bool wrong = images[image] == 'x';
        const auto read = static_cast<std::uint8_t>((label + (wrong ? 1 : 0)) % kClassCount);
        evaluation.labels.push_back(label);
        evaluation.predictions.push_back(read);
        evaluation.wrong += wrong ? 1 : 0;
        ++evaluation.confusion.at(label).at(read);
    }
    return evaluation;
}

Run runWith(const ModelConfig& model, int epochs) {
    Run run;
    run.config.models = {model};
    run.dataset = {"/mnist", kMnist, 60'000, 10'000};
    run.models.resize(1);
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        EpochRecord record{};
        record.epoch = epoch;
        record.seconds = 10.0;
        record.testAccuracy = 0.99 + 0.0001 * epoch;
        record.testLoss = 0.05 - 0.001 * epoch;
        record.trainAccuracy = 0.98;
        record.trainLoss = 0.1;
        run.models[0].epochs.push_back(record);
    }
    return run;
}

TEST(FiguresOf, AreEmptyBeforeTheFirstEpoch) {
    const ModelFigures figures = figuresOf(runWith({}, 0), 0);
    EXPECT_FALSE(figures.epochs);
    EXPECT_FALSE(figures.wrongShare());
    EXPECT_THAT(figures.lastWrong, IsEmpty());
}

TEST(FiguresOf, TellLastAndBestApart) {
    normscope::Run run = runWith({}, 7);
    run.models[0].epochs[3].testAccuracy = 0.9950;
    run.models[0].epochs[1].testLoss = 0.01;
    const ModelFigures figures = figuresOf(run, 0);
    EXPECT_DOUBLE_EQ(figures.epochs->testAccuracy.last, 0.9907);
    EXPECT_DOUBLE_EQ(figures.epochs->testAccuracy.best, 0.9950);
    EXPECT_DOUBLE_EQ(figures.epochs->testLoss.last, 0.043);
    EXPECT_DOUBLE_EQ(figures.epochs->testLoss.best, 0.01);
    EXPECT_EQ(figures.summary.wrong, 93);
    EXPECT_EQ(figures.summary.bestWrong, 50);
    EXPECT_THAT(figures.lastWrong, ElementsAre(97, 50, 95, 94, 93)) << "of five epochs, in order";
    EXPECT_DOUBLE_EQ(*figures.summary.imagesPerSecond, 6000.0);
    EXPECT_EQ(*figures.wrongShare(), wilsonInterval(93, 10'000));
}

TEST(SharedLastEpochs, AreAsManyAsEachMeasuredModelHas) {
    const auto with = [](int epochs) { return figuresOf(runWith({}, epochs), 0); };
    const auto shared = [&](std::initializer_list<int> epochs) {
        std::vector<ModelFigures> models;
        for (const int each : epochs) {
            models.push_back(with(each));
        }
        return sharedLastEpochs(models);
    };
    EXPECT_EQ(shared({3, 2, 4}), 2U);
    EXPECT_EQ(shared({0, 3, 2}), 2U) << "one that has not begun has none to be held beside";
    EXPECT_EQ(shared({9, 7}), std::size_t{kLastEpochs});
    EXPECT_EQ(shared({0, 0}), 0U);
    EXPECT_EQ(shared({}), 0U);
}

TEST(DigitErrors, CountTheRowsOfTheConfusion) {
    const DigitErrors errors = digitErrors(evaluationOf("x..........x......."));
    EXPECT_THAT(errors.total, ElementsAre(2, 2, 2, 2, 2, 2, 2, 2, 2, 1));
    EXPECT_THAT(errors.wrong, ElementsAre(1, 1, 0, 0, 0, 0, 0, 0, 0, 0));
}

TEST(PairedTests, CountWhatOnlyOneMisreads) {
    //                                  both: 1, only a: 6, only b: 1
    const Evaluation a = evaluationOf("xxxxxxx.....");
    const Evaluation b = evaluationOf("x......x....");
    const std::vector<PairedTest> tests = pairedTests(std::vector{&a, &b});
    ASSERT_EQ(tests.size(), 1U);
    EXPECT_EQ(tests[0].onlyFirst, 6);
    EXPECT_EQ(tests[0].onlySecond, 1);
    EXPECT_NEAR(tests[0].p, 16.0 / 128.0, 1e-13) << "two tails of 1 + 7 outcomes of 2^7";
    EXPECT_EQ(tests[0].adjusted, tests[0].p) << "a single test needs no correction";
}

TEST(PairedTests, AreCorrectedOverAllPairs) {
    const Evaluation a = evaluationOf("xxxxxxxx");
    const Evaluation b = evaluationOf("........");
    const Evaluation c = evaluationOf("x.......");
    const std::vector<PairedTest> tests = pairedTests(std::vector{&a, &b, &c});
    ASSERT_EQ(tests.size(), 3U);
    // a and b: 8 against 0, p 2/256; a and c: 7 against 0, p 2/128; b and c: 0 against 1, p 1.
    EXPECT_NEAR(tests[0].adjusted, 3.0 * 2.0 / 256.0, 1e-13);
    EXPECT_NEAR(tests[1].adjusted, 2.0 * 2.0 / 128.0, 1e-13);
    EXPECT_NEAR(tests[2].adjusted, 1.0, 1e-13);
    EXPECT_TRUE(tests[0].showsDifference());
    EXPECT_TRUE(tests[1].showsDifference());
    EXPECT_FALSE(tests[2].showsDifference());
}

TEST(PairedTests, LeaveOutWhatCannotBePaired) {
    const Evaluation a = evaluationOf("x...");
    const Evaluation shorter = evaluationOf("x..");
    const Evaluation* none = nullptr;
    EXPECT_THAT(pairedTests(std::vector{&a, none, &shorter}), IsEmpty());
    EXPECT_EQ(pairedTests(std::vector{&a, none, &a}).size(), 1U);
}

TEST(OriginalWrong, IsKnownWhereTheSettingsMatch) {
    EXPECT_EQ(originalWrong(runWith({"b", {NormKind::Batch}, 1e-4}, 20), 0), 132);
    EXPECT_EQ(originalWrong(runWith({"l", {NormKind::Layer}, 0.0}, 25), 0), 71);
    EXPECT_EQ(originalWrong(runWith({"g", {NormKind::Group}, 0.0}, 29), 0), 71);
}

TEST(OriginalWrong, IsUnknownWhereTheyDoNot) {
    const auto unknown = [](const normscope::Run& run) {
        return !originalWrong(run, 0).has_value();
    };
    EXPECT_TRUE(unknown(runWith({"b", {NormKind::Batch}, 0.0}, 20))) << "it had L1";
    EXPECT_TRUE(unknown(runWith({"l", {NormKind::Layer}, 1e-4}, 20))) << "it had none";
    EXPECT_TRUE(unknown(runWith({"i", {NormKind::Instance}, 0.0}, 20)));
    EXPECT_TRUE(unknown(runWith({"n", {NormKind::None}, 0.0}, 20)));
    EXPECT_TRUE(unknown(runWith({"g", {NormKind::Group, {1, 1, 1, 1, 1, 1}}, 0.0}, 20)));
    EXPECT_TRUE(unknown(runWith({"l", {NormKind::Layer}, 0.0}, 19)));
    EXPECT_TRUE(unknown(runWith({"l", {NormKind::Layer}, 0.0}, 30)));
    normscope::Run run = runWith({"l", {NormKind::Layer}, 0.0}, 20);
    run.config.trainLimit = 3000;
    EXPECT_TRUE(unknown(run));
    run = runWith({"l", {NormKind::Layer}, 0.0}, 20);
    run.config.augmentation = Augmentation::Affine;
    EXPECT_TRUE(unknown(run));
    run = runWith({"l", {NormKind::Layer}, 0.0}, 20);
    run.dataset.checksum = "another";
    EXPECT_TRUE(unknown(run));
}

}  // namespace
}  // namespace normscope
