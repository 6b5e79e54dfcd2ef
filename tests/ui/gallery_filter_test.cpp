#include "ui/misclassified/gallery_filter.h"

#include <QTest>
#include <array>
#include <cmath>
#include <random>

using namespace normscope;

namespace {

/// Ten thousand images whose answers look like those of a network that is often wrong.
struct Read {
    std::vector<std::uint8_t> labels;
    std::vector<std::uint8_t> predictions;
    std::vector<float> probabilityOfPrediction;
    std::vector<float> probabilityOfLabel;
    std::vector<ModelSet> misreaders;
    GalleryAnswers answers;

    explicit Read(bool probabilities = true) {
        std::mt19937 random(3);
        const auto share = [&] { return static_cast<float>(random() % 1000) / 1000.0F; };
        for (int image = 0; image < 1000; ++image) {
            labels.push_back(static_cast<std::uint8_t>(random() % 10));
            const bool wrong = random() % 3 == 0;
            predictions.push_back(
                wrong ? static_cast<std::uint8_t>((labels.back() + 1 + random() % 9) % 10)
                      : labels.back());
            const float sure = 0.5F + share() / 2.0F;
            probabilityOfPrediction.push_back(sure);
            probabilityOfLabel.push_back(wrong ? 1.0F - sure : sure);
            misreaders.push_back(ModelSet{wrong} | (random() % 4) << 1U);
        }
        answers.labels = labels;
        answers.predictions = predictions;
        if (probabilities) {
            answers.probabilityOfPrediction = probabilityOfPrediction;
            answers.probabilityOfLabel = probabilityOfLabel;
        }
    }

    std::vector<int> shown(const GalleryFilter& filter, GalleryOrder order) const {
        return shownImages(answers, misreaders, filter, order);
    }
};

/// Whether no image stands before one of a smaller key.
template <typename Key>
bool ascends(const std::vector<int>& images, Key key) {
    return std::ranges::is_sorted(images, {}, key);
}

}  // namespace

class GalleryFilterTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }

    /// Each image that the galleries should show, found one by one from the definition.
    void showsWhatTheFilterSays() {
        const Read read;
        GalleryFilter onlyLabel;
        onlyLabel.label = 4;
        GalleryFilter onlyPrediction;
        onlyPrediction.prediction = 7;
        GalleryFilter cell;
        cell.label = 4;
        cell.prediction = 7;
        GalleryFilter correctToo;
        correctToo.correctToo = true;
        GalleryFilter bySet;
        bySet.misreaders.exactly = 0b011;
        GalleryFilter byCount;
        byCount.misreaders.count = 1;
        for (const GalleryFilter& filter :
             {GalleryFilter{}, onlyLabel, onlyPrediction, cell, correctToo, bySet, byCount}) {
            std::vector<int> expected;
            for (int image = 0; image < read.answers.size(); ++image) {
                const auto i = static_cast<std::size_t>(image);
                const int members =
                    static_cast<int>((read.misreaders[i] & 1U) + (read.misreaders[i] >> 1U & 1U) +
                                     (read.misreaders[i] >> 2U & 1U));
                if ((read.labels[i] != read.predictions[i] || filter.correctToo) &&
                    read.labels[i] == filter.label.value_or(read.labels[i]) &&
                    read.predictions[i] == filter.prediction.value_or(read.predictions[i]) &&
                    read.misreaders[i] == filter.misreaders.exactly.value_or(read.misreaders[i]) &&
                    members == filter.misreaders.count.value_or(members)) {
                    expected.push_back(image);
                }
            }
            QVERIFY(!expected.empty());
            QCOMPARE(read.shown(filter, GalleryOrder::Index), expected);
            for (const auto order :
                 {GalleryOrder::Confidence, GalleryOrder::Loss, GalleryOrder::Label}) {
                std::vector<int> shown = read.shown(filter, order);
                std::ranges::sort(shown);
                QCOMPARE(shown, expected);
            }
        }
    }

    void putsThemInOrder() {
        const Read read;
        GalleryFilter all;
        all.correctToo = true;
        for (const GalleryFilter& filter : {GalleryFilter{}, all}) {
            QVERIFY(ascends(read.shown(filter, GalleryOrder::Label),
                            [&](int image) { return read.answers.label(image) * 1000 + image; }));
            QVERIFY(ascends(read.shown(filter, GalleryOrder::Loss), [&](int image) {
                return std::log(*read.answers.labelProbability(image));
            }));
        }
        const std::vector<int> surest = read.shown(all, GalleryOrder::Confidence);
        const auto right =
            std::ranges::find_if(surest, [&](int image) { return !read.answers.isWrong(image); });
        const std::vector<int> wrongOnes(surest.begin(), right);
        const std::vector<int> rightOnes(right, surest.end());
        QCOMPARE(static_cast<int>(wrongOnes.size()), read.answers.wrong());
        QVERIFY(ascends(wrongOnes, [&](int image) { return -*read.answers.confidence(image); }));
        QVERIFY(ascends(rightOnes, [&](int image) { return *read.answers.confidence(image); }));
    }

    void keepsTheOrderOfTheImagesWithoutProbabilities() {
        const Read read(/*probabilities=*/false);
        for (const auto order : {GalleryOrder::Confidence, GalleryOrder::Loss}) {
            QCOMPARE(read.shown({}, order), read.shown({}, GalleryOrder::Index));
        }
    }

    void asksForNobodyWhereModelsAreNotHeldAgainstEachOther() {
        const Read read;
        GalleryFilter filter;
        filter.misreaders.count = 2;
        QCOMPARE(shownImages(read.answers, {}, filter, GalleryOrder::Index),
                 read.shown({}, GalleryOrder::Index));
    }
};

QTEST_MAIN(GalleryFilterTest)
#include "gallery_filter_test.moc"
