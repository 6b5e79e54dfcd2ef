#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QMessageBox>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <atomic>

#include "app/experiment_session.h"
#include "app/findings_session.h"
#include "app/main_window.h"
#include "app/task_watch.h"
#include "core/run_lock.h"
#include "core/run_notes.h"
#include "core/run_writer.h"
#include "core/trainer.h"
#include "tests/app/small_mnist.h"
#include "ui/runs/runs_panel.h"
#include "ui/train/presets.h"
#include "ui/train/train_page.h"
#include "ui/widgets/message_strip.h"

using namespace normscope;
namespace fs = std::filesystem;

namespace {

/// Trains as the real one does, but no further than so many epochs for the time being.
class HeldTrainer : public Trainer {
  public:
    HeldTrainer(const TrainerStart& start, std::atomic<int>& allowed)
        : trainer_(makeTrainer(start)), allowed_(allowed) {}

    Slice step() override {
        for (int allowed = allowed_; trainer_->epochsFinished() >= allowed; allowed = allowed_) {
            allowed_.wait(allowed);
        }
        return trainer_->step();
    }
    int epochsFinished() const override { return trainer_->epochsFinished(); }
    std::string model() const override { return trainer_->model(); }
    std::string checkpoint() const override { return trainer_->checkpoint(); }

  private:
    std::unique_ptr<Trainer> trainer_;
    std::atomic<int>& allowed_;
};

constexpr int kNoLimit = 1'000'000;

}  // namespace

