#include "core/learning_history.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

namespace normscope {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Digits = std::vector<std::uint8_t>;

ModelHistory historyOf(const std::vector<Digits>& epochs) {
    ModelHistory history;
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        history.epochs.emplace_back().epoch = static_cast<int>(i) + 1;
    }
    history.epochPredictions = epochs;
    return history;
}

TEST(LearningHistory, TellsWhatEachEpochLearnedAndLost) {
    const Digits labels{0, 1, 2};
    const ModelHistory history = historyOf({{9, 1, 9}, {0, 9, 9}, {0, 1, 2}});
    EXPECT_THAT(learningHistory(labels, history), ElementsAre(EpochChange{1, 2, {}, {}},  //
                                                              EpochChange{2, 2, 1, 1},    //
                                                              EpochChange{3, 0, 2, 0}));
}

/// A mistake for another mistake is neither.
TEST(LearningHistory, CountsNoChangeAmongMistakes) {
    EXPECT_THAT(learningHistory(Digits{0}, historyOf({{8}, {9}})),
                ElementsAre(EpochChange{1, 1, {}, {}}, EpochChange{2, 1, 0, 0}));
}

TEST(LearningHistory, SaysNothingOfWhatWasNotKept) {
    const ModelHistory history = historyOf({{0}, {}, {9}, {0}});
    EXPECT_THAT(learningHistory(Digits{0}, history),
                ElementsAre(EpochChange{1, 0, {}, {}}, EpochChange{2, {}, {}, {}},
                            EpochChange{3, 1, {}, {}}, EpochChange{4, 0, 1, 0}));
}

/// Runs of before predictions were kept have those of their last epoch all the same.
TEST(LearningHistory, TakesTheLastEpochFromTheEvaluation) {
    ModelHistory history = historyOf({{}, {}});
    history.epochPredictions.clear();
    Evaluation evaluation;
    evaluation.predictions = {4, 5};
    history.evaluation = std::make_shared<const Evaluation>(evaluation);
    EXPECT_THAT(predictionsAfter(history, 2), ElementsAre(4, 5));
    EXPECT_THAT(predictionsAfter(history, 1), IsEmpty());
    EXPECT_THAT(predictionsAfter(history, 0), IsEmpty());
    EXPECT_THAT(predictionsAfter(history, 3), IsEmpty());
    EXPECT_THAT(learningHistory(Digits{4, 4}, history),
                ElementsAre(EpochChange{1, {}, {}, {}}, EpochChange{2, 1, {}, {}}));
}

TEST(LearningHistory, IgnoresEpochsOfOtherImages) {
    EXPECT_THAT(learningHistory(Digits{0, 1}, historyOf({{0, 1}, {0}})),
                ElementsAre(EpochChange{1, 0, {}, {}}, EpochChange{2, {}, {}, {}}));
}

/// Against the sets of misread images and their differences.
TEST(LearningHistory, CountsAsBruteForceDoes) {
    std::mt19937 random(7);
    Digits labels(2000);
    std::ranges::generate(labels, [&] { return static_cast<std::uint8_t>(random() % 10); });
    std::vector<Digits> epochs(12, labels);
    for (Digits& read : epochs) {
        for (std::uint8_t& digit : read) {
            digit = random() % 5 == 0 ? static_cast<std::uint8_t>(random() % 10) : digit;
        }
    }
    const auto misread = [&](const Digits& read) {
        std::set<std::size_t> images;
        for (std::size_t image = 0; image < labels.size(); ++image) {
            if (read[image] != labels[image]) {
                images.insert(image);
            }
        }
        return images;
    };
    const auto without = [](const std::set<std::size_t>& from, const std::set<std::size_t>& what) {
        int count = 0;
        for (const std::size_t image : from) {
            count += what.contains(image) ? 0 : 1;
        }
        return count;
    };
    const std::vector<EpochChange> changes = learningHistory(labels, historyOf(epochs));
    ASSERT_EQ(changes.size(), epochs.size());
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        const auto now = misread(epochs[i]);
        EXPECT_EQ(changes[i].wrong, static_cast<int>(now.size()));
        if (i > 0) {
            const auto before = misread(epochs[i - 1]);
            EXPECT_EQ(changes[i].learned, without(before, now));
            EXPECT_EQ(changes[i].lost, without(now, before));
        }
    }
}

}  // namespace
}  // namespace normscope
