#include "ui/misclassified/digit_panel.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

#include "tests/named_widget.h"
#include "tests/ui/compared_models.h"
#include "ui/misclassified/activation_maps.h"
#include "ui/misclassified/companions_chart.h"
#include "ui/misclassified/digit_image_view.h"
#include "ui/misclassified/probability_bars.h"

using namespace normscope;
using testing::comparedModels;
using testing::namedWidget;
using testing::readingOf;

class DigitPanelTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const Dataset> dataset_ = testing::makeDataset(/*train=*/1, /*test=*/40);
    std::unique_ptr<DigitPanel> panel_;
    std::vector<ReadingRequest> asked_;

    void answer(const std::vector<ModelReading>& readings, std::size_t question) {
        panel_->showAnswer({asked_[question], readings});
    }

    /// Whether some label of the panel says so.
    bool says(const QString& text) const {
        const auto labels = panel_->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return label->isVisibleTo(panel_.get()) && label->text().contains(text);
        });
    }

    template <class Widget>
    Widget* named(const char* name) const {
        return namedWidget<Widget>(*panel_, QString::fromLatin1(name));
    }

  private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void init() {
        asked_.clear();
        panel_ = std::make_unique<DigitPanel>();
        connect(panel_.get(), &DigitPanel::readingRequested, this,
                [this](const ReadingRequest& request) { asked_.push_back(request); });
        panel_->resize(400, 700);
        panel_->show();
    }

    void saysHowToChooseADigit() {
        QVERIFY(says(QStringLiteral("Choose models")));
        panel_->setModels(comparedModels({NormKind::Batch, NormKind::Layer}));
        QVERIFY(says(QStringLiteral("Choose a digit")));
        QVERIFY(asked_.empty());
        panel_->showDigit(dataset_, 5);
        QVERIFY(!says(QStringLiteral("Choose a digit")));
        panel_->showDigit(dataset_, -1);
        QVERIFY(says(QStringLiteral("Choose a digit")));
    }

    void asksWithCompanions() {
        panel_->setModels(comparedModels({NormKind::Batch}));
        panel_->showDigit(dataset_, 5);
        QCOMPARE(asked_.size(), std::size_t{1});
        QCOMPARE(asked_[0].index, 5);
        QVERIFY(std::ranges::equal(asked_[0].image, dataset_->test.image(5)));
        std::vector<int> companions = asked_[0].companions;
        QCOMPARE(companions.size(), std::size_t{7});
        std::ranges::sort(companions);
        QVERIFY(std::ranges::adjacent_find(companions) == companions.end());
        QVERIFY(std::ranges::find(companions, 5) == companions.end());
        QVERIFY(companions.front() >= 0 && companions.back() < 40);
    }

    void aDigitBeginsWithTheSameCompanions() {
        panel_->setModels(comparedModels({NormKind::Batch}));
        for (const int index : {5, 6, 5}) {
            panel_->showDigit(dataset_, index);
            QCOMPARE(asked_.back().index, index);
        }
        QCOMPARE(asked_.back().companions, asked_.front().companions);
        QVERIFY(asked_[1].companions != asked_[0].companions);
    }

    void aSmallSetHasFewerCompanions() {
        panel_->setModels(comparedModels({NormKind::Batch}));
        panel_->showDigit(testing::makeDataset(1, 3), 0);
        QCOMPARE(asked_.at(0).companions.size(), std::size_t{2});
    }

    void oneQuestionIsUnderWayAndTheLatestWins() {
        panel_->setModels(comparedModels({NormKind::Batch}));
        panel_->showDigit(dataset_, 5);
        auto* reshuffle = named<QPushButton>("Reshuffle companions");
        QVERIFY(reshuffle != nullptr);
        reshuffle->click();
        reshuffle->click();
        QCOMPARE(asked_.size(), std::size_t{1});
        answer({readingOf(3, 0.9, 0.8)}, 0);
        QCOMPARE(asked_.size(), std::size_t{2});
        QVERIFY(asked_[1].id != asked_[0].id);
        QVERIFY(asked_[1].companions != asked_[0].companions);
        answer({readingOf(3, 0.9, 0.8)}, 1);
        QCOMPARE(asked_.size(), std::size_t{2});
    }

    void answersToAnotherDigitAreIgnored() {
        panel_->setModels(comparedModels({NormKind::Batch}));
        panel_->showDigit(dataset_, 5);
        panel_->showDigit(dataset_, 6);
        QCOMPARE(asked_.size(), std::size_t{2});
        auto* bars = named<ProbabilityBars>("Probabilities");
        answer({readingOf(3, 0.9, 0.8)}, 0);
        QVERIFY(bars->spokenValues().isEmpty());
        answer({readingOf(4, 0.9, 0.8)}, 1);
        QVERIFY(bars->spokenValues().contains(QStringLiteral("reads a 4")) ||
                bars->spokenValues().contains(QStringLiteral("misreads a 4")));
    }

    void showsWhatTheModelsAnswer() {
        panel_->setModels(comparedModels({NormKind::Batch, NormKind::Layer}));
        panel_->showDigit(dataset_, 5);
        const int label = dataset_->test.labels[5];
        const int other = (label + 1) % 10;
        answer({readingOf(other, 0.75, 0.5), readingOf(label, 0.91, 0.91)}, 0);
        QVERIFY(says(QStringLiteral("Test image 6")));
        QVERIFY(says(QStringLiteral("This is a %1.").arg(label)));
        QVERIFY(says(QStringLiteral("Misread by batch.")));
        QVERIFY(says(QStringLiteral("Read by layer.")));
        const QString spoken = named<ProbabilityBars>("Probabilities")->spokenValues();
        QVERIFY(spoken.contains(QStringLiteral("batch misreads a %1.").arg(other)));
        QVERIFY(spoken.contains(QStringLiteral("%1: 75 %").arg(other)));
        QVERIFY(spoken.contains(QStringLiteral("layer reads a %1.").arg(label)));
        QVERIFY(named<DigitImageView>("Digit")->spokenValues().contains(
            QStringLiteral("a %1").arg(label)));
        QAccessibleInterface* bars =
            QAccessible::queryAccessibleInterface(named<ProbabilityBars>("Probabilities"));
        QCOMPARE(bars->text(QAccessible::Value), spoken);
    }

    void aModelWithoutAnAnswerSaysWhy() {
        panel_->setModels(comparedModels({NormKind::Batch, NormKind::Layer}));
        panel_->showDigit(dataset_, 5);
        ModelReading broken;
        broken.problem = QStringLiteral("model.pt is damaged.");
        answer({broken, readingOf(1, 0.9, 0.9)}, 0);
        QVERIFY(says(QStringLiteral("model.pt is damaged.")));
        QVERIFY(!named<ProbabilityBars>("Probabilities")
                     ->spokenValues()
                     .contains(QStringLiteral("batch")));
        QVERIFY(named<ActivationMaps>("Activation maps")
                    ->spokenValues()
                    .contains(QStringLiteral("No maps")));
    }

    void companionsMoveBatchNormAlone() {
        panel_->setModels(comparedModels({NormKind::Batch, NormKind::Layer, NormKind::Group}));
        panel_->showDigit(dataset_, 5);
        const auto round = [&](double batch, std::size_t question) {
            answer({readingOf(3, 0.9, batch), readingOf(3, 0.8, 0.8), readingOf(3, 0.7, 0.7)},
                   question);
        };
        round(0.75, 0);
        // 90 % in evaluation mode: that the statistics are others is not the companions' doing.
        QVERIFY(says(QStringLiteral("One set of companions does not tell yet")));
        QVERIFY(!says(QStringLiteral("Companions moved")));
        QVERIFY(!says(QStringLiteral("stood still")));
        named<QPushButton>("Reshuffle companions")->click();
        round(0.80, 1);
        QVERIFY(says(
            QStringLiteral("Companions moved the probability of batch by 5.0 percentage points. "
                           "Those of layer and group stood still.")));
        const QString spoken =
            named<CompanionsChart>("Probability among companions")->spokenValues();
        QVERIFY(spoken.contains(
            QStringLiteral("batch, a 3: 90 % in evaluation mode, 75 %, 80 % among companions.")));
    }

    void companionsMayMoveNothing() {
        panel_->setModels(comparedModels({NormKind::Layer}));
        panel_->showDigit(dataset_, 5);
        answer({readingOf(3, 0.9, 0.9)}, 0);
        QVERIFY(!says(QStringLiteral("Companions did not move")));
        named<QPushButton>("Reshuffle companions")->click();
        answer({readingOf(3, 0.9, 0.9)}, 1);
        QVERIFY(says(QStringLiteral("Companions did not move the probability of layer.")));
    }

    void saysThatItReadsAfterTheLastEpoch() {
        panel_->setModels(comparedModels({NormKind::Batch, NormKind::Layer}));
        panel_->showDigit(dataset_, 5);
        const int label = dataset_->test.labels[5];
        answer({readingOf((label + 1) % 10, 0.75, 0.5), readingOf(label, 0.91, 0.91)}, 0);
        QVERIFY(!says(QStringLiteral("After the last epoch")));
        panel_->setBesideEarlierEpoch(true);
        QVERIFY(says(QStringLiteral("After the last epoch: misread by batch.")));
        QVERIFY(says(QStringLiteral("After the last epoch: read by layer.")));
        panel_->setBesideEarlierEpoch(false);
        QVERIFY(says(QStringLiteral("Misread by batch.")));
        QVERIFY(!says(QStringLiteral("After the last epoch")));
    }

    void opensTheActivationsInTheSheet() {
        Comparison models = comparedModels({NormKind::None, NormKind::Batch, NormKind::Layer});
        auto run = std::make_shared<Run>(*models[0].run);
        run->models[0].epochs.clear();  // nothing of it was saved
        for (ComparedModel& model : models) {
            model.run = run;
        }
        panel_->setModels(models);
        panel_->showDigit(dataset_, 5);
        named<QComboBox>("Model of the maps")->setCurrentIndex(2);
        named<QComboBox>("Norm layer of the maps")->setCurrentIndex(3);
        QSignalSpy wanted(panel_.get(), &DigitPanel::sheetRequested);
        named<QPushButton>("Open these activations in the sheet")->click();
        QCOMPARE(wanted.size(), 1);
        const auto request = wanted[0][0].value<SampleRequest>();
        QCOMPARE(request.kind, SampleRequest::Kind::Activations);
        QCOMPARE(request.firstImage, 5);
        QCOMPARE(request.run, QStringLiteral("/runs/a run"));
        QCOMPARE(request.model, 1);
        QCOMPARE(request.normLayer, 3);
    }

    void mapsAreReadCellByCell() {
        panel_->setModels(comparedModels({NormKind::Batch}));
        panel_->showDigit(dataset_, 5);
        answer({readingOf(3, 0.9, 0.8)}, 0);
        auto* maps = named<ActivationMaps>("Activation maps");
        QVERIFY(maps->spokenValues().startsWith(QStringLiteral("8 channels of 26 by 26 cells")));
        QTest::keyClick(maps, Qt::Key_Right);  // begins at the first cell
        QTest::keyClick(maps, Qt::Key_Right);
        QTest::keyClick(maps, Qt::Key_Down);
        QTest::keyClick(maps, Qt::Key_PageDown);
        // Cell (1 * 676 + 1 * 26 + 1) % 7 = 3.
        QVERIFY2(maps->spokenValues().startsWith(
                     QStringLiteral("Channel 2, row 2, column 2: 3.000 before, 0.000 after.")),
                 qPrintable(maps->spokenValues()));
        QTest::keyClick(maps, Qt::Key_Home);
        QTest::keyClick(maps, Qt::Key_Up);  // stays
        QVERIFY(maps->spokenValues().startsWith(QStringLiteral("Channel 1, row 1, column 1:")));
        named<QComboBox>("Norm layer of the maps")->setCurrentIndex(5);
        QVERIFY(maps->spokenValues().startsWith(QStringLiteral("15 channels of 4 by 4 cells")));
    }

    void theSameModelsAreNotAskedAgain() {
        const Comparison models = comparedModels({NormKind::Batch});
        panel_->setModels(models);
        panel_->showDigit(dataset_, 5);
        panel_->setModels(models);
        panel_->showDigit(dataset_, 5);
        QCOMPARE(asked_.size(), std::size_t{1});
        Comparison trained = models;
        auto run = std::make_shared<Run>(*models[0].run);
        run->models[0].epochs.emplace_back().epoch = 2;
        trained[0].run = run;
        panel_->setModels(trained);
        QCOMPARE(asked_.size(), std::size_t{2});
    }

    void probabilitiesAreNeverRoundedToCertainty() {
        QCOMPARE(probabilityText(0.0), QStringLiteral("0 %"));
        QCOMPARE(probabilityText(1e-9), QStringLiteral("< 0.1 %"));
        QCOMPARE(probabilityText(0.005), QStringLiteral("0.5 %"));
        QCOMPARE(probabilityText(0.5), QStringLiteral("50 %"));
        QCOMPARE(probabilityText(1.0 - 1e-9), QStringLiteral("> 99.9 %"));
        QCOMPARE(probabilityText(1.0), QStringLiteral("100 %"));
    }
};

QTEST_MAIN(DigitPanelTest)
#include "digit_panel_test.moc"