/// The whole window when the disk lets it down, or when it was cut off in a training.
class KeptRunsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::unique_ptr<MainWindow> window_;
    std::atomic<int> allowedEpochs_ = kNoLimit;

    void allowEpochs(int epochs) {
        allowedEpochs_ = epochs;
        allowedEpochs_.notify_all();
    }

    fs::path kept() const { return folder_->path() / "runs"; }
    fs::path elsewhere() const { return folder_->path() / "elsewhere"; }

    void open(int epochs) {
        open(epochs, [this](const TrainerStart& start) {
            return std::make_unique<HeldTrainer>(start, allowedEpochs_);
        });
    }
    void open(int epochs, TrainerFactory factory) {
        StoredState state;
        state.training = withPreset({}, presets()[kDefaultPreset]);
        state.training.cycles = {epochs};
        state.training.batchSize = 32;
        window_ = std::make_unique<MainWindow>(
            MainWindow::Environment{
                .folders = {.bundledData = folder_->path() / "data", .runs = kept()},
                .factory = std::move(factory),
                .cores = 2},
            state);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        window_->content();
    }

    QAbstractButton* button(const QString& name) const {
        for (QAbstractButton* each : window_->findChildren<QAbstractButton*>()) {
            if (each->accessibleName() == name && each->isVisible()) {
                return each;
            }
        }
        return nullptr;
    }
    void click(const QString& name) {
        QAbstractButton* found = button(name);
        QVERIFY2(found != nullptr && found->isEnabled(), qPrintable(name));
        QTest::mouseClick(found, Qt::LeftButton);
    }
    /// What the strip of that name says; empty if it is not there.
    QString said(const QString& strip) const {
        for (const MessageStrip* each : window_->trainPage().findChildren<MessageStrip*>()) {
            if (each->accessibleName() == strip && each->isVisible()) {
                return each->accessibleDescription();
            }
        }
        return {};
    }
    TrainingSession& session() const { return window_->session(); }
    RunPhase phase() const { return session().phase(); }
    std::size_t epochsOf(std::size_t model) const {
        return session().trained() ? session().trained()->models[model].epochs.size() : 0;
    }
    std::vector<fs::path> runsIn(const fs::path& folder) const {
        std::vector<fs::path> runs;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(folder, error)) {
            runs.push_back(entry.path());
        }
        return runs;
    }
    QAction* action(const QString& text) const {
        for (QAction* found : window_->findChildren<QAction*>()) {
            if (QString(found->text()).remove('&') == text) {
                return found;
            }
        }
        return nullptr;
    }

    /// Of a network from two seeds, and one of two epochs is done.
    void startExperiment() {
        allowEpochs(1);
        open(/*epochs=*/1);
        ExperimentSpec spec;
        spec.base = window_->trainPage().configuration();
        spec.base.models.resize(1);
        spec.base.cycles = {2};
        spec.base.data = folder_->path() / "data";
        spec.seeds = 2;
        ExperimentSession& experiments = window_->findings().experiments();
        experiments.start(spec);
        const auto epochs = [&] {
            const auto& experiment = experiments.experiment();
            return experiment && experiment->runs[0].run
                       ? experiment->runs[0].run->models[0].epochs.size()
                       : 0;
        };
        QTRY_COMPARE_WITH_TIMEOUT(epochs(), std::size_t{1}, 60'000);
    }

    /// The folder of such an experiment, as if the program had gone down in it.
    fs::path cutOffExperiment() {
        startExperiment();
        ExperimentSession& experiments = window_->findings().experiments();
        fs::path folder = experiments.experiment()->folder;
        const fs::path asItWas = folder_->path() / "as it was";
        fs::copy(folder, asItWas, fs::copy_options::recursive);
        experiments.stop();
        allowEpochs(kNoLimit);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!experiments.isRunning(), 60'000); }();
        fs::remove_all(folder);
        fs::rename(asItWas, folder);
        return folder;
    }

    void checkWhole(const fs::path& folder, std::size_t epochs) const {
        const Run run = readRun(folder);
        QVERIFY2(run.problems.empty(), run.problems.empty() ? "" : run.problems[0].c_str());
        QCOMPARE(run.models.size(), std::size_t{3});
        for (std::size_t model = 0; model < 3; ++model) {
            QCOMPARE(run.models[model].outcome, Outcome::Finished);
            QCOMPARE(run.models[model].epochs.size(), epochs);
            QCOMPARE(run.models[model].steps.size(), 20 * epochs);
            QVERIFY(run.models[model].evaluation != nullptr);
            QVERIFY(readCheckpoint(run, model).has_value());
            readModelFile(folder / run.config.models[model].label / kModelFile);
        }
    }

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
        testing::writeSmallMnist(folder_->path() / "data");
    }

    void cleanup() {
        allowEpochs(kNoLimit);
        window_.reset();
        folder_.reset();
    }

    void aFolderThatIsRemovedIsToldAndTheRunSavedElsewhere() {
        allowEpochs(1);
        open(/*epochs=*/4);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(epochsOf(0) == 1 && epochsOf(1) == 1 && epochsOf(2) == 1, 60'000);
        QVERIFY(said("Not saved").isEmpty());
        const fs::path run = runsIn(kept()).at(0);
        fs::rename(run, folder_->path() / "taken");
        fs::remove_all(folder_->path() / "taken");
        allowEpochs(2);
        QTRY_VERIFY_WITH_TIMEOUT(!said("Not saved").isEmpty(), 60'000);
        QVERIFY2(said("Not saved").contains(QString::fromStdString(run.string())),
                 qPrintable(said("Not saved")));
        QVERIFY(action("Save run elsewhere...")->isEnabled());
        QCOMPARE(phase(), RunPhase::Training);

        // With the button, into a folder that is chosen.
        click("Save elsewhere");
        auto* dialog = window_->findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        emit dialog->fileSelected(QString::fromStdString(elsewhere().string()));
        dialog->close();
        QTRY_VERIFY_WITH_TIMEOUT(said("Not saved").isEmpty(), 60'000);
        QCOMPARE(phase(), RunPhase::Training);  // which goes on, and into the new folder
        allowEpochs(kNoLimit);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 120'000);
        const fs::path saved = elsewhere() / run.filename();
        checkWhole(saved, 4);
        QCOMPARE(session().shownFolder(), saved);
        QVERIFY(!RunLock::isTaken(readRun(saved)));
        QTRY_VERIFY(session().library().find(saved) != nullptr);
        QCOMPARE(session().library().find(saved)->origin, RunOrigin::Opened);
        QVERIFY(!action("Save run elsewhere...")->isEnabled());

        allowEpochs(4);
        session().continueRun(/*moreEpochs=*/1);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, 60'000);
        allowEpochs(kNoLimit);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        checkWhole(saved, 5);
    }

    void aRunThatNeverHadAFolderIsSavedAtTheEnd() {
        testing::writeAll(kept(), "a file where the folder should be");
        open(/*epochs=*/2);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(session().trained() && !isUnderWay(phase()), 60'000);
        QVERIFY(said("Not saved").contains("runs"));
        session().keeper().saveElsewhere(elsewhere());
        QTRY_VERIFY(said("Not saved").isEmpty());
        checkWhole(runsIn(elsewhere()).at(0), 2);
        QCOMPARE(session().shownFolder(), runsIn(elsewhere()).at(0));
        // From here on it is like any other.
        session().writeNotes(session().shownFolder(), "saved");
        QTRY_COMPARE(readNotes(session().shownFolder()), std::optional<std::string>("saved"));
    }

    void whereThereIsNoRoomEitherTheRunStaysInMemory() {
        testing::writeAll(kept(), "a file where the folder should be");
        open(/*epochs=*/1);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(session().trained() && !isUnderWay(phase()), 60'000);
        session().keeper().saveElsewhere(kept());
        QTRY_VERIFY2(said("Message").contains("still in memory"), qPrintable(said("Message")));
        QVERIFY(!said("Not saved").isEmpty());
        session().keeper().saveElsewhere(elsewhere());
        QTRY_VERIFY(said("Not saved").isEmpty());
        checkWhole(runsIn(elsewhere()).at(0), 1);
    }

    void anotherTrainingWaitsUntilTheLastIsSavedOrDiscarded() {
        testing::writeAll(kept(), "a file where the folder should be");
        open(/*epochs=*/1);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(session().trained() && !isUnderWay(phase()), 60'000);
        fs::remove(kept());
        click("Start training");
        QVERIFY(said("Message").contains("not saved"));
        QVERIFY(!isUnderWay(phase()));
        click("Discard");
        QVERIFY(said("Not saved").isEmpty());
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(!session().shownFolder().empty() && !isUnderWay(phase()), 60'000);
        checkWhole(runsIn(kept()).at(0), 1);
    }

    void whatIsMendedIsWrittenWhenAsked() {
        allowEpochs(1);
        open(/*epochs=*/2);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(epochsOf(0) == 1 && epochsOf(1) == 1 && epochsOf(2) == 1, 60'000);
        const fs::path run = session().shownFolder();
        fs::rename(run, folder_->path() / "unplugged");
        allowEpochs(kNoLimit);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        QVERIFY(!said("Not saved").isEmpty());
        click("Try again");
        QTRY_VERIFY(said("Message").contains("still in memory"));
        fs::rename(folder_->path() / "unplugged", run);
        click("Try again");
        QTRY_VERIFY(said("Not saved").isEmpty());
        checkWhole(run, 2);
    }

    void closingAsksBeforeAnythingIsLost() {
        testing::writeAll(kept(), "a file where the folder should be");
        open(/*epochs=*/1);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(session().trained() && !isUnderWay(phase()), 60'000);
        window_->close();
        QVERIFY(window_->isVisible());
        auto* question = window_->findChild<QMessageBox*>();
        QVERIFY(question != nullptr);
        for (QAbstractButton* choice : question->buttons()) {
            if (question->buttonRole(choice) == QMessageBox::DestructiveRole) {
                QTest::mouseClick(choice, Qt::LeftButton);
            }
        }
        QTRY_VERIFY(!window_->isVisible());
    }

    void closingSavesTheRunOfAnExperimentElsewhere() {
        startExperiment();
        ExperimentSession& experiments = window_->findings().experiments();
        fs::rename(experiments.experiment()->folder, folder_->path() / "unplugged");
        allowEpochs(kNoLimit);
        QTRY_VERIFY_WITH_TIMEOUT(!experiments.isRunning() && experiments.isUnsaved(), 60'000);

        window_->close();
        QVERIFY(window_->isVisible());
        auto* question = window_->findChild<QMessageBox*>();
        QVERIFY(question != nullptr);
        for (QAbstractButton* choice : question->buttons()) {
            if (question->buttonRole(choice) == QMessageBox::AcceptRole) {
                QTest::mouseClick(choice, Qt::LeftButton);
            }
        }
        auto* dialog = window_->findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        emit dialog->fileSelected(QString::fromStdString(elsewhere().string()));
        dialog->close();
        QTRY_VERIFY_WITH_TIMEOUT(!experiments.isUnsaved(), 60'000);
        QCOMPARE(readRun(elsewhere() / "seed-1").models[0].epochs.size(), std::size_t{2});
        window_->close();
        QVERIFY(!window_->isVisible());
    }

    void anInterruptedExperimentIsOfferedAndGoesOn() {
        const fs::path folder = cutOffExperiment();
        window_.reset();
        open(/*epochs=*/1);
        QTRY_VERIFY_WITH_TIMEOUT(button("Resume") != nullptr, 60'000);
        click("Resume");
        QCOMPARE(window_->page(), Page::Findings);
        ExperimentSession& experiments = window_->findings().experiments();
        QTRY_VERIFY_WITH_TIMEOUT(experiments.experiment() && !nextRun(*experiments.experiment()),
                                 60'000);
        QCOMPARE(experiments.experiment()->folder, folder);
        QVERIFY(button("Resume") == nullptr);
    }

    void anExperimentThatWasLeftForATrainingIsNotOffered() {
        const fs::path folder = cutOffExperiment();
        fs::last_write_time(folder / "seed-1" / "batch" / kEpochsFile,
                            fs::file_time_type::clock::now() - std::chrono::hours(1));
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(session().trained() && !isUnderWay(phase()), 60'000);
        window_.reset();
        open(/*epochs=*/1);
        window_->findings();  // looks for one
        QTRY_VERIFY_WITH_TIMEOUT(!window_->isReading() && areTasksDone(), 60'000);
        QCoreApplication::processEvents();
        QVERIFY(button("Resume") == nullptr);
    }

    void aFolderThatIsOpenedIsWorthStoringAtOnce() {
        open(/*epochs=*/1);
        const QSignalSpy stored(window_.get(), &MainWindow::stateChanged);
        const fs::path opened = folder_->path() / "opened";
        session().library().open(opened);
        QCOMPARE(stored.count(), 1);
        QCOMPARE(window_->state().openedRuns, std::vector{opened});
        session().library().close(opened);
        QCOMPARE(stored.count(), 2);
    }

    /// The program goes down in mid-training and is started again.
    void aTrainingThatWasCutOffIsOfferedAndGoesOn() {
        TrainingConfig config = withPreset({}, presets()[kDefaultPreset]);
        config.cycles = {3};
        config.batchSize = 32;
        const auto images = std::make_shared<const Dataset>(readDataset(folder_->path() / "data"));
        config.data = folder_->path() / "data";
        const fs::path run = kept() / "2026-11-26 09-00-00";
        {
            PreparedRun prepared = prepareNewRun(config, run, images);
            prepared.writer = RunWriter::create(prepared.run);
            for (std::size_t model = 0; model < 3; ++model) {
                ModelTraining training(prepared, model, &makeTrainer);
                while (training.history().epochs.size() < 1 + model / 2) {
                    training.step();
                }
            }
        }
        allowEpochs(1);
        open(/*epochs=*/9);
        QTRY_VERIFY_WITH_TIMEOUT(said("Message").contains("interrupted after epoch 1 of 3"),
                                 30'000);
        click("Resume");
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, 60'000);
        QVERIFY(said("Message").isEmpty());
        QCOMPARE(window_->trainPage().configuration().epochs(), 3);
        allowEpochs(kNoLimit);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        checkWhole(run, 3);

        PreparedRun whole = prepareNewRun(config, folder_->path() / "whole", images);
        whole.writer = RunWriter::create(whole.run);
        for (std::size_t model = 0; model < 3; ++model) {
            ModelTraining training(whole, model, &makeTrainer);
            while (!training.ended()) {
                training.step();
            }
            const fs::path label = config.models[model].label;
            for (const char* file : {kStepsFile, kModelFile, kCheckpointFile, kPredictionsFile}) {
                QCOMPARE(testing::readAll(run / label / file),
                         testing::readAll(whole.run.folder / label / file));
            }
        }
    }

    void whatWasEndedOnPurposeIsNotOfferedButCanGoOn() {
        allowEpochs(1);
        open(/*epochs=*/3);
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(epochsOf(0) == 1 && epochsOf(1) == 1 && epochsOf(2) == 1, 60'000);
        click("Stop");
        allowEpochs(kNoLimit);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        allowEpochs(1);
        open(/*epochs=*/3);
        QTRY_COMPARE(session().library().runs().size(), std::size_t{1});
        QVERIFY(said("Message").isEmpty());
        action("Runs")->trigger();
        auto* panel = window_->findChild<RunsPanel*>();
        QVERIFY(panel != nullptr);
        emit panel->resumeRequested(
            QString::fromStdString(session().library().runs()[0].folder.string()));
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Training, 60'000);
        allowEpochs(kNoLimit);
        QTRY_COMPARE_WITH_TIMEOUT(phase(), RunPhase::Ended, 60'000);
        checkWhole(runsIn(kept()).at(0), 3);
    }

    void aModelWithoutMemoryIsToldWithDetails() {
        open(/*epochs=*/2, [](const TrainerStart& start) -> std::unique_ptr<Trainer> {
            if (start.model == 1) {
                throw std::bad_alloc();
            }
            return makeTrainer(start);
        });
        click("Start training");
        QTRY_VERIFY_WITH_TIMEOUT(session().trained() && !isUnderWay(phase()), 60'000);
        QVERIFY2(said("Message").contains("not enough memory"), qPrintable(said("Message")));
        click("Copy");
        const QString copied = QGuiApplication::clipboard()->text();
        for (const char* part : {"not enough memory", "Model: ", "Qt 6", "LibTorch", "Folder: "}) {
            QVERIFY2(copied.contains(part), part);
        }
        QCOMPARE(epochsOf(0), std::size_t{2});
        QCOMPARE(epochsOf(2), std::size_t{2});
        QVERIFY(session().canContinue());
    }

    void diagnosticsAreCopied() {
        open(/*epochs=*/1);
        session().setData({});
        QTRY_VERIFY(session().images().has_value());
        action("Copy diagnostics")->trigger();
        const QString copied = QGuiApplication::clipboard()->text();
        for (const QString& part :
             {QStringLiteral("Normscope "), QStringLiteral("QCustomPlot 2"),
              QStringLiteral("LibTorch 1"), QStringLiteral("Cores: "), QStringLiteral("Kernels: "),
              QStringLiteral("BLAS: "), QStringLiteral("Locale: "), QStringLiteral("Platform: "),
              QString::fromStdString(session().images()->checksum)}) {
            QVERIFY2(copied.contains(part), qPrintable(copied));
        }
    }
};

QTEST_MAIN(KeptRunsTest)
#include "kept_runs_test.moc"
