#include "ui/train/train_page.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <memory>

#include "tests/named_widget.h"
#include "tests/ui/tab_stops.h"
#include "ui/chart/curve_plot.h"
#include "ui/theme.h"
#include "ui/train/model_cards.h"
#include "ui/widgets/message_strip.h"

namespace normscope {
namespace {

constexpr std::int64_t kStepsPerEpoch = 50;
constexpr int kEpochs = 4;

RunView viewOf(const TrainingConfig& config, std::uint64_t run) {
    RunView view;
    view.run = run;
    view.config = config;
    view.config.cycles = {kEpochs};
    view.stepsPerEpoch = kStepsPerEpoch;
    view.testTotal = 10'000;
    view.folder = "/somewhere/first run";
    view.dataName = "MNIST";
    return view;
}

/// One mini-batch, and after the last of an epoch its test.
TrainingSnapshot snapshotAfter(std::uint64_t run, std::size_t model, std::int64_t step) {
    TrainingSnapshot snapshot;
    snapshot.run = run;
    snapshot.model = model;
    snapshot.phase = ModelPhase::Training;
    snapshot.step = step;
    snapshot.totalSteps = kStepsPerEpoch * kEpochs;
    snapshot.totalEpochs = kEpochs;
    snapshot.epoch = static_cast<int>((step - 1) / kStepsPerEpoch) + 1;
    snapshot.imagesPerSecond = 1000.0;
    snapshot.steps = {{step, snapshot.epoch, 1.0F / static_cast<float>(step), 0.5F, 0.0F}};
    if (step % kStepsPerEpoch == 0) {
        EpochRecord record{};
        record.epoch = snapshot.epoch;
        record.testLoss = 0.1 / snapshot.epoch;
        record.testAccuracy = 0.98 + 0.001 * snapshot.epoch;
        record.seconds = 3.2;
        snapshot.epochs = {record};
    }
    if (step == snapshot.totalSteps) {
        snapshot.phase = ModelPhase::Finished;
    }
    return snapshot;
}

void collectNames(QAccessibleInterface* node, QStringList& names) {
    if (node == nullptr || node->state().invisible) {
        return;
    }
    if (node->role() != QAccessible::StaticText) {
        names << node->text(QAccessible::Name);
    }
    for (int i = 0; i < node->childCount(); ++i) {
        collectNames(node->child(i), names);
    }
}

}  // namespace

class TrainPageTest : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup() { page_.reset(); }

    void everythingHasItsName();
    void startsWithWhatTheSetupSays();
    void wrongInputKeepsStartFromBeingPressed();
    void tabLeadsFromThePresetToStart();
    void tabLeadsOnThroughWhatComesOfIt();
    void phasesEnableWhatCanBeDone();
    void buttonsAsk();
    void pauseFollowsThePhaseAndNotTheClick();
    void keyboardStartLeadsToPause();
    void keepsEveryPointAndFillsCardsAndTable();
    void ignoresOtherRuns();
    void moreEpochsKeepTheCurves();
    void aNewRunStartsEmpty();
    void showsARunFromDisk();
    void curvesAreToggledEverywhere();
    void oneChartCanTakeAllRoom();
    void smoothingAndLogScale();
    void messagesStayUntilClosed();
    void aRunThatLacksEpochsIsContinuedBeforeItGetsMore();
    void theEngineHasARemark();
    void setupCanBeHidden();
    void captionTellsTheSettings();
    void emptyChartsSayWhatComes();
    void breathesInASmallWindow();
    void nothingIsClippedInLargeText();

  private:
    template <class Widget>
    Widget* named(const QString& name) const {
        return testing::namedWidget<Widget>(*page_, name);
    }
    QPushButton* button(const QString& name) const { return named<QPushButton>(name); }
    QStringList shownTexts() const;
    QString cell(int row, int column) const;
    void train(std::uint64_t run, std::size_t model, std::int64_t first, std::int64_t last);

    std::unique_ptr<TrainPage> page_;
};

void TrainPageTest::init() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    page_ = std::make_unique<TrainPage>();
    page_->resize(1180, 760);
    page_->show();
    QVERIFY(QTest::qWaitForWindowActive(page_.get()));
}

QStringList TrainPageTest::shownTexts() const {
    QStringList texts;
    for (const auto* label : page_->findChildren<QLabel*>()) {
        if (label->isVisible()) {
            texts << label->text();
        }
    }
    return texts;
}

