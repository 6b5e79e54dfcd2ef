#include "app/main_window.h"

#include <QAbstractButton>
#include <QImage>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTest>
#include <fstream>

#include "core/dataset.h"
#include "core/trainer.h"
#include "tests/core/support.h"
#include "ui/chart/metric_chart.h"
#include "ui/picture/export_panel.h"
#include "ui/train/presets.h"
#include "ui/train/train_page.h"

using namespace normscope;

namespace {

std::string bigEndian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
            static_cast<char>(value >> 8), static_cast<char>(value)};
}

void writeSet(const std::filesystem::path& folder, const DigitSet& set, std::uint32_t count,
              std::size_t firstFile) {
    testing::writeAll(folder / kIdxFiles[firstFile],
                      bigEndian(0x803) + bigEndian(count) + bigEndian(28) + bigEndian(28) +
                          std::string(set.pixels.begin(),
                                      set.pixels.begin() + std::ptrdiff_t{count} * kImagePixels));
    testing::writeAll(
        folder / kIdxFiles[firstFile + 1],
        bigEndian(0x801) + bigEndian(count) +
            std::string(set.labels.begin(), set.labels.begin() + std::ptrdiff_t{count}));
}

}  // namespace

/// The whole window on the first digits of MNIST: what a person clicks, and what comes of it.
class MainWindowTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::unique_ptr<MainWindow> window_;

    MainWindow::Environment environment() const {
        return {
            .folders = {.bundledData = folder_->path() / "data", .runs = folder_->path() / "runs"},
            .factory = &makeTrainer,
            .cores = 2};
    }

    static StoredState state(int epochs) {
        StoredState state;
        state.training = withPreset({}, presets()[kDefaultPreset]);
        state.training.cycles = {epochs};
        state.training.batchSize = 32;
        return state;
    }

    void open(int epochs) {
        window_ = std::make_unique<MainWindow>(environment(), state(epochs));
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }

    template <typename Widget>
    Widget* named(const QString& name) const {
        for (Widget* widget : window_->findChildren<Widget*>()) {
            if (widget->accessibleName() == name) {
                return widget;
            }
        }
        return nullptr;
    }
    QAbstractButton* button(const QString& name) const { return named<QAbstractButton>(name); }
    void click(const QString& name) {
        QAbstractButton* found = button(name);
        QVERIFY2(found != nullptr && found->isEnabled(), qPrintable(name));
        QTest::mouseClick(found, Qt::LeftButton);
    }

    MetricChart* chart(std::size_t index) const {
        return window_->findChild<TrainPage*>()->charts().at(index);
    }
    std::size_t pointsOf(std::size_t model) const {
        return chart(0)->content().curves.at(model).data.size();
    }
    bool hasCurves() const { return chart(0)->content().curves.size() == 3; }
    RunPhase phase() const { return window_->session().phase(); }

    std::vector<std::filesystem::path> runs() const {
        std::vector<std::filesystem::path> runs;
        for (const auto& entry : std::filesystem::directory_iterator(folder_->path() / "runs")) {
            runs.push_back(entry.path());
        }
        std::ranges::sort(runs);
        return runs;
    }

  private slots:
    void init() {
        // All but what the offscreen platform says of every window.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
        std::filesystem::create_directories(folder_->path() / "data");
        const Dataset mnist = readDataset(NORMSCOPE_MNIST);
        writeSet(folder_->path() / "data", mnist.train, /*count=*/640, /*firstFile=*/0);
        writeSet(folder_->path() / "data", mnist.test, /*count=*/200, /*firstFile=*/2);
    }

    void cleanup() {
        window_.reset();
        folder_.reset();
    }

    void trainsToTheEndAndSavesTheRun() {
        open(/*epochs=*/2);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        for (std::size_t model = 0; model < 3; ++model) {
            QCOMPARE(pointsOf(model), std::size_t{40});
            QCOMPARE(chart(1)->content().curves.at(model).data.size(), std::size_t{2});
        }
        const Run run = readRun(runs().at(0));
        QCOMPARE(run.models.size(), std::size_t{3});
        for (const ModelHistory& model : run.models) {
            QCOMPARE(model.outcome, Outcome::Finished);
            QCOMPARE(model.epochs.size(), std::size_t{2});
        }
        QCOMPARE(run.dataset.testTotal, 200);
    }

    void pausesStepsResumesAndStops() {
        open(/*epochs=*/500);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(hasCurves() && pointsOf(0) > 10 && pointsOf(2) > 10, 60'000);
        click("Pause");
        QCOMPARE(phase(), RunPhase::Paused);
        QTest::qWait(300);
        const std::array before{pointsOf(0), pointsOf(1), pointsOf(2)};
        QTest::qWait(200);
        QCOMPARE(pointsOf(0), before[0]);
        QCOMPARE(button("Pause")->text(), QStringLiteral("Resume"));

        click("Step");
        QTRY_COMPARE(pointsOf(0), before[0] + 1);
        QTRY_COMPARE(pointsOf(1), before[1] + 1);
        QTRY_COMPARE(pointsOf(2), before[2] + 1);
        QTest::qWait(200);
        QCOMPARE(pointsOf(1), before[1] + 1);

        click("Pause");
        QCOMPARE(phase(), RunPhase::Training);
        QTRY_VERIFY_WITH_TIMEOUT(pointsOf(1) > before[1] + 10, 60'000);
        click("Stop");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        const Run run = readRun(runs().at(0));
        QCOMPARE(run.models[1].outcome, Outcome::Stopped);
        QCOMPARE(run.models[1].steps.size(), pointsOf(1));
    }

    void aStoppedRunIsContinuedFromItsLastEpoch() {
        open(/*epochs=*/4);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(hasCurves() && pointsOf(0) > 25, 60'000);
        click("Stop");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QVERIFY(window_->session().canContinue());
        window_->session().continueRun(/*moreEpochs=*/0);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QVERIFY(!window_->session().canContinue());
        QCOMPARE(pointsOf(0), std::size_t{80});
        QCOMPARE(readRun(runs().at(0)).models[0].epochs.size(), std::size_t{4});
    }

    void aFinishedRunGetsMoreEpochs() {
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        named<QSpinBox>("Epochs to add")->setValue(2);
        click("More epochs");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QCOMPARE(pointsOf(2), std::size_t{60});
        QCOMPARE(readRun(runs().at(0)).config.cycles, (std::vector<int>{1, 2}));
        QCOMPARE(runs().size(), std::size_t{1});
    }

    void anEarlierRunIsShownAgain() {
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        const auto run = runs().at(0);
        open(/*epochs=*/3);
        window_->session().openRun(run);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QCOMPARE(pointsOf(0), std::size_t{20});
        window_->session().openRun(folder_->path() / "nowhere");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QCOMPARE(pointsOf(0), std::size_t{20});
    }

    void chartsAreExportedFromThePanel() {
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        emit window_->findChild<TrainPage*>()->exportRequested(nullptr);
        auto* panel = window_->findChild<ExportPanel*>();
        QVERIFY(panel != nullptr);
        const QString file = QString::fromStdString((folder_->path() / "charts.png").string());
        QVERIFY(panel->save(file));
        QCOMPARE(QImage(file).size(), panel->options().size * panel->options().scale);
    }

    void aFolderThatCannotBeWrittenLeavesTheTrainingInMemory() {
        testing::writeAll(folder_->path() / "runs", "a file where the folder should be");
        open(/*epochs=*/1);
        click("Start training");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!isUnderWay(phase()), 60'000);
        QCOMPARE(pointsOf(0), std::size_t{20});
    }

    void closingWhileTrainingAsksAndStops() {
        open(/*epochs=*/500);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(hasCurves() && pointsOf(0) > 45, 60'000);
        window_->close();
        QVERIFY(window_->isVisible());
        auto* question = window_->findChild<QMessageBox*>();
        QVERIFY(question != nullptr);
        QCOMPARE(phase(), RunPhase::Training);
        for (QAbstractButton* choice : question->buttons()) {
            if (question->buttonRole(choice) == QMessageBox::AcceptRole) {
                QTest::mouseClick(choice, Qt::LeftButton);
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), 60'000);
        const Run run = readRun(runs().at(0));
        QCOMPARE(run.models[0].outcome, Outcome::Stopped);
        QVERIFY(run.models[0].epochs.size() >= 2);
    }

    void dataThatCannotBeReadChangesNothing() {
        open(/*epochs=*/1);
        const auto data = [this] { return window_->state().training.data; };
        const auto other = folder_->path() / "other";
        std::filesystem::copy(folder_->path() / "data", other);
        window_->session().setData(other);
        QTRY_COMPARE(data(), other);
        std::filesystem::remove(other / kIdxFiles[2]);
        std::filesystem::create_directories(folder_->path() / "broken");
        window_->session().setData(folder_->path() / "broken");
        QTRY_VERIFY(named<QWidget>("Message") != nullptr && named<QWidget>("Message")->isVisible());
        QCOMPARE(data(), other);
        window_->session().setData({});
        QTRY_COMPARE(data(), std::filesystem::path());
    }

    void settingsComeBack() {
        open(/*epochs=*/7);
        QCOMPARE(window_->state().training.epochs(), 7);
        QCOMPARE(window_->state().training.batchSize, 32);
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
