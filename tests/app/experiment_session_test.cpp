#include "app/experiment_session.h"

#include <QDeadlineTimer>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <chrono>

#include "core/model_training.h"
#include "core/run_writer.h"
#include "tests/app/small_mnist.h"
#include "tests/core/fake_trainer.h"
#include "tests/named_widget.h"
#include "ui/experiment/experiment_view.h"

using namespace normscope;

namespace {

/// Takes its time, so that commands come between.
class SlowTrainer : public testing::FakeTrainer {
  public:
    using FakeTrainer::FakeTrainer;
    Slice step() override {
        QThread::usleep(static_cast<unsigned long>(microseconds.load()));
        return FakeTrainer::step();
    }
    static inline std::atomic<int> microseconds = 0;
};

std::unique_ptr<Trainer> makeSlowTrainer(const TrainerStart& start) {
    return std::make_unique<SlowTrainer>(start);
}

}  // namespace

class ExperimentSessionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::unique_ptr<ExperimentView> view_;
    std::unique_ptr<ExperimentSession> session_;

    ExperimentSpec spec() {
        ExperimentSpec spec;
        spec.base.models = {parseModel("batch=batch"), parseModel("layer=layer")};
        spec.base.cycles = {2};
        spec.base.data = folder_->path() / "data";
        spec.seeds = 3;
        return spec;
    }

    /// With more epochs than pass before a test has seen the first.
    ExperimentSpec lastingSpec() {
        ExperimentSpec lasting = spec();
        lasting.base.cycles = {20};
        return lasting;
    }

    void makeSession() {
        session_.reset();
        view_ = std::make_unique<ExperimentView>();
        view_->show();
        session_ = std::make_unique<ExperimentSession>(
            *view_, ExperimentSession::Folders{folder_->path() / "experiments"},
            std::make_shared<DatasetCache>(std::filesystem::path()), &makeSlowTrainer);
    }

    QString message() {
        const auto* strip = testing::namedWidget<QWidget>(*view_, QStringLiteral("Message"));
        return strip->isVisible() ? strip->accessibleDescription() : QString();
    }

    bool isComplete() {
        return session_->experiment() && !nextRun(*session_->experiment()) &&
               !session_->isRunning();
    }

    std::filesystem::path onlyFolder() {
        return std::filesystem::directory_iterator(folder_->path() / "experiments")->path();
    }

    /// Its folder is gone in mid-training, so that a run is in memory alone.
    void unplug(const std::filesystem::path& to) {
        SlowTrainer::microseconds = 3000;
        session_->start(lastingSpec());
        QTRY_VERIFY_WITH_TIMEOUT(session_->experiment() && session_->experiment()->runs[0].run &&
                                     !session_->experiment()->runs[0].run->models[0].epochs.empty(),
                                 60'000);
        const std::filesystem::path folder = onlyFolder();
        std::filesystem::rename(folder, to);
        QTRY_VERIFY_WITH_TIMEOUT(message().contains("goes on in memory"), 60'000);
        QVERIFY(message().contains(QString::fromStdString((folder / "seed-1").string())));
        SlowTrainer::microseconds = 0;
        QTRY_VERIFY_WITH_TIMEOUT(!session_->isRunning(), 60'000);
        QVERIFY2(message().contains("in memory alone"), qPrintable(message()));
        QVERIFY(session_->isUnsaved());
    }

    /// An experiment whose first comparison is whole and whose second has one epoch of two. Its
    /// last epoch was written so many hours ago. Somebody trains it as long as the writer lives.
    std::shared_ptr<RunWriter> interrupt(const std::filesystem::path& folder, int hoursAgo) {
        const std::shared_ptr<const Dataset> dataset =
            std::make_shared<const Dataset>(readDataset(folder_->path() / "data"));
        const Experiment experiment = createExperiment(spec(), folder);
        std::shared_ptr<RunWriter> writer;
        for (const std::size_t run : {0U, 1U}) {
            const PreparedRun prepared =
                prepareExperimentRun(experiment, run, dataset, &makeSlowTrainer);
            for (std::size_t model = 0; model < prepared.run.models.size(); ++model) {
                ModelTraining training(prepared, model, &makeSlowTrainer);
                while (!training.ended() && (run == 0 || training.history().epochs.empty())) {
                    training.step();
                }
                std::filesystem::last_write_time(
                    prepared.run.folder / prepared.run.config.models[model].label / kEpochsFile,
                    std::filesystem::file_time_type::clock::now() - std::chrono::hours(hoursAgo));
            }
            writer = prepared.writer;
        }
        return writer;
    }

    /// The folder and the sentence that the session begins with; empty if it offers nothing.
    std::pair<std::filesystem::path, QString> offered() {
        makeSession();
        std::pair<std::filesystem::path, QString> offer;
        connect(session_.get(), &ExperimentSession::offered, this,
                [&](const InterruptedExperiment& experiment, const QString& sentence) {
                    offer = {experiment.folder, sentence};
                });
        // The thread that looks for one reads this after that.
        QSignalSpy read(session_.get(), &ExperimentSession::runningChanged);
        session_->goOnWith(folder_->path() / "none");
        [&] { QTRY_COMPARE_WITH_TIMEOUT(read.count(), 2, 60'000); }();
        disconnect(session_.get(), &ExperimentSession::offered, this, nullptr);
        return offer;
    }

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
        SlowTrainer::microseconds = 0;
        folder_ = std::make_unique<testing::TemporaryFolder>();
        testing::writeSmallMnist(folder_->path() / "data");
        makeSession();
    }
    void cleanup() {
        session_.reset();
        view_.reset();
    }

    void runsToTheEnd() {
        QSignalSpy running(session_.get(), &ExperimentSession::runningChanged);
        emit view_->startRequested(spec());
        QVERIFY(session_->isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        QCOMPARE(running.count(), 2);
        QCOMPARE(message(), QString());
        const Experiment read = readExperiment(onlyFolder());
        QCOMPARE(read.problems.size(), std::size_t{0});
        QVERIFY(!nextRun(read));
        QCOMPARE(read.spec.base.threads, 1);
        QCOMPARE(read.runs[2].run->config.seed, std::uint64_t{3});
        // What is shown is what is on the disk.
        QVERIFY(session_->experiment()->runs[1].run->models[1].epochs ==
                read.runs[1].run->models[1].epochs);
    }

    void whatWasInterruptedIsOfferedAndGoesOn() {
        const std::filesystem::path folder = folder_->path() / "experiments" / "cut off";
        interrupt(folder, 1);
        interrupt(folder_->path() / "experiments" / "left", 2);
        const auto [offer, sentence] = offered();
        QCOMPARE(offer, folder);
        QVERIFY2(sentence.contains("cut off was interrupted; 1 of its 3"), qPrintable(sentence));
        session_->goOnWith(offer);
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        QVERIFY(!nextRun(readExperiment(folder)));
        // The other one was left for it.
        QCOMPARE(offered().first, std::filesystem::path());
    }

    void whatSomebodyTrainsIsNotOffered() {
        const std::filesystem::path folder = folder_->path() / "experiments" / "busy";
        std::shared_ptr<RunWriter> held = interrupt(folder, 1);
        QCOMPARE(offered().first, std::filesystem::path());
        held.reset();
        QCOMPARE(offered().first, folder);
    }

    void stopsAndGoesOn() {
        SlowTrainer::microseconds = 3000;
        session_->start(lastingSpec());
        QTRY_VERIFY_WITH_TIMEOUT(session_->experiment() && session_->experiment()->runs[1].run &&
                                     !session_->experiment()->runs[1].run->models[0].epochs.empty(),
                                 60'000);
        session_->stop();
        QVERIFY(session_->isRunning());  // until what was measured is written
        QTRY_VERIFY(!session_->isRunning());
        QVERIFY(session_->experiment()->runs[0].complete);
        QVERIFY(!session_->experiment()->runs[1].complete);
        auto* resume =
            testing::namedWidget<QPushButton>(*view_, QStringLiteral("Continue experiment"));
        QVERIFY(resume->isVisible());

        SlowTrainer::microseconds = 0;
        const std::filesystem::path folder = onlyFolder();
        const std::string finished = testing::readAll(folder / "seed-1" / kComparisonFile);
        makeSession();  // as after a new start of the program
        session_->open(folder);
        QTRY_VERIFY(session_->experiment() != nullptr);
        QVERIFY(!session_->isRunning());
        emit view_->resumeRequested();
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        QCOMPARE(testing::readAll(folder / "seed-1" / kComparisonFile), finished);
        QCOMPARE(readRun(folder / "seed-2").models[0].steps.size(), std::size_t{200});
    }

    void stopsWhileItReads() {
        session_->start(spec());
        session_->stop();
        QTRY_VERIFY(!session_->isRunning());
        QVERIFY(session_->experiment() != nullptr);
        QVERIFY(nextRun(*session_->experiment()).has_value());
        QCOMPARE(offered().first, std::filesystem::path());  // it was stopped, not cut off
    }

    void stopsWhileAComparisonIsPrepared() {
        SlowTrainer::microseconds = 3000;
        session_->start(lastingSpec());
        QDeadlineTimer deadline(60'000);
        while (!session_->experiment() && !deadline.hasExpired()) {
            QCoreApplication::processEvents();
        }
        session_->stop();  // its first one is on the way
        QTRY_VERIFY_WITH_TIMEOUT(!session_->isRunning(), 60'000);
        QCOMPARE(readRun(onlyFolder() / "seed-1").models[0].outcome, Outcome::Stopped);
    }

    void showsProgressAndWhatWasMeasuredSoFar() {
        SlowTrainer::microseconds = 3000;
        session_->start(lastingSpec());
        const auto* bar = testing::namedWidget<QProgressBar>(
            *view_, QStringLiteral("Progress of the experiment"));
        QTRY_VERIFY(bar->isVisible() && bar->value() > 0);
        QTRY_VERIFY(session_->experiment()->runs[0].run &&
                    !session_->experiment()->runs[0].run->models[0].epochs.empty());
        QVERIFY(bar->value() < 700);
        QVERIFY(!session_->experiment()->runs[0].complete);
    }

    void waitsForATraining() {
        session_->setObstacle("A training is under way.");
        session_->start(spec());
        QVERIFY(!session_->isRunning());
        QCOMPARE(message(), QStringLiteral("A training is under way."));
        QVERIFY(!std::filesystem::exists(folder_->path() / "experiments"));
        session_->setObstacle({});
        session_->start(spec());
        QVERIFY(session_->isRunning());
        QCOMPARE(message(), QString());
    }

    void startsNoSecondOne() {
        SlowTrainer::microseconds = 1000;
        session_->start(spec());
        session_->start(spec());
        session_->open(folder_->path());
        QTRY_VERIFY(session_->experiment() && session_->experiment()->runs[0].run);
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder_->path() / "experiments"),
                               std::filesystem::directory_iterator{}),
                 std::ptrdiff_t{1});
    }

    void saysWhatCannotBeReadOrWritten() {
        session_->open(folder_->path() / "nowhere");
        QTRY_VERIFY(message().contains("nowhere"));
        ExperimentSpec elsewhere = spec();
        elsewhere.base.data = folder_->path() / "no images";
        session_->start(elsewhere);
        QTRY_VERIFY(!session_->isRunning());
        QVERIFY(message().contains("no images"));
        QVERIFY(!std::filesystem::exists(folder_->path() / "experiments"));
        testing::writeAll(folder_->path() / "experiments", "in the way");
        session_->start(spec());
        QTRY_VERIFY(!session_->isRunning());
        QVERIFY(message().contains("experiments"));
    }

    void aDamagedOneIsShownButNotWrittenOver() {
        session_->start(spec());
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        const std::filesystem::path folder = onlyFolder();
        testing::writeAll(folder / "seed-2" / kComparisonFile, "{");
        session_->open(folder);
        QTRY_VERIFY(message().contains("seed-2"));
        QCOMPARE(session_->experiment()->runs[0].run->models[0].epochs.size(), std::size_t{2});
        session_->resume();
        QTRY_VERIFY(!session_->isRunning());
        QCOMPARE(testing::readAll(folder / "seed-2" / kComparisonFile), std::string("{"));
    }

    void goesOnWhereAModelDiverges() {
        ExperimentSpec diverging = spec();
        diverging.kind = ExperimentKind::BatchSize;
        diverging.base.learningRate = 0.9;  // the fake diverges above 1
        diverging.sizes = {128, 64};
        session_->start(diverging);
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        const Experiment& experiment = *session_->experiment();
        QCOMPARE(experiment.runs[0].run->models[0].outcome, Outcome::Failed);
        QCOMPARE(experiment.runs[1].run->models[0].outcome, Outcome::Finished);
    }

    void whatTheDiskDoesNotTakeIsKeptAndWrittenWhenContinued() {
        const std::filesystem::path unplugged = folder_->path() / "unplugged";
        unplug(unplugged);
        const std::filesystem::path folder = session_->experiment()->folder;
        session_->start(spec());
        QVERIFY(!session_->isRunning());
        view_->setMessage({});
        session_->open(unplugged);
        QVERIFY2(message().contains("in memory alone"), qPrintable(message()));

        std::filesystem::rename(unplugged, folder);
        session_->resume();
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
        QVERIFY(!session_->isUnsaved());
        const Experiment read = readExperiment(folder);
        QVERIFY(read.problems.empty());
        QCOMPARE(read.runs[0].run->models[0].epochs.size(),
                 read.runs[1].run->models[0].epochs.size());
    }

    void whatTheDiskDoesNotTakeIsSavedElsewhere() {
        const std::filesystem::path unplugged = folder_->path() / "unplugged";
        unplug(unplugged);
        testing::writeAll(folder_->path() / "no folder", "but a file");
        session_->saveElsewhere(folder_->path() / "no folder");
        QTRY_VERIFY(message().contains("no folder"));
        QVERIFY(session_->isUnsaved());

        const std::filesystem::path elsewhere = folder_->path() / "elsewhere";
        std::filesystem::create_directories(elsewhere);
        session_->saveElsewhere(elsewhere);
        QTRY_VERIFY(!session_->isUnsaved());
        QVERIFY2(message().contains(QString::fromStdString((elsewhere / "seed-1").string())),
                 qPrintable(message()));
        const Run saved = readRun(elsewhere / "seed-1");
        QVERIFY(saved.problems.empty());
        for (const ModelHistory& model : saved.models) {
            QCOMPARE(model.epochs.size(), std::size_t{20});
        }

        // Nothing keeps from others now, nor from this one.
        std::filesystem::rename(unplugged, session_->experiment()->folder);
        session_->resume();
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(), 60'000);
    }

    /// But for divergence it would fail again, without end.
    void endsWhereAModelFails() {
        ExperimentSpec failing = spec();
        failing.base.seed = 666;
        session_->start(failing);
        QTRY_VERIFY_WITH_TIMEOUT(message().contains("The fake trainer fails."), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!session_->isRunning(), 60'000);
        QVERIFY(!session_->experiment()->runs[0].complete);
        QVERIFY(session_->experiment()->runs[1].run == nullptr);
    }

    void dyingInTheMiddleLosesNoEpoch() {
        SlowTrainer::microseconds = 1000;
        session_->start(spec());
        QTRY_VERIFY(session_->experiment() && session_->experiment()->runs[0].run &&
                    !session_->experiment()->runs[0].run->models[0].epochs.empty());
        session_.reset();
        const Experiment read = readExperiment(onlyFolder());
        QCOMPARE(read.problems.size(), std::size_t{0});
        QVERIFY(!read.runs[0].run->models[0].epochs.empty());
    }
};

QTEST_MAIN(ExperimentSessionTest)
#include "experiment_session_test.moc"