QString TrainPageTest::cell(int row, int column) const {
    return named<QTableView>("Results")->model()->index(row, column).data().toString();
}

void TrainPageTest::train(std::uint64_t run, std::size_t model, std::int64_t first,
                          std::int64_t last) {
    for (std::int64_t step = first; step <= last; ++step) {
        page_->apply(snapshotAfter(run, model, step));
    }
}

void TrainPageTest::everythingHasItsName() {
    page_->beginRun(viewOf(page_->configuration(), 1));
    QStringList names;
    collectNames(QAccessible::queryAccessibleInterface(page_.get()), names);
    for (const auto* name : {"Train",
                             "Start training",
                             "Pause",
                             "Step",
                             "Stop",
                             "Preset",
                             "Epochs",
                             "Batch size",
                             "Learning rate",
                             "Seed",
                             "Augmentation",
                             "Training images",
                             "Engine",
                             "Open data folder...",
                             "Add model",
                             "L1 batch",
                             "L1 layer",
                             "L1 group",
                             "Label of batch",
                             "Normalization of layer",
                             "Groups of group",
                             "Remove batch",
                             "Show batch",
                             "Smoothing",
                             "Log scale",
                             "Export...",
                             "Setup",
                             "Training loss",
                             "Test loss",
                             "Training accuracy",
                             "Test accuracy"}) {
        QVERIFY2(names.contains(name), name);
    }
}

void TrainPageTest::startsWithWhatTheSetupSays() {
    QSignalSpy starts(page_.get(), &TrainPage::startRequested);
    named<QComboBox>("Preset")->setCurrentText("Quick look");
    named<QSpinBox>("Batch size")->setValue(16);
    QTest::mouseClick(button("Start training"), Qt::LeftButton);
    QCOMPARE(starts.size(), 1);
    const auto config = starts[0][0].value<TrainingConfig>();
    QVERIFY(config == page_->configuration());
    QCOMPARE(config.batchSize, 16);
    QCOMPARE(config.trainLimit, 6000);
}

void TrainPageTest::wrongInputKeepsStartFromBeingPressed() {
    auto* rate = named<QLineEdit>("Learning rate");
    rate->setText("fast");
    QVERIFY(!button("Start training")->isEnabled());
    QVERIFY(button("Start training")->toolTip().contains("fast"));
    rate->setText("5e-2");
    QVERIFY(button("Start training")->isEnabled());
    QCOMPARE(page_->configuration().learningRate, 0.05);
}

