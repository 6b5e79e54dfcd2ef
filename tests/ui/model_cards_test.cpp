#include <QCheckBox>
#include <QLabel>
#include <QLayout>
#include <QLocale>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>

#include "core/runs.h"
#include "ui/train/model_cards.h"
#include "ui/train/model_progress.h"

namespace normscope {
namespace {

RunView someRun() {
    RunView view;
    view.run = 1;
    view.config.models = {{.label = "batch", .network = {.kind = NormKind::Batch}},
                          {.label = "layer", .network = {.kind = NormKind::Layer}}};
    view.config.cycles = {20};
    view.config.batchSize = 64;
    view.stepsPerEpoch = 938;
    view.testTotal = 10'000;
    return view;
}

ModelProgress halfway() {
    ModelProgress progress;
    progress.phase = ModelPhase::Training;
    progress.totalSteps = 20 * 938;
    progress.step = 10 * 938;
    progress.epoch = 11;
    progress.totalEpochs = 20;
    progress.imagesPerSecond = 8000.0;
    EpochRecord epoch{};
    epoch.epoch = 10;
    epoch.testAccuracy = 0.9871;
    progress.epochs = {epoch};
    return progress;
}

}  // namespace

class ModelCardsTest : public QObject {
    Q_OBJECT

  private slots:
    void init();

    void nothingIsKnownBeforeTheFirstEpoch();
    void showHowFarAModelIs();
    void tellOfAFailure();
    void toggleCurves();
    void keepTheirWidthWhateverTheySay();
    void wrapWhenThereAreMany();
    void phasesHaveWords();
    void timeLeftNeedsASpeed();
    void aModelFromDiskLooksAsItEnded();

  private:
    QStringList textsOf(const ModelCards& cards) const;

    std::vector<CurveDescription> curves_;
};

void ModelCardsTest::init() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    curves_ = {{.label = "batch", .kind = NormKind::Batch},
               {.label = "layer", .kind = NormKind::Layer}};
}

QStringList ModelCardsTest::textsOf(const ModelCards& cards) const {
    QStringList texts;
    for (const auto* label : cards.findChildren<QLabel*>()) {
        if (!label->text().isEmpty()) {
            texts << label->text();
        }
    }
    return texts;
}

void ModelCardsTest::nothingIsKnownBeforeTheFirstEpoch() {
    ModelCards cards;
    cards.setCurves({curves_[0]});
    cards.display({ModelProgress{}}, someRun());
    QCOMPARE(textsOf(cards), (QStringList{"waiting", "—", "wrong of 10,000"}));
}

void ModelCardsTest::showHowFarAModelIs() {
    ModelCards cards;
    cards.setCurves({curves_[0]});
    cards.display({halfway()}, someRun());
    QCOMPARE(textsOf(cards), (QStringList{"1:15 left", "129", "wrong of 10,000", "epoch 11 of 20",
                                          "8,000 images/s"}));
    auto* bar = cards.findChild<QProgressBar*>();
    QCOMPARE(2 * bar->value(), bar->maximum());
    QCOMPARE(bar->accessibleName(), "Progress of batch");
}

void ModelCardsTest::tellOfAFailure() {
    ModelCards cards;
    cards.setCurves({curves_[0]});
    ModelProgress progress = halfway();
    cards.display({progress}, someRun());
    progress.phase = ModelPhase::Failed;
    progress.error = "The loss is not a number any more.";
    const int width = cards.sizeHint().width();
    cards.display({progress}, someRun());
    QCOMPARE(cards.sizeHint().width(), width);
    const QStringList texts = textsOf(cards);
    QVERIFY(texts.contains("failed"));
    QVERIFY(texts.contains(progress.error));
    QVERIFY(texts.contains("129"));
    QVERIFY(texts.filter("left").isEmpty());
}

