#include "ui/findings/finding_sentences.h"

#include <QLocale>
#include <QTest>
#include <algorithm>

#include "tests/ui/measured_models.h"
#include "ui/findings/finding_words.h"
#include "ui/findings/findings_caption.h"
#include "ui/findings/setting_differences.h"

namespace normscope {
namespace {

using testing::comparisonOf;
using testing::images;
using testing::Measured;
using testing::runOf;

std::vector<Finding> ofKind(FindingKind kind, const Comparison& models) {
    std::vector<Finding> findings = findingsOf(models);
    std::erase_if(findings, [&](const Finding& finding) { return finding.kind != kind; });
    return findings;
}

bool anyMentions(const std::vector<Finding>& findings, const QString& words) {
    return std::ranges::any_of(findings, [&](const Finding& finding) {
        return finding.text.contains(words) || finding.support.contains(words);
    });
}

Measured batch(std::vector<int> misread) {
    return {"batch", {NormKind::Batch}, 0.0, {static_cast<int>(misread.size())}, misread};
}

Measured group(std::vector<int> misread) {
    return {"group", {NormKind::Group}, 0.0, {static_cast<int>(misread.size())}, misread};
}

}  // namespace

class FindingSentencesTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void ofNothingNothingIsSaid();
    void aDifferenceComesWithItsTest();
    void smallDifferencesAreNotSeen();
    void theCorrectionDecides();
    void ofManyPairsOnlyTheSmallestValueIsTold();
    void manyDifferencesAreToldByTheWorseNetwork();
    void noClaimAboutMethods();
    void differentImagesAreNotPaired();
    void whatDiffersBesidesTheNormIsListed();
    void whatDiffersUnderOneNormIsListed();
    void normalizationAloneNeedsNoRemark();
    void consistencyIsTheRangeOfTheLastFive();
    void consistencyIsOfAsManyEpochsOfEach();
    void oneEpochHasNoConsistency();
    void instanceNormIsExplained();
    void bestFiguresAreOwnedUpTo();
    void whatIsUnderWayIsSaid();
    void figuresThatAreGoneAreSaidToBe();
    void pValuesNeverCrossTheLevel_data();
    void pValuesNeverCrossTheLevel();
    void theCaptionNamesTheSettings();
};

void FindingSentencesTest::ofNothingNothingIsSaid() {
    QVERIFY(findingsOf({}).empty());
}

void FindingSentencesTest::aDifferenceComesWithItsTest() {
    const Comparison models = comparisonOf(runOf({batch(images(0, 72)), group(images(0, 58))}));
    const std::vector<Finding> claims = ofKind(FindingKind::Difference, models);
    QCOMPARE(claims.size(), 1U);
    QCOMPARE(claims[0].text,
             "The network “batch” misread more digits than the network “group”: 72 against 58.");
    QCOMPARE(claims[0].support,
             "Exact McNemar test on the same images: “batch” alone misread 14, “group” alone 0 "
             "(p < 0.001).");
    QVERIFY(ofKind(FindingKind::NoDifference, models).empty());
}

void FindingSentencesTest::smallDifferencesAreNotSeen() {
    // 72 against 58 again, but on other images: 72 and 58 are read wrongly by one of them alone.
    const Comparison models = comparisonOf(runOf({batch(images(0, 72)), group(images(100, 58))}));
    QVERIFY(ofKind(FindingKind::Difference, models).empty());
    const std::vector<Finding> open = ofKind(FindingKind::NoDifference, models);
    QCOMPARE(open.size(), 1U);
    QCOMPARE(open[0].text, "Between “batch” and “group” no difference can be seen in this run.");
    // Python: 2 * sum(comb(130, k) for k in range(59)) / 2**130
    QCOMPARE(open[0].support,
             "Exact McNemar test on the same images: “batch” alone misread 72, “group” alone 58 "
             "(p = 0.254). That does not prove them equal.");
}

