#include "core/agreement.h"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>
#include <stdexcept>

namespace normscope {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Digits = std::vector<std::uint8_t>;

Agreement agreementAmong(const Digits& labels, const std::vector<Digits>& predictions) {
    const std::vector<std::span<const std::uint8_t>> spans(predictions.begin(), predictions.end());
    return agreementOf(labels, spans);
}

TEST(Agreement, TellsWhoMisreadsWhat) {
    const Digits labels{0, 1, 2, 3, 4};
    const Agreement agreement = agreementAmong(labels, {{0, 7, 2, 5, 4},    // misreads 1 and 3
                                                        {0, 7, 2, 3, 9},    // misreads 1 and 4
                                                        {0, 8, 2, 3, 4}});  // misreads 1
    EXPECT_THAT(agreement.misreaders, ElementsAre(0U, 0b111U, 0U, 0b001U, 0b010U));
    EXPECT_THAT(agreement.sets, ElementsAre(SharedMistakes{0b001, 1}, SharedMistakes{0b010, 1},
                                            SharedMistakes{0b111, 1}));
    EXPECT_EQ(agreement.wrongIn(0), 2);
    EXPECT_EQ(agreement.wrongIn(2), 1);
    EXPECT_EQ(agreement.wrongInExactly(1), 2);
    EXPECT_EQ(agreement.wrongInExactly(3), 1);
}

TEST(Agreement, PutsTheMostImagesFirst) {
    const Digits labels{0, 0, 0};
    const Agreement agreement = agreementAmong(labels, {{1, 0, 0}, {0, 1, 1}});
    EXPECT_THAT(agreement.sets, ElementsAre(SharedMistakes{0b10, 2}, SharedMistakes{0b01, 1}));
}

TEST(Agreement, HasNoSetsWhereNothingIsWrong) {
    EXPECT_THAT(agreementAmong({3, 4}, {{3, 4}, {3, 4}}).sets, IsEmpty());
    EXPECT_THAT(agreementAmong({3, 4}, {}).sets, IsEmpty());
    EXPECT_THAT(agreementAmong({}, {{}, {}}).misreaders, IsEmpty());
}

TEST(Agreement, RefusesModelsThatReadOtherImages) {
    EXPECT_THROW(agreementAmong({3, 4}, {{3, 4}, {3}}), std::invalid_argument);
    EXPECT_THROW(agreementAmong({3}, std::vector<Digits>(kMaxAgreementModels + 1, Digits{3})),
                 std::invalid_argument);
}

/// Against the definition, spelled out set by set with other means.
TEST(Agreement, CountsAsBruteForceDoes) {
    std::mt19937 random(5);
    for (const std::size_t models : {1U, 2U, 3U, 6U, 64U}) {
        Digits labels(1000);
        std::ranges::generate(labels, [&] { return static_cast<std::uint8_t>(random() % 10); });
        std::vector<Digits> predictions(models, labels);
        for (Digits& read : predictions) {
            for (std::uint8_t& digit : read) {
                digit = random() % 4 == 0 ? static_cast<std::uint8_t>(random() % 10) : digit;
            }
        }
        std::map<std::set<std::size_t>, int> expected;
        for (std::size_t image = 0; image < labels.size(); ++image) {
            std::set<std::size_t> misreaders;
            for (std::size_t model = 0; model < models; ++model) {
                if (predictions[model][image] != labels[image]) {
                    misreaders.insert(model);
                }
            }
            if (!misreaders.empty()) {
                ++expected[misreaders];
            }
        }

        const Agreement agreement = agreementAmong(labels, predictions);
        std::map<std::set<std::size_t>, int> found;
        for (const SharedMistakes& set : agreement.sets) {
            std::set<std::size_t> members;
            for (std::size_t model = 0; model < models; ++model) {
                if ((set.models & modelSetOf(model)) != 0) {
                    members.insert(model);
                }
            }
            EXPECT_TRUE(found.emplace(members, set.images).second) << "each set once";
        }
        EXPECT_EQ(found, expected) << models << " models";

        for (int count = 0; count <= static_cast<int>(models); ++count) {
            int images = 0;
            for (const auto& [members, size] : expected) {
                images += static_cast<int>(members.size()) == count ? size : 0;
            }
            EXPECT_EQ(agreement.wrongInExactly(count), images);
        }
        for (std::size_t model = 0; model < models; ++model) {
            int images = 0;
            for (std::size_t image = 0; image < labels.size(); ++image) {
                images += predictions[model][image] != labels[image] ? 1 : 0;
            }
            EXPECT_EQ(agreement.wrongIn(model), images);
        }
    }
}

}  // namespace
}  // namespace normscope