void ModelCardsTest::toggleCurves() {
    ModelCards cards;
    cards.setCurves(curves_);
    QSignalSpy toggles(&cards, &ModelCards::curveToggled);
    const auto boxes = cards.findChildren<QCheckBox*>();
    QCOMPARE(boxes.size(), 2);
    QCOMPARE(boxes[1]->accessibleName(), "Show layer");
    boxes[1]->click();
    QCOMPARE(toggles.size(), 1);
    QCOMPARE(toggles[0][0].value<std::size_t>(), std::size_t{1});
    QCOMPARE(toggles[0][1].toBool(), false);
    cards.setCurveVisible(1, true);
    QVERIFY(boxes[1]->isChecked());
    QCOMPARE(toggles.size(), 1);
}

void ModelCardsTest::keepTheirWidthWhateverTheySay() {
    ModelCards cards;
    cards.setCurves({curves_[0]});
    const auto* card = cards.findChild<ModelCard*>();
    cards.display({ModelProgress{}}, someRun());
    const int width = card->sizeHint().width();
    ModelProgress progress = halfway();
    progress.epochs.back().testAccuracy = 0.1135;
    progress.imagesPerSecond = 150.0;
    cards.display({progress}, someRun());
    QVERIFY(textsOf(cards).contains("8,865"));
    QVERIFY(textsOf(cards).contains("1:06:42 left"));
    QCOMPARE(card->sizeHint().width(), width);
    QCOMPARE(card->minimumSizeHint().width(), width);
    QVERIFY(card->layout()->minimumSize().width() <= width);
}

void ModelCardsTest::wrapWhenThereAreMany() {
    ModelCards cards;
    for (int i = 0; i < 6; ++i) {
        curves_.push_back({.label = QStringLiteral("model %1").arg(i)});
    }
    cards.setCurves(curves_);
    cards.display(std::vector<ModelProgress>(curves_.size(), halfway()), someRun());
    QVERIFY(cards.heightForWidth(700) > cards.heightForWidth(5000));
    cards.show();
    QVERIFY(QTest::qWaitForWindowExposed(&cards));
    cards.resize(700, cards.heightForWidth(700));
    for (const auto* card : cards.findChildren<ModelCard*>()) {
        QVERIFY(cards.rect().contains(card->geometry()));
    }
}

void ModelCardsTest::phasesHaveWords() {
    QStringList words;
    for (const auto phase :
         {ModelPhase::Waiting, ModelPhase::Training, ModelPhase::Evaluating, ModelPhase::Paused,
          ModelPhase::Stopped, ModelPhase::Finished, ModelPhase::Failed}) {
        words << phaseText(phase);
    }
    QCOMPARE(words, (QStringList{"waiting", "training", "testing", "paused", "stopped", "finished",
                                 "failed"}));
}

void ModelCardsTest::timeLeftNeedsASpeed() {
    ModelProgress progress = halfway();
    QCOMPARE(progress.secondsLeft(64), 10 * 938 * 64 / 8000.0);
    progress.imagesPerSecond = 0.0;
    QVERIFY(!progress.secondsLeft(64));
    progress = halfway();
    progress.phase = ModelPhase::Paused;
    QVERIFY(!progress.secondsLeft(64));
}

void ModelCardsTest::aModelFromDiskLooksAsItEnded() {
    ModelHistory history;
    history.outcome = Outcome::Running;  // its program was killed
    history.epochs = halfway().epochs;
    history.epochs[0].epoch = 1;
    history.epochs[0].seconds = 10.0;
    const TrainingSnapshot snapshot = snapshotOf(someRun(), /*model=*/1, history);
    QCOMPARE(snapshot.run, std::uint64_t{1});
    QCOMPARE(snapshot.model, std::size_t{1});
    QCOMPARE(snapshot.phase, ModelPhase::Stopped);
    QCOMPARE(snapshot.step, std::int64_t{938});
    QCOMPARE(snapshot.totalSteps, std::int64_t{20 * 938});
    QCOMPARE(snapshot.imagesPerSecond, 938 * 64 / 10.0);
}

}  // namespace normscope

QTEST_MAIN(normscope::ModelCardsTest)
#include "model_cards_test.moc"
