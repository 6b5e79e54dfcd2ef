#include "ui/experiment/experiment_view.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <algorithm>

#include "tests/named_widget.h"
#include "ui/experiment/band_chart.h"
#include "ui/experiment/experiment_table_model.h"
#include "ui/experiment/experiment_texts.h"
#include "ui/experiment/seed_dots.h"
#include "ui/experiment/sweep_chart.h"

using namespace normscope;
using testing::namedWidget;

namespace {

constexpr int kTestTotal = 10'000;

TrainingConfig makeBase() {
    TrainingConfig base;
    base.models = {parseModel("batch=batch"), parseModel("layer=layer")};
    base.cycles = {6};
    return base;
}

ModelHistory historyOf(int lastWrong, int epochs) {
    ModelHistory history;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        const double wrong = std::min(lastWrong * (1.0 + (epochs - epoch)), 8865.0);
        history.epochs.push_back({.epoch = epoch,
                                  .trainLoss = wrong / 1000,
                                  .trainAccuracy = 1.0 - wrong / kTestTotal,
                                  .testLoss = wrong / 2000,
                                  .testAccuracy = 1.0 - wrong / kTestTotal,
                                  .learningRate = 0.01,
                                  .seconds = 1.0,
                                  .l1Penalty = 0.0});
    }
    history.outcome = Outcome::Finished;
    return history;
}

/// `wrongs` after the last epoch, [run][model].
std::shared_ptr<const Experiment> experimentOf(ExperimentKind kind,
                                               const std::vector<std::vector<int>>& wrongs,
                                               int planned) {
    auto experiment = std::make_shared<Experiment>();
    experiment->folder = "/somewhere/" + std::string(nameOf(kind));
    experiment->spec.kind = kind;
    experiment->spec.base = makeBase();
    experiment->spec.seeds = planned;
    experiment->runs = planRuns(experiment->spec);
    for (std::size_t i = 0; i < wrongs.size(); ++i) {
        Run run;
        run.config = experiment->runs[i].config;
        run.dataset.testTotal = kTestTotal;
        for (const int wrong : wrongs[i]) {
            run.models.push_back(historyOf(wrong, 6));
        }
        experiment->runs[i].run = std::make_shared<const Run>(std::move(run));
        experiment->runs[i].complete = true;
    }
    return experiment;
}

std::shared_ptr<const Experiment> fiveSeeds() {
    return experimentOf(ExperimentKind::Seeds, {{90, 70}, {95, 71}, {88, 66}, {97, 72}, {91, 69}},
                        5);
}

std::shared_ptr<const Experiment> sweep() {
    return experimentOf(ExperimentKind::BatchSize,
                        {{60, 70}, {62, 71}, {80, 66}, {150, 72}, {8865, 69}}, 5);
}

QString allText(const QWidget& widget) {
    QStringList texts;
    for (const QLabel* label : widget.findChildren<QLabel*>()) {
        if (label->isVisible()) {
            texts << label->text();
        }
    }
    return texts.join('\n');
}

/// Cells separated by bars, a line for each row, heads first.
QString tableText(const QAbstractItemModel& model) {
    QStringList lines;
    for (int row = -1; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column) {
            cells << (row < 0 ? model.headerData(column, Qt::Horizontal)
                              : model.index(row, column).data())
                         .toString();
        }
        lines << cells.join(" | ");
    }
    return lines.join('\n');
}

}  // namespace

class ExperimentViewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ExperimentView> view_;

    template <class Widget>
    Widget* named(const char* name) {
        return namedWidget<Widget>(*view_, QString::fromLatin1(name));
    }

    void makeView() {
        view_ = std::make_unique<ExperimentView>();
        view_->setBase(makeBase());
        view_->resize(1174, 650);
        view_->show();
    }

  private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
        makeView();
    }
    void cleanup() { view_.reset(); }

    void emptySaysWhatToDo() {
        QVERIFY(allText(*view_).contains("batch, layer; 6 epochs of all training images"));
        QVERIFY(named<QPushButton>("Start experiment")->isEnabled());
        QVERIFY(named<QPushButton>("Open experiment folder...")->isVisible());
        QVERIFY(view_->pictures().empty());
    }

    void startsWhatIsTyped() {
        QSignalSpy started(view_.get(), &ExperimentView::startRequested);
        named<QSpinBox>("Seeds")->setValue(7);
        QTest::keyClick(named<QPushButton>("Start experiment"), Qt::Key_Space);
        QCOMPARE(started.count(), 1);
        auto spec = started[0][0].value<ExperimentSpec>();
        QCOMPARE(spec.kind, ExperimentKind::Seeds);
        QCOMPARE(spec.seeds, 7);
        QVERIFY(spec.base == makeBase());

        named<QComboBox>("Experiment")->setCurrentIndex(1);
        QVERIFY(!named<QSpinBox>("Seeds")->isVisible());
        named<QLineEdit>("Batch sizes")->setText("64,4");
        QVERIFY(allText(*view_).contains("0.05 with batches of 64, 0.00313 with batches of 4"));
        named<QPushButton>("Start experiment")->click();
        spec = started[1][0].value<ExperimentSpec>();
        QCOMPARE(spec.kind, ExperimentKind::BatchSize);
        QCOMPARE(spec.sizes, (std::vector<int>{64, 4}));
    }

    void refusesWhatMakesNoSense() {
        named<QComboBox>("Experiment")->setCurrentIndex(1);
        for (const char* text : {"", "a", "4,,2", "4,4", "0", "-1", "99999999999"}) {
            named<QLineEdit>("Batch sizes")->setText(text);
            QVERIFY2(!named<QPushButton>("Start experiment")->isEnabled(), text);
        }
        named<QLineEdit>("Batch sizes")->setText(" 4 , 2 ");
        QVERIFY(named<QPushButton>("Start experiment")->isEnabled());
        view_->setBase({});
        QVERIFY(!named<QPushButton>("Start experiment")->isEnabled());
    }

    void estimatesOnlyWhatWasMeasured() {
        QVERIFY(!allText(*view_).contains("speed"));
        MeasuredSpeed speed{.secondsPerImage = 0.001,
                            .models = 2,
                            .threads = 1,
                            .batchSize = 64,
                            .trainTotal = 60'000};
        view_->setSpeed(speed);
        QVERIFY(allText(*view_).contains("takes about 30 minutes"));  // 5 * 6 * 60 s
        named<QComboBox>("Experiment")->setCurrentIndex(1);
        QVERIFY(allText(*view_).contains("takes 30 minutes and more"));
        speed.models = 3;
        view_->setSpeed(speed);
        QVERIFY(!allText(*view_).contains("speed"));
    }

    void showsSeeds() {
        view_->setExperiment(fiveSeeds());
        QVERIFY(named<QWidget>("What may be claimed")->isVisible());
        const QString text = allText(*view_);
        QVERIFY2(text.contains("batch misreads more test images than layer: on average 22.6 more"),
                 qPrintable(text));
        QVERIFY(!text.contains("No difference"));
        const auto* bands = view_->findChild<BandChart*>();
        const auto* dots = view_->findChild<SeedDots*>();
        QVERIFY(bands->isVisible() && dots->isVisible());
        QVERIFY2(bands->spokenValues().contains("layer: after epoch 6 mean 99.30"),
                 qPrintable(bands->spokenValues()));
        QVERIFY2(dots->spokenValues().contains("batch: mean 92.2 wrong of 10000"),
                 qPrintable(dots->spokenValues()));
        QAccessibleInterface* accessible =
            QAccessible::queryAccessibleInterface(const_cast<BandChart*>(bands));
        QCOMPARE(accessible->role(), QAccessible::Chart);
        QCOMPARE(accessible->text(QAccessible::Value), bands->spokenValues());
        QCOMPARE(view_->pictures().size(), std::size_t{2});
    }

    void theMetricIsChosen() {
        view_->setExperiment(fiveSeeds());
        auto* bands = view_->findChild<BandChart*>();
        named<QComboBox>("Curves")->setCurrentIndex(1);
        QCOMPARE(bands->shownMetric(), BandMetric::TestLoss);
        QVERIFY(bands->title().startsWith("Test loss"));
        QVERIFY2(bands->spokenValues().contains("batch: after epoch 6 mean 0.0461"),
                 qPrintable(bands->spokenValues()));
        QCOMPARE(bands->accessibleName(), bands->title());
    }

    void claimsNothingFromChance() {
        view_->setExperiment(
            experimentOf(ExperimentKind::Seeds, {{90, 80}, {70, 82}, {85, 84}}, 3));
        const QString text = allText(*view_);
        QVERIFY2(text.contains("No difference between layer and batch can be claimed from 3 seeds"),
                 qPrintable(text));
        QVERIFY(!text.contains("misreads more test images"));
    }

    void saysThatModelsDifferInMore() {
        auto experiment = std::make_shared<Experiment>(*fiveSeeds());
        experiment->spec.base.models[0].l1 = 1e-4;
        view_->setExperiment(experiment);
        QVERIFY(allText(*view_).contains("L1 penalty"));
    }

    void showsTheSweepBesideThePaper() {
        view_->setExperiment(sweep());
        const QString text = allText(*view_);
        QVERIFY2(text.contains("batch: 1.80 % wrong with batches of 32"), qPrintable(text));
        const auto charts = view_->findChildren<SweepChart*>();
        QCOMPARE(charts.size(), 2);
        QVERIFY2(charts[0]->spokenValues().contains("layer: 2.10 % with 32, "),
                 qPrintable(charts[0]->spokenValues()));
        QVERIFY2(charts[1]->spokenValues().contains(
                     "Batch norm: 23.60 % with 32, 23.70 % with 16, 24.80 % with 8, 27.30 % with "
                     "4, 34.70 % with 2."),
                 qPrintable(charts[1]->spokenValues()));
        QVERIFY(charts[1]->title().contains("ResNet-50"));
        QCOMPARE(view_->pictures().size(), std::size_t{3});
    }

    void showsHowFarItHasCome() {
        view_->setExperiment(experimentOf(ExperimentKind::Seeds, {{90, 80}}, 5));
        view_->setProgress(true, 5'000'000'000, 20'000'000'000, "Seed 2 (2 of 5)");
        QCOMPARE(named<QProgressBar>("Progress of the experiment")->value(), 250);
        QVERIFY(named<QPushButton>("Stop experiment")->isVisible());
        QVERIFY(!named<QPushButton>("Continue experiment")->isVisible());
        QVERIFY(!named<QPushButton>("New experiment")->isVisible());
        QSignalSpy stopped(view_.get(), &ExperimentView::stopRequested);
        named<QPushButton>("Stop experiment")->click();
        QCOMPARE(stopped.count(), 1);
        view_->setProgress(false, 0, 0, {});
        QVERIFY(!named<QPushButton>("Stop experiment")->isVisible());
        QSignalSpy resumed(view_.get(), &ExperimentView::resumeRequested);
        named<QPushButton>("Continue experiment")->click();
        QCOMPARE(resumed.count(), 1);
        view_->setExperiment(fiveSeeds());
        QVERIFY(!named<QPushButton>("Continue experiment")->isVisible());
    }

    void goesToANewOneAndBack() {
        view_->setExperiment(fiveSeeds());
        named<QPushButton>("New experiment")->click();
        QVERIFY(named<QPushButton>("Start experiment")->isVisible());
        view_->setExperiment(fiveSeeds());  // news of the same one
        QVERIFY(named<QPushButton>("Start experiment")->isVisible());
        named<QPushButton>("Show results")->click();
        QVERIFY(view_->findChild<BandChart*>()->isVisible());
        view_->setExperiment(nullptr);
        QVERIFY(named<QPushButton>("Start experiment")->isVisible());
        QVERIFY(view_->pictures().empty());
    }

    void anExperimentWithNothingMeasuredIsFine() {
        view_->setExperiment(experimentOf(ExperimentKind::Seeds, {}, 3));
        QVERIFY(allText(*view_).contains("Nothing can be said yet about batch and layer"));
        view_->grab();
        view_->setExperiment(experimentOf(ExperimentKind::BatchSize, {}, 3));
        QVERIFY(allText(*view_).contains("Nothing can be said yet"));
        view_->grab();
    }

    void tableHoldsTheNumbers() {
        ExperimentTableModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto seeds = experimentOf(ExperimentKind::Seeds, {{90, 80}, {92, 84}}, 3);
        model.showSeeds(*seeds, seedResults(*seeds));
        QCOMPARE(tableText(model),
                 QString::fromUtf8("Model | Mean wrong | SD | 95 % interval of the mean | Seed 1 "
                                   "| Seed 2 | Seed 3\n"
                                   "batch | 91.0 | 1.4 | 78.3 to 103.7 | 90 | 92 | –\n"
                                   "layer | 82.0 | 2.8 | 56.6 to 107.4 | 80 | 84 | –"));
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.showSeeds(*fiveSeeds(), seedResults(*fiveSeeds()));
        QCOMPARE(resets.count(), 1);
        model.showSeeds(*fiveSeeds(), seedResults(*fiveSeeds()));
        QCOMPARE(resets.count(), 1);
        model.showSweep(*sweep(), sweepResults(*sweep()));
        QCOMPARE(tableText(model).section('\n', 0, 1),
                 QStringLiteral("Model | Batch 32 (%) | Batch 16 (%) | Batch 8 (%) | Batch 4 (%) | "
                                "Batch 2 (%)\nbatch | 1.80 | 1.86 | 2.40 | 4.50 | 88.65"));
    }

    void picturesAreDrawnAtAnySize() {
        for (const auto& experiment : {fiveSeeds(), sweep()}) {
            view_->setExperiment(experiment);
            for (const Picture& picture : view_->pictures()) {
                for (const QSize size : {picture.naturalSize, QSize(200, 120), QSize(20, 10)}) {
                    QImage image(size, QImage::Format_RGB32);
                    image.fill(Qt::white);
                    QPainter painter(&image);
                    picture.paint(painter, size);
                    painter.end();
                    QImage blank(size, QImage::Format_RGB32);
                    blank.fill(Qt::white);
                    QVERIFY2(image != blank || size.width() < 100, qPrintable(picture.title));
                }
            }
        }
    }

    void everyControlIsReachedByKeyboard() {
        view_->setExperiment(fiveSeeds());
        view_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(view_.get()));
        QSet<QWidget*> reached;
        for (int press = 0; press < 40; ++press) {
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : view_.get(),
                            Qt::Key_Tab);
            reached.insert(QApplication::focusWidget());
        }
        for (const char* name : {"New experiment", "Open experiment folder...", "Curves",
                                 "Numbers of the experiment"}) {
            bool found = false;
            for (QWidget* widget : reached) {
                found = found || (widget && widget->accessibleName() == name);
            }
            QVERIFY2(found, name);
        }
        QVERIFY(reached.contains(view_->findChild<BandChart*>()));
        QVERIFY(reached.contains(view_->findChild<SeedDots*>()));
    }
};

QTEST_MAIN(ExperimentViewTest)
#include "experiment_view_test.moc"