void FindingSentencesTest::theCorrectionDecides() {
    // 6 against 0: p = 2/64 alone, but 6/64 as the smallest of three.
    const std::vector<int> six = images(0, 6);
    const Comparison two = comparisonOf(runOf({batch(six), group({})}));
    QCOMPARE(ofKind(FindingKind::Difference, two).size(), 1U);
    const Comparison three =
        comparisonOf(runOf({batch(six), group({}), {"layer", {NormKind::Layer}, 0.0, {0}, {}}}));
    QVERIFY(ofKind(FindingKind::Difference, three).empty());
    const std::vector<Finding> open = ofKind(FindingKind::NoDifference, three);
    QCOMPARE(open.size(), 1U);
    QCOMPARE(open[0].text,
             "Between any two of these networks no difference can be seen in this run.");
    QVERIFY(open[0].support.contains("Holm-corrected over 3 pairs"));
    QVERIFY(open[0].support.contains("(p = 0.031, corrected p = 0.094)"));
}

void FindingSentencesTest::ofManyPairsOnlyTheSmallestValueIsTold() {
    const std::vector<int> six = images(0, 6);
    const Comparison models = comparisonOf(runOf({batch(six),
                                                  group({}),
                                                  {"layer", {NormKind::Layer}, 0.0, {0}, {}},
                                                  {"none", {NormKind::None}, 0.0, {0}, {}}}));
    const std::vector<Finding> open = ofKind(FindingKind::NoDifference, models);
    QCOMPARE(open.size(), 1U);
    QVERIFY2(open[0].support.contains("the smallest corrected value of these 6 pairs is p = 0.188"),
             qPrintable(open[0].support));
}

void FindingSentencesTest::manyDifferencesAreToldByTheWorseNetwork() {
    const Comparison models =
        comparisonOf(runOf({{"layer", {NormKind::Layer}, 0.0, {20}, images(0, 20)},
                            batch(images(0, 72)),
                            {"none", {NormKind::None}, 0.0, {150}, images(0, 150)},
                            group(images(0, 21))}));
    const std::vector<Finding> claims = ofKind(FindingKind::Difference, models);
    QCOMPARE(claims.size(), 2U);
    QCOMPARE(claims[0].text,
             "The network “batch” misread more digits than each of the networks “layer” and "
             "“group”: 72 against 20 and 21.");
    QVERIFY(claims[0].support.contains("“layer” alone misread 0, “batch” alone 52 (p < 0.001"));
    QVERIFY(claims[0].support.contains("; “batch” alone misread 51, “group” alone 0 (p < 0.001"));
    QVERIFY(claims[1].text.startsWith("The network “none” misread more digits than each of"));
    const std::vector<Finding> open = ofKind(FindingKind::NoDifference, models);
    QCOMPARE(open.size(), 1U);
    QCOMPARE(open[0].text, "Between “layer” and “group” no difference can be seen in this run.");
}

void FindingSentencesTest::noClaimAboutMethods() {
    const Comparison models = comparisonOf(runOf({batch(images(0, 300)), group(images(0, 5))}));
    for (const Finding& finding : findingsOf(models)) {
        if (finding.kind != FindingKind::NextStep) {
            QVERIFY2(!finding.text.contains("Group norm"), qPrintable(finding.text));
            QVERIFY2(!finding.text.contains("method"), qPrintable(finding.text));
        }
    }
    const std::vector<Finding> next = ofKind(FindingKind::NextStep, models);
    QCOMPARE(next.size(), 1U);
    QVERIFY(next[0].text.contains("several seeds"));
    QCOMPARE(findingsOf(models).back(), next[0]);
}

void FindingSentencesTest::differentImagesAreNotPaired() {
    Run other = runOf({group(images(0, 5))});
    other.folder = "/runs/other";
    other.dataset.checksum = "another";
    Comparison models = comparisonOf(runOf({batch(images(0, 300))}));
    models.push_back(comparisonOf(other).front());
    QVERIFY(ofKind(FindingKind::Difference, models).empty());
    QVERIFY(ofKind(FindingKind::NoDifference, models).empty());
    QVERIFY(anyMentions(ofKind(FindingKind::Caution, models), "tested on different images"));
}

