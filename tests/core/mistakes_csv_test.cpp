#include "core/mistakes_csv.h"

#include <gtest/gtest.h>

#include <array>

#include "core/csv_field.h"

namespace normscope {
namespace {

Evaluation evaluationOf(std::vector<std::uint8_t> labels, std::vector<std::uint8_t> predictions) {
    Evaluation read;
    read.total = static_cast<int>(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        read.wrong += labels[i] == predictions[i] ? 0 : 1;
        read.probabilityOfPrediction.push_back(0.5F + 0.0625F * static_cast<float>(i));
        read.probabilityOfLabel.push_back(0.25F);
    }
    read.labels = std::move(labels);
    read.predictions = std::move(predictions);
    return read;
}

TEST(FormatMistakes, HoldsEveryMistakeOfEveryModelAndNothingElse) {
    const Evaluation batch = evaluationOf({7, 2, 1, 0}, {7, 3, 1, 9});
    const Evaluation right = evaluationOf({7, 2}, {7, 2});
    const Evaluation group = evaluationOf({7, 2, 1, 0}, {1, 2, 1, 0});
    const std::array<NamedEvaluation, 3> models{
        {{"batch", batch}, {"right", right}, {"group (Monday, \"late\")", group}}};
    EXPECT_EQ(formatMistakes(models),
              "model,index,label,predicted,probability_predicted,probability_label\n"
              "batch,1,2,3,0.5625,0.25\n"
              "batch,3,0,9,0.6875,0.25\n"
              "\"group (Monday, \"\"late\"\")\",0,7,1,0.5,0.25\n");
}

TEST(FormatMistakes, OfNoModelsIsAHeader) {
    EXPECT_EQ(formatMistakes({}),
              "model,index,label,predicted,probability_predicted,probability_label\n");
}

TEST(CsvField, QuotesWhatAReaderWouldSplit) {
    EXPECT_EQ(csvField("plain text"), "plain text");
    EXPECT_EQ(csvField(""), "");
    EXPECT_EQ(csvField("a,b"), "\"a,b\"");
    EXPECT_EQ(csvField("a\nb"), "\"a\nb\"");
    EXPECT_EQ(csvField("a\rb"), "\"a\rb\"");
    EXPECT_EQ(csvField("say \"a\""), "\"say \"\"a\"\"\"");
}

}  // namespace
}  // namespace normscope
