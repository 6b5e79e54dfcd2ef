#include "ui/misclassified/gallery_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/mistakes_fixture.h"
#include "ui/misclassified/gallery_filter.h"

using namespace normscope;
using testing::comparisonOf;
using testing::noisyDataset;
using testing::readings;

namespace {

constexpr int kImages = 50;

/// What a model reads that takes image 6, a 6, for a 0 and image 13, a 3, for an 8.
GalleryAnswers someAnswers(std::optional<int> epoch = {}) {
    return answersAfter(comparisonOf({"batch"}, {{readings(kImages, {{6, 5}}),
                                                  readings(kImages, {{6, 0}, {13, 8}})}})
                            .front(),
                        epoch);
}

}  // namespace

class GalleryModelTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)"))); }
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void holdsWhatItIsGiven() {
        GalleryModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.rowOf(0));
        model.show(someAnswers(), {13, 6});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.imageAt(1), 6);
        QCOMPARE(model.rowOf(6), 1);
        QVERIFY(!model.rowOf(7));
        QVERIFY(!model.rowOf(-1));
        QVERIFY(!model.rowOf(kImages));
        QCOMPARE(model.index(1).data().toString(), QStringLiteral("6 → 0"));
        model.show({}, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void readsOutWhatEachIs() {
        GalleryModel model;
        const auto spoken = [&](int row) {
            return model.index(row).data(Qt::AccessibleTextRole).toString();
        };
        model.show(someAnswers(), {6, 7});
        QCOMPARE(spoken(0), QStringLiteral("Test image 7, a 6 read as 0 with 55 %, "
                                           "probability of 6: 45 %"));
        QCOMPARE(spoken(1), QStringLiteral("Test image 8, a 7 read rightly with 56 %"));
        model.show(someAnswers(/*epoch=*/1), {6, 7});
        QCOMPARE(spoken(0), QStringLiteral("Test image 7, a 6 read as 5"));
        QCOMPARE(spoken(1), QStringLiteral("Test image 8, a 7 read rightly"));
    }

    /// So that a training that goes on neither scrolls nor flickers.
    void staysWhereTheSameDigitsAreShown() {
        GalleryModel model;
        model.show(someAnswers(), {6, 13});
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.show(someAnswers(/*epoch=*/1), {6, 13});
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("6 → 5"));
        model.show(someAnswers(), {6});
        QCOMPARE(resets.count(), 1);
    }

    void hasTheInkOfTheTestImages() {
        GalleryModel model;
        model.show(someAnswers(), {6});
        QVERIFY(!model.ink(6));
        const auto dataset = noisyDataset(kImages);
        model.setDataset(dataset);
        QVERIFY(model.ink(6).has_value());
        QCOMPARE(model.ink(6)->front(), dataset->test.image(6).front());
        QVERIFY(!model.ink(kImages));
    }

    void saysWhyThereIsNothing() {
        const GalleryAnswers none = answersAfter(comparisonOf({"batch"}, {{}}).front(), {});
        QVERIFY(none.isEmpty());
        QVERIFY(none.problem.contains(QStringLiteral("No epoch")));
        Comparison models = comparisonOf(
            {"batch"}, {{readings(kImages, {}), readings(kImages, {}), readings(kImages, {})}});
        auto run = std::make_shared<Run>(*models.front().run);
        run->models.front().epochPredictions[1].clear();
        models.front().run = run;
        QVERIFY(answersAfter(models.front(), 2).problem.contains(QStringLiteral("epoch 2")));
        QCOMPARE(answersAfter(models.front(), 1).epoch, 1);
        QCOMPARE(answersAfter(models.front(), 9).epoch, 3);
    }

    /// Files of a run may get lost after it was tested.
    void saysThatWhatWasReadIsMissing() {
        Comparison models = comparisonOf({"batch"}, {{readings(kImages, {{6, 5}})}});
        auto run = std::make_shared<Run>(*models.front().run);
        models.front().run = run;
        ModelHistory& history = run->models.front();
        history.evaluation.reset();
        const auto saysSo = [&] {
            const GalleryAnswers none = answersAfter(models.front(), {});
            return none.isEmpty() &&
                   none.problem.contains(QStringLiteral("missing or damaged in this run"));
        };
        for (const Outcome outcome :
             {Outcome::Running, Outcome::Stopped, Outcome::Finished, Outcome::Failed}) {
            history.outcome = outcome;
            history.error = outcome == Outcome::Failed ? "The loss is no number." : "";
            QVERIFY(saysSo());
        }
        history.epochs.clear();
        history.outcome = Outcome::Finished;
        QVERIFY(saysSo());
        history.outcome = Outcome::Stopped;
        QVERIFY(!saysSo());
    }
};

QTEST_MAIN(GalleryModelTest)
#include "gallery_model_test.moc"