void FindingSentencesTest::whatDiffersBesidesTheNormIsListed() {
    Measured penalized = batch(images(0, 72));
    penalized.l1 = 1e-4;
    Run other = runOf({group(images(0, 58))});
    other.folder = "/runs/other";
    other.config.seed = 7;
    other.config.batchSize = 8;
    other.config.learningRate = 0.1;
    other.config.augmentation = Augmentation::Affine;
    other.config.trainLimit = 3000;
    other.config.cycles = {1, 1};
    Comparison models = comparisonOf(runOf({penalized}));
    models.push_back(comparisonOf(other).front());
    const std::vector<Finding> cautions = ofKind(FindingKind::Caution, models);
    QCOMPARE(cautions.size(), 1U);
    QCOMPARE(cautions[0].text,
             "These networks did not differ in normalization alone, but also in L1, epochs, batch "
             "size, learning rate, seed, augmentation, and training images: what they differ by "
             "may come from that.");
    QVERIFY2(cautions[0].support.contains("L1: “batch” 0.0001, “group” 0; "),
             qPrintable(cautions[0].support));
    QVERIFY(cautions[0].support.contains("epochs: “batch” 1, “group” 1 of 1 + 1"));
    QVERIFY(cautions[0].support.contains("training images: “batch” all, “group” 3,000."));
}

void FindingSentencesTest::whatDiffersUnderOneNormIsListed() {
    Measured penalized = batch(images(0, 60));
    penalized.label = "batch L1";
    penalized.l1 = 1e-4;
    const std::vector<Finding> cautions =
        ofKind(FindingKind::Caution, comparisonOf(runOf({batch(images(0, 72)), penalized})));
    QCOMPARE(cautions.size(), 1U);
    QCOMPARE(cautions[0].text, "These networks did not differ in normalization, but in L1.");
    QCOMPARE(cautions[0].support, "L1: “batch” 0, “batch L1” 0.0001.");
    // Other groups are another normalization.
    Measured ungrouped = group(images(0, 58));
    ungrouped.label = "one group";
    ungrouped.network.groups = {1, 1, 1, 1, 1, 1};
    ungrouped.l1 = 1e-4;
    QVERIFY(anyMentions(
        ofKind(FindingKind::Caution, comparisonOf(runOf({group(images(0, 58)), ungrouped}))),
        "did not differ in normalization alone, but also in L1"));
}

void FindingSentencesTest::normalizationAloneNeedsNoRemark() {
    const Comparison models = comparisonOf(runOf({batch(images(0, 72)), group(images(0, 58))}));
    QVERIFY(ofKind(FindingKind::Caution, models).empty());
    QVERIFY(settingDifferences(models).empty());
}

void FindingSentencesTest::consistencyIsTheRangeOfTheLastFive() {
    Measured steady = group(images(0, 58));
    steady.wrong = {400, 300, 59, 58, 60, 58, 58};
    Measured restless = batch(images(0, 72));
    restless.wrong = {400, 300, 60, 90, 61, 99, 72};
    const std::vector<Finding> consistency =
        ofKind(FindingKind::Consistency, comparisonOf(runOf({restless, steady})));
    QCOMPARE(consistency.size(), 1U);
    QCOMPARE(consistency[0].text,
             "Consistency, misread in the last 5 epochs: “batch” 60 to 99 (range 39) and “group” "
             "58 to 60 (range 2).");
    QVERIFY(consistency[0].support.contains("these networks only"));
}

/// As while they train: one is an epoch ahead, another has not finished its first.
void FindingSentencesTest::consistencyIsOfAsManyEpochsOfEach() {
    Measured ahead = batch(images(0, 72));
    ahead.wrong = {400, 60, 72};
    Measured behind = group(images(0, 58));
    behind.wrong = {300, 58};
    const Measured first{"layer", {NormKind::Layer}, 0.0, {}, {}};
    const std::vector<Finding> consistency =
        ofKind(FindingKind::Consistency, comparisonOf(runOf({ahead, first, behind})));
    QCOMPARE(consistency.size(), 1U);
    QCOMPARE(consistency[0].text,
             "Consistency, misread in the last 2 epochs: “batch” 60 to 72 (range 12) and “group” "
             "58 to 300 (range 242).");
}

void FindingSentencesTest::oneEpochHasNoConsistency() {
    const Comparison models = comparisonOf(runOf({batch(images(0, 72))}));
    QVERIFY(ofKind(FindingKind::Consistency, models).empty());
}

void FindingSentencesTest::instanceNormIsExplained() {
    const Measured instance{"instance", {NormKind::Instance}, 0.0, {900}, images(0, 900)};
    const Comparison models = comparisonOf(runOf({batch(images(0, 72)), instance}));
    const std::vector<Finding> why = ofKind(FindingKind::Explanation, models);
    QCOMPARE(why.size(), 1U);
    QCOMPARE(why[0].text, "In this network “instance” cannot learn.");
    QVERIFY(why[0].support.contains("average pooling"));
    QVERIFY(why[0].support.contains("beta"));
    QVERIFY(ofKind(FindingKind::Explanation, comparisonOf(runOf({batch({})}))).empty());
}