void TrainPageTest::tabLeadsFromThePresetToStart() {
    named<QComboBox>("Preset")->setFocus();
    QStringList way;
    while (way.size() < 60 && (way.isEmpty() || way.last() != "Start training")) {
        QVERIFY(QApplication::focusWidget() != nullptr);
        way << QApplication::focusWidget()->accessibleName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(way, (QStringList{"Preset",
                               "Label of batch",
                               "Normalization of batch",
                               "L1 batch",
                               "Remove batch",
                               "Label of layer",
                               "Normalization of layer",
                               "L1 layer",
                               "Remove layer",
                               "Label of group",
                               "Normalization of group",
                               "L1 group",
                               "Groups of group",
                               "Remove group",
                               "Add model",
                               "Epochs",
                               "Batch size",
                               "Learning rate",
                               "Seed",
                               "Augmentation",
                               "Training images",
                               "Engine",
                               "Open data folder...",
                               "Setup",
                               "Start training"}));
}

/// Cards and legends are made for the models of the run.
void TrainPageTest::tabLeadsOnThroughWhatComesOfIt() {
    page_->beginRun(viewOf(page_->configuration(), 1));
    const QStringList stops = testing::tabStopsOf(*page_);
    const QStringList legend{"Show batch", "Show layer", "Show group"};
    QVERIFY2(testing::comeInOrder(
                 stops, QStringList{"Preset", "Start training"} + legend +
                            QStringList{"Training loss"} + legend + QStringList{"Test loss"} +
                            legend + QStringList{"Training accuracy"} + legend +
                            QStringList{"Test accuracy"} + legend + QStringList{"Results"}),
             qPrintable(stops.join(u',')));
}

void TrainPageTest::phasesEnableWhatCanBeDone() {
    const auto enabled = [this] {
        QStringList names;
        for (const char* name : {"Start training", "Pause", "Step", "Stop", "More epochs"}) {
            if (button(name)->isVisible() && button(name)->isEnabled()) {
                names << name;
            }
        }
        if (named<QSpinBox>("Epochs")->isEnabled()) {
            names << "setup";
        }
        return names.join(", ");
    };
    const std::vector<std::pair<RunPhase, QString>> expected{
        {RunPhase::Idle, "Start training, setup"},
        {RunPhase::Loading, "Stop"},
        {RunPhase::Training, "Pause, Stop"},
        {RunPhase::Paused, "Pause, Step, Stop"},
        {RunPhase::Stopping, ""},
        {RunPhase::Ended, "Start training, More epochs, setup"}};
    for (const auto& [phase, names] : expected) {
        page_->setPhase(phase);
        QCOMPARE(enabled(), names);
    }
}

void TrainPageTest::buttonsAsk() {
    const QSignalSpy steps(page_.get(), &TrainPage::stepRequested);
    const QSignalSpy stops(page_.get(), &TrainPage::stopRequested);
    const QSignalSpy folders(page_.get(), &TrainPage::openDataFolderRequested);
    QSignalSpy more(page_.get(), &TrainPage::moreEpochsRequested);
    QSignalSpy exports(page_.get(), &TrainPage::exportRequested);
    QTest::mouseClick(button("Open data folder..."), Qt::LeftButton);
    QVERIFY(!button("Export...")->isEnabled());
    page_->beginRun(viewOf(page_->configuration(), 1));
    page_->setPhase(RunPhase::Paused);
    QTest::mouseClick(button("Step"), Qt::LeftButton);
    QTest::mouseClick(button("Stop"), Qt::LeftButton);
    page_->setPhase(RunPhase::Ended);
    named<QSpinBox>("Epochs to add")->setValue(7);
    QTest::mouseClick(button("More epochs"), Qt::LeftButton);
    QTest::mouseClick(button("Export..."), Qt::LeftButton);
    emit page_->charts()[1]->pictureRequested();
    QCOMPARE(folders.size(), 1);
    QCOMPARE(steps.size(), 1);
    QCOMPARE(stops.size(), 1);
    QCOMPARE(more[0][0].toInt(), 7);
    QCOMPARE(exports.size(), 2);
    QCOMPARE(exports[0][0].value<MetricChart*>(), nullptr);
    QCOMPARE(exports[1][0].value<MetricChart*>(), page_->charts()[1]);
}

void TrainPageTest::pauseFollowsThePhaseAndNotTheClick() {
    const QSignalSpy pauses(page_.get(), &TrainPage::pauseRequested);
    const QSignalSpy resumes(page_.get(), &TrainPage::resumeRequested);
    auto* pause = button("Pause");
    page_->setPhase(RunPhase::Training);
    QTest::mouseClick(pause, Qt::LeftButton);
    QCOMPARE(pauses.size(), 1);
    QVERIFY(!pause->isChecked());
    page_->setPhase(RunPhase::Paused);
    QVERIFY(pause->isChecked());
    QCOMPARE(pause->text(), "Resume");
    QCOMPARE(pause->accessibleName(), "Pause");
    // What a screen reader does, without a click.
    QAccessible::queryAccessibleInterface(pause)->actionInterface()->doAction(
        QAccessibleActionInterface::toggleAction());
    QCOMPARE(resumes.size(), 1);
    QCOMPARE(pauses.size(), 1);
    QVERIFY(pause->isChecked());
    page_->setPhase(RunPhase::Training);
    QVERIFY(!pause->isChecked());
}

void TrainPageTest::keyboardStartLeadsToPause() {
    button("Start training")->setFocus();
    QTest::keyClick(button("Start training"), Qt::Key_Space);
    page_->setPhase(RunPhase::Loading);
    page_->setPhase(RunPhase::Training);
    QCOMPARE(QApplication::focusWidget(), button("Pause"));
}

void TrainPageTest::keepsEveryPointAndFillsCardsAndTable() {
    page_->beginRun(viewOf(page_->configuration(), 1));
    page_->setPhase(RunPhase::Training);
    train(1, 0, 1, 100);
    train(1, 1, 1, 200);
    const auto charts = page_->charts();
    for (const std::size_t figure : {0U, 2U}) {
        const auto& curves = charts[figure]->content().curves;
        QCOMPARE(curves[0].data.size(), std::size_t{100});
        QCOMPARE(curves[1].data.size(), std::size_t{200});
        QCOMPARE(curves[2].data.size(), std::size_t{0});
        QCOMPARE(curves[1].data.xs().front(), 1.0 / kStepsPerEpoch);
        QCOMPARE(curves[1].data.xs().back(), double{kEpochs});
    }
    const auto& tested = charts[3]->content().curves[0].data;
    QCOMPARE(tested.xs(), (std::vector<double>{1.0, 2.0}));
    QCOMPARE(tested.raw()[1], 0.982);

    QTRY_VERIFY(shownTexts().contains("180"));  // batch, after two epochs
    QTRY_VERIFY(shownTexts().contains("160"));  // layer, at its end
    QVERIFY(shownTexts().contains("epoch 2 of 4"));
    QVERIFY(named<QTableView>("Results")->isVisible());
    QCOMPARE(cell(1, 7), "160");
    QCOMPARE(cell(0, 7), "");
}

void TrainPageTest::ignoresOtherRuns() {
    train(1, 0, 1, 10);
    page_->beginRun(viewOf(page_->configuration(), 2));
    train(1, 0, 11, 60);
    train(2, 5, 1, 1);
    for (const auto* chart : page_->charts()) {
        for (const auto& curve : chart->content().curves) {
            QVERIFY(curve.data.empty());
        }
    }
    train(2, 0, 1, 1);
    QCOMPARE(page_->charts()[0]->content().curves[0].data.size(), std::size_t{1});
}

void TrainPageTest::moreEpochsKeepTheCurves() {
    const RunView view = viewOf(page_->configuration(), 1);
    page_->beginRun(view);
    train(1, 0, 1, 200);
    RunView longer = view;
    longer.run = 2;
    longer.config.cycles = {kEpochs, 2};
    page_->extendRun(longer);
    QVERIFY(shownTexts().contains("epoch 4 of 6"));
    train(2, 0, 201, 250);
    const auto& curve = page_->charts()[1]->content().curves[0].data;
    QCOMPARE(curve.xs(), (std::vector<double>{1.0, 2.0, 3.0, 4.0, 5.0}));
    QCOMPARE(page_->charts()[0]->content().curves[0].data.size(), std::size_t{250});
}

void TrainPageTest::aNewRunStartsEmpty() {
    page_->beginRun(viewOf(page_->configuration(), 1));
    train(1, 0, 1, 200);
    QCOMPARE(cell(0, 4), "");
    QTRY_COMPARE(cell(0, 4), "4");
    page_->beginRun(viewOf(page_->configuration(), 2));
    QCOMPARE(cell(0, 4), "");
    QVERIFY(page_->charts()[0]->content().curves[0].data.empty());
    QVERIFY(!shownTexts().contains("160"));
}

void TrainPageTest::showsARunFromDisk() {
    const RunView view = viewOf(page_->configuration(), 3);
    std::vector<ModelHistory> histories(3);
    for (std::size_t model = 0; model < histories.size(); ++model) {
        for (std::int64_t step = 1; step <= kStepsPerEpoch * kEpochs; ++step) {
            const TrainingSnapshot snapshot = snapshotAfter(3, model, step);
            auto& history = histories[model];
            history.steps.push_back(snapshot.steps[0]);
            history.epochs.insert(history.epochs.end(), snapshot.epochs.begin(),
                                  snapshot.epochs.end());
        }
        histories[model].outcome = Outcome::Finished;
    }
    page_->showRun(view, histories);
    QCOMPARE(page_->charts()[2]->content().curves[2].data.size(), std::size_t{200});
    QTRY_COMPARE(cell(2, 7), "160");
    QVERIFY(shownTexts().contains("Folder: first run"));
}

void TrainPageTest::curvesAreToggledEverywhere() {
    page_->beginRun(viewOf(page_->configuration(), 1));
    const auto visible = [this](std::size_t curve) {
        int count = 0;
        for (const auto* chart : page_->charts()) {
            count += chart->content().curves[curve].visible ? 1 : 0;
        }
        return count;
    };
    named<QCheckBox>("Show layer")->click();
    QCOMPARE(visible(1), 0);
    QCOMPARE(visible(0), 4);
    page_->charts()[3]->setCurveVisible(1, true);
    QCOMPARE(visible(1), 4);
    QVERIFY(named<QCheckBox>("Show layer")->isChecked());
    page_->charts()[0]->setCurveVisible(2, false);
    QCOMPARE(visible(2), 0);
    QVERIFY(!named<QCheckBox>("Show group")->isChecked());
}

void TrainPageTest::oneChartCanTakeAllRoom() {
    const auto charts = page_->charts();
    const QSize quarter = charts[1]->size();
    emit charts[1]->expandRequested();
    QCoreApplication::processEvents();
    QVERIFY(!charts[0]->isVisible());
    QVERIFY(charts[1]->width() > 3 * quarter.width() / 2);
    QVERIFY(charts[1]->height() > 3 * quarter.height() / 2);
    QTest::keyClick(charts[1], Qt::Key_Escape);
    QVERIFY(charts[0]->isVisible());
    QTRY_COMPARE(charts[1]->size(), quarter);
}

void TrainPageTest::smoothingAndLogScale() {
    const auto charts = page_->charts();
    QCOMPARE(charts[0]->content().smoothing, 0.9);
    named<QSlider>("Smoothing")->setValue(99);
    QCOMPARE(charts[0]->content().smoothing, 0.99);
    QVERIFY(shownTexts().contains("0.99"));
    named<QCheckBox>("Log scale")->click();
    QVERIFY(charts[0]->content().logarithmic);
    QVERIFY(charts[1]->content().logarithmic);
    QVERIFY(!charts[2]->content().logarithmic);
}

void TrainPageTest::messagesStayUntilClosed() {
    const QString sentence = "The folder is empty.";
    page_->setMessage(sentence);
    QVERIFY(shownTexts().contains(sentence));
    QTest::mouseClick(named<QToolButton>("Close message"), Qt::LeftButton);
    QVERIFY(!shownTexts().contains(sentence));

    int saved = 0;
    page_->setUnsaved(
        {.text = "The disk is full.", .actions = {{"Save elsewhere...", [&saved] { ++saved; }}}});
    page_->setMessage(sentence);
    QVERIFY(shownTexts().contains("The disk is full."));
    QVERIFY(shownTexts().contains(sentence));
    QTest::mouseClick(named<QPushButton>("Save elsewhere"), Qt::LeftButton);
    QCOMPARE(saved, 1);
    page_->setUnsaved({});
    QVERIFY(!shownTexts().contains("The disk is full."));
}

void TrainPageTest::aRunThatLacksEpochsIsContinuedBeforeItGetsMore() {
    page_->setPhase(RunPhase::Ended);
    auto* goOn = named<QPushButton>("Continue");
    QVERIFY(!goOn->isVisible());
    QVERIFY(named<QPushButton>("More epochs")->isVisible());
    page_->setContinuable(true);
    QVERIFY(!named<QPushButton>("More epochs")->isVisible());
    QSignalSpy asked(page_.get(), &TrainPage::continueRequested);
    QTest::mouseClick(goOn, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    page_->setPhase(RunPhase::Training);
    QVERIFY(!goOn->isVisible());
}

void TrainPageTest::theEngineHasARemark() {
    QVERIFY(!shownTexts().contains("LibTorch is slow here."));
    page_->setEngineRemark("LibTorch is slow here.");
    QVERIFY(shownTexts().contains("LibTorch is slow here."));
    page_->setEngineRemark({});
    QVERIFY(!shownTexts().contains("LibTorch is slow here."));
}

void TrainPageTest::setupCanBeHidden() {
    auto* toggle = named<QToolButton>("Setup");
    const int width = page_->charts()[0]->width();
    toggle->click();
    QVERIFY(!page_->isSetupShown());
    QVERIFY(!named<QSpinBox>("Epochs")->isVisible());
    QTRY_VERIFY(page_->charts()[0]->width() > width);
    page_->setSetupShown(true);
    QVERIFY(toggle->isChecked());
    QVERIFY(named<QSpinBox>("Epochs")->isVisible());
}

void TrainPageTest::captionTellsTheSettings() {
    named<QLineEdit>("L1 batch")->setText("1e-4");
    named<QLineEdit>("Label of group")->setText("my groups");
    QCOMPARE(page_->caption(),
             "Batch norm with L1 0.0001; Layer norm; my groups (Group norm 2, 2, 2, 2, 3, 3)\n"
             "MNIST · all training images · 20 epochs · batch size 64 · peak learning rate 0.05 · "
             "no augmentation · seed 1");
    page_->beginRun(viewOf(page_->configuration(), 1));
    named<QSpinBox>("Epochs")->setValue(99);
    QVERIFY(page_->caption().contains(" · 4 epochs · "));
}

void TrainPageTest::emptyChartsSayWhatComes() {
    QCOMPARE(shownTexts().filter("Press Start training").size(), 4);
    page_->beginRun(viewOf(page_->configuration(), 1));
    QCOMPARE(shownTexts().filter("Press Start training").size(), 0);
    QCOMPARE(shownTexts().filter("after the first epoch").size(), 2);
}

/// What is left of a window of 1280 x 800 pixels, with three models.
void TrainPageTest::breathesInASmallWindow() {
    const QFont before = QApplication::font();
    applyTheme(/*dark=*/false, /*textScale=*/100);
    page_->resize(1170, 724);
    page_->beginRun(viewOf(page_->configuration(), 1));
    const auto lowestPlot = [this] {
        int height = page_->height();
        for (const auto* plot : page_->findChildren<CurvePlot*>()) {
            height = std::min(height, plot->plotRect().height());
        }
        return height;
    };
    const auto* start = button("Start training");
    for (const auto phase : {RunPhase::Idle, RunPhase::Loading, RunPhase::Training,
                             RunPhase::Paused, RunPhase::Stopping, RunPhase::Ended}) {
        page_->setPhase(phase);
        QCoreApplication::processEvents();
        QVERIFY(start->parentWidget()->parentWidget()->height() < 3 * start->height() / 2);
    }
    for (std::size_t model = 0; model < 3; ++model) {
        train(1, model, 1, 199);
    }
    QTRY_VERIFY(lowestPlot() >= 130);
    for (std::size_t model = 0; model < 3; ++model) {
        train(1, model, 200, 200);
    }
    const auto* table = named<QTableView>("Results");
    QTRY_VERIFY(table->isVisible() && lowestPlot() < 130);
    QVERIFY2(lowestPlot() >= 90, qPrintable(QString::number(lowestPlot())));
    QSet<int> tops;
    for (const auto* card : page_->findChildren<ModelCard*>()) {
        tops << card->y();
    }
    QCOMPARE(tops.size(), 1);
    QTRY_COMPARE(cell(2, 7), "160");
    QVERIFY(!table->verticalScrollBar()->isVisible());
    QVERIFY(!table->horizontalScrollBar()->isVisible());
    for (const auto* scroll : page_->findChildren<QScrollArea*>()) {
        QVERIFY(scroll == named<QScrollArea>("Settings") ||
                !scroll->verticalScrollBar()->isVisible());
    }
    QApplication::setFont(before);
}

void TrainPageTest::nothingIsClippedInLargeText() {
    const QFont before = QApplication::font();
    QApplication::setFont(applicationFont(/*textScale=*/200));
    page_->beginRun(viewOf(page_->configuration(), 1));
    page_->setPhase(RunPhase::Ended);
    QCoreApplication::processEvents();
    for (const auto* field : page_->findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<const QAbstractButton*>(field) != nullptr ||
                               qobject_cast<const QAbstractSpinBox*>(field) != nullptr ||
                               qobject_cast<const QComboBox*>(field) != nullptr;
        if (!isControl || !field->isVisible()) {
            continue;
        }
        const QSize least = field->minimumSizeHint();
        QTRY_VERIFY2(field->width() >= least.width() && field->height() >= least.height(),
                     qPrintable(QStringLiteral("%1: %2 x %3 of %4 x %5")
                                    .arg(field->accessibleName())
                                    .arg(field->width())
                                    .arg(field->height())
                                    .arg(least.width())
                                    .arg(least.height())));
    }
    const auto* setup = named<QScrollArea>("Settings");
    QVERIFY(setup->widget()->width() <= setup->viewport()->width());
    QApplication::setFont(before);
}

}  // namespace normscope

QTEST_MAIN(normscope::TrainPageTest)
#include "train_page_test.moc"