void FindingSentencesTest::bestFiguresAreOwnedUpTo() {
    const Comparison models = comparisonOf(runOf({batch(images(0, 72))}));
    QVERIFY(anyMentions(ofKind(FindingKind::PickedOnTest, models), "picked on the test images"));
}

void FindingSentencesTest::whatIsUnderWayIsSaid() {
    Run run = runOf({batch(images(0, 72)), group({}), {"layer", {NormKind::Layer}, 0.0, {5}, {}}});
    run.models[0].outcome = Outcome::Running;
    run.models[1] = {};
    run.models[2].outcome = Outcome::Failed;
    run.models[2].error = "The loss is not a number.";
    run.models[2].evaluation.reset();
    const std::vector<Finding> cautions = ofKind(FindingKind::Caution, comparisonOf(run));
    QVERIFY(anyMentions(cautions, "Training is not finished: “batch” and “group”."));
    QVERIFY(anyMentions(cautions, "Nothing is measured yet of “group”"));
    QVERIFY(anyMentions(cautions, "The training of “layer” failed."));
    QVERIFY(anyMentions(cautions, "The loss is not a number."));
    QVERIFY(anyMentions(cautions, "was not kept of “layer”"));
    QVERIFY(ofKind(FindingKind::Measured, comparisonOf(run))[0].text.startsWith(
        "Misread of 1,000 test digits: “layer” 5 and “batch” 72."));
}

void FindingSentencesTest::figuresThatAreGoneAreSaidToBe() {
    Run run = runOf({batch({}), group({}), {"layer", {NormKind::Layer}, 0.0, {5}, images(0, 5)}});
    run.models[0] = {};
    run.models[0].outcome = Outcome::Finished;
    run.models[1] = {};
    run.models[1].outcome = Outcome::Stopped;
    const std::vector<Finding> cautions = ofKind(FindingKind::Caution, comparisonOf(run));
    QVERIFY(anyMentions(cautions,
                        "The figures of “batch” are missing or damaged in the folder of the run."));
    QVERIFY(anyMentions(cautions,
                        "Nothing is measured of “group”: no epoch was finished, or the figures "
                        "are missing or damaged in the folder of the run."));
    QVERIFY(!anyMentions(cautions, "Nothing is measured yet"));
}

void FindingSentencesTest::pValuesNeverCrossTheLevel_data() {
    QTest::addColumn<double>("p");
    QTest::addColumn<QString>("text");
    QTest::newRow("tiny") << 1e-12 << "p < 0.001";
    QTest::newRow("plain") << 0.0312 << "p = 0.031";
    QTest::newRow("just below the level") << 0.04996 << "p = 0.04996";
    QTest::newRow("just above") << 0.0501 << "p = 0.0501";
    QTest::newRow("at it") << 0.05 << "p = 0.050";
    QTest::newRow("one") << 1.0 << "p = 1.000";
}

void FindingSentencesTest::pValuesNeverCrossTheLevel() {
    QFETCH(double, p);
    QTEST(pValue(p), "text");
}

void FindingSentencesTest::theCaptionNamesTheSettings() {
    Comparison models = comparisonOf(runOf({batch(images(0, 72)), group(images(0, 58))}));
    QCOMPARE(comparisonCaption(models),
             "Batch norm; Group norm 2, 2, 2, 2, 3, 3\nMNIST · all training images · 1 epoch · "
             "batch size 64 · peak learning rate 0.05 · no augmentation · seed 1");
    Run other = runOf({group(images(0, 58))});
    other.config.seed = 7;
    models.push_back(comparisonOf(other).front());
    models.back().label = "group (Tuesday)";
    QCOMPARE(comparisonCaption(models),
             "Batch norm; Group norm 2, 2, 2, 2, 3, 3; group (Tuesday) (Group norm 2, 2, 2, 2, 3, "
             "3)\nTrained differently: seed 1 / 1 / 7");
}

}  // namespace normscope

QTEST_MAIN(normscope::FindingSentencesTest)
#include "finding_sentences_test.moc"
