#include "app/comparison_session.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <functional>

#include "app/live_run.h"
#include "app/run_browser.h"
#include "app/training_session.h"
#include "core/model_training.h"
#include "core/run_notes.h"
#include "core/run_writer.h"
#include "tests/app/small_mnist.h"
#include "tests/core/fake_trainer.h"
#include "ui/chart/metric_chart.h"
#include "ui/train/train_page.h"

using namespace normscope;
namespace fs = std::filesystem;

namespace {

/// Takes its time, so that much can happen before it comes to the end.
class SlowTrainer : public testing::FakeTrainer {
  public:
    using FakeTrainer::FakeTrainer;
    Slice step() override {
        QThread::usleep(300);
        return FakeTrainer::step();
    }
};

std::unique_ptr<Trainer> makeSlowTrainer(const TrainerStart& start) {
    return std::make_unique<SlowTrainer>(start);
}

constexpr int kManyEpochs = 1000;

}  // namespace

class ComparisonSessionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::shared_ptr<const Dataset> images_;
    std::unique_ptr<TrainPage> page_;
    std::unique_ptr<TrainingSession> training_;
    std::unique_ptr<ComparisonSession> session_;

    fs::path kept() const { return folder_->path() / "runs"; }

    static TrainingConfig configOf(const std::vector<std::string>& models, int epochs) {
        TrainingConfig config;
        for (const std::string& model : models) {
            config.models.push_back(parseModel(model));
        }
        config.cycles = {epochs};
        config.batchSize = 32;
        return config;
    }

    PreparedRun prepare(const fs::path& folder, const std::vector<std::string>& models,
                        int epochs) const {
        TrainingConfig config = configOf(models, epochs);
        config.data = images_->folder;
        return prepareNewRun(config, folder, images_);
    }

    fs::path train(const fs::path& folder, const std::vector<std::string>& models,
                   int epochs = 1) const {
        PreparedRun prepared = prepare(folder, models, epochs);
        prepared.writer = RunWriter::create(prepared.run);
        for (std::size_t model = 0; model < models.size(); ++model) {
            ModelTraining training(prepared, model, &testing::makeFakeTrainer);
            while (!training.ended()) {
                training.step();
            }
        }
        return folder;
    }

    void open(const std::vector<fs::path>& bundled = {}) {
        session_.reset();
        training_.reset();
        page_ = std::make_unique<TrainPage>();
        training_ = std::make_unique<TrainingSession>(
            *page_,
            TrainingSession::Folders{
                .bundledData = folder_->path() / "data", .runs = kept(), .bundledRuns = bundled},
            &makeSlowTrainer);
        session_ = std::make_unique<ComparisonSession>(*training_);
        settle();
    }

    void settle() { QTRY_VERIFY(!training_->library().isBusy() && !session_->isBusy()); }

    /// A line a model: run, label, look, epochs.
    QStringList text() const {
        QStringList lines;
        for (const ComparedModel& model : session_->models()) {
            lines << QStringLiteral("%1|%2|%3|%4")
                         .arg(model.runName, model.label)
                         .arg(model.variant)
                         .arg(model.history().epochs.size());
        }
        return lines;
    }

    static ModelRef ref(const fs::path& folder, int model) {
        return {QString::fromStdString(folder.string()), model};
    }

    QStringList curves() const {
        QStringList labels;
        for (const Curve& curve : page_->charts()[1]->content().curves) {
            labels << curve.description.label;
        }
        return labels;
    }

    /// A training of a few milliseconds may have ended by then.
    void waitForBegin(const std::function<void()>& begin) {
        QSignalSpy begun(training_.get(), &TrainingSession::runShown);
        begin();
        QTRY_VERIFY(!begun.isEmpty());
    }

    void start(const std::vector<std::string>& models, int epochs) {
        waitForBegin([&] { training_->start(configOf(models, epochs)); });
    }

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
        qputenv("HOME", folder_->path().string().c_str());
        qputenv("XDG_DATA_HOME", (folder_->path() / "data home").string().c_str());
        fs::create_directories(folder_->path() / "data home");
        testing::writeSmallMnist(folder_->path() / "data");
        images_ = std::make_shared<const Dataset>(readDataset(folder_->path() / "data"));
    }

    void cleanup() {
        session_.reset();
        training_.reset();
        page_.reset();
        folder_.reset();
    }

    void firstComesWhatCameWithTheProgram() {
        const fs::path bundled =
            train(folder_->path() / "share" / "pretrained", {"batch=batch", "layer=layer"}, 2);
        open({bundled});
        QCOMPARE(text(), (QStringList{"pretrained|batch|0|2", "pretrained|layer|0|2"}));
        QCOMPARE(curves(), (QStringList{"batch", "layer"}));
        // It is there to be looked at: it cannot go on, and no settings are taken from it.
        QCOMPARE(training_->phase(), RunPhase::Idle);
        QVERIFY(training_->shownFolder().empty());
        QVERIFY(session_->dataset() != nullptr);
        QCOMPARE(session_->dataset()->checksum, images_->checksum);
    }

    void withoutAnyRunNothingIsCompared() {
        open();
        QVERIFY(session_->models().empty());
        QVERIFY(session_->dataset() == nullptr);
    }

    void followsATrainingEpochByEpoch() {
        const fs::path bundled = train(folder_->path() / "share" / "pretrained", {"group=group"});
        open({bundled});
        QSignalSpy changed(session_.get(), &ComparisonSession::changed);
        start({"batch=batch", "batch 2=batch"}, 3);
        QCOMPARE(session_->models().size(), std::size_t{2});
        QCOMPARE(session_->models()[1].variant, 1);
        const auto first = changed.front().front().value<Comparison>()[0].run;
        QTRY_COMPARE(training_->phase(), RunPhase::Ended);
        settle();
        QVERIFY(changed.count() >= 2);
        QCOMPARE(first->models[0].epochs.size(), std::size_t{0});  // what was told stays
        const Run& run = *session_->models()[0].run;
        const Run saved = readRun(run.folder);
        for (std::size_t model = 0; model < 2; ++model) {
            QCOMPARE(run.models[model].steps, saved.models[model].steps);
            QCOMPARE(run.models[model].epochs, saved.models[model].epochs);
            QCOMPARE(run.models[model].epochPredictions, saved.models[model].epochPredictions);
            QCOMPARE(run.models[model].evaluation->predictions,
                     saved.models[model].evaluation->predictions);
            QCOMPARE(run.models[model].outcome, Outcome::Finished);
        }
    }

    void aRunThatGoesOnKeepsWhatItHad() {
        const fs::path monday = train(kept() / "Monday", {"batch=batch"}, 2);
        open();
        training_->openRun(monday);
        QTRY_COMPARE(training_->phase(), RunPhase::Ended);
        waitForBegin([&] { training_->continueRun(/*moreEpochs=*/1); });
        QTRY_COMPARE(training_->phase(), RunPhase::Ended);
        settle();
        QCOMPARE(text(), QStringList{"Monday|batch|0|3"});
        const ModelHistory saved = readRun(monday).models[0];
        QCOMPARE(session_->models()[0].history().steps, saved.steps);
        QCOMPARE(session_->models()[0].history().epochPredictions, saved.epochPredictions);
    }

    void aTrainingThatCannotBeSavedIsComparedAllTheSame() {
        testing::writeAll(kept(), "a file where the folder should be");
        open();
        start({"batch=batch"}, 2);
        QTRY_VERIFY(!isUnderWay(training_->phase()));
        QCOMPARE(text(), QStringList{"This training|batch|0|2"});
        QVERIFY(session_->models()[0].run->folder.empty());
        session_->writeNotes({}, "still known");
        QCOMPARE(session_->models()[0].run->notes, std::string("still known"));
    }

    void modelsOfAnyRunsAreCompared() {
        const fs::path monday = train(kept() / "Monday", {"batch=batch", "layer=layer"}, 1);
        const fs::path tuesday = train(kept() / "Tuesday", {"batch=batch", "group=group"}, 3);
        open();
        session_->choose({ref(monday, 0), ref(tuesday, 1), ref(tuesday, 0)});
        settle();
        QCOMPARE(text(), (QStringList{"Monday|batch (Monday)|0|1", "Tuesday|group|0|3",
                                      "Tuesday|batch (Tuesday)|1|3"}));
        QCOMPARE(curves(), (QStringList{"batch (Monday)", "group", "batch (Tuesday)"}));
        // Each in its own epochs, and none of them can go on.
        QCOMPARE(page_->charts()[1]->content().curves[0].data.xs(), (std::vector{1.0}));
        QCOMPARE(page_->charts()[1]->content().curves[1].data.xs(), (std::vector{1.0, 2.0, 3.0}));
        QCOMPARE(page_->charts()[1]->content().plannedEpochs, 3);
        QCOMPARE(training_->phase(), RunPhase::Idle);
        QVERIFY(page_->caption().contains("batch (Tuesday)"));

        session_->choose({ref(monday, 0), ref(monday, 1)});
        settle();
        QCOMPARE(training_->shownFolder(), monday);  // a whole run, which can
        QCOMPARE(training_->phase(), RunPhase::Ended);
    }

    void runsOfTheSameNameAreToldApart() {
        const fs::path one = train(folder_->path() / "a" / "run", {"batch=batch"});
        const fs::path two = train(folder_->path() / "b" / "run", {"batch=batch"});
        open();
        session_->choose({ref(one, 0), ref(two, 0)});
        settle();
        QCOMPARE(text(), (QStringList{"run|batch (run)|0|1", "run|batch (run) 2|1|1"}));
    }

    /// Page Train shows what is in training until it has ended.
    void whatIsChosenDuringATrainingWaitsForPageTrain() {
        const fs::path monday = train(kept() / "Monday", {"batch=batch"});
        open();
        start({"layer=layer", "group=group"}, kManyEpochs);
        const fs::path present = training_->shownFolder();
        session_->choose({ref(present, 1), ref(monday, 0)});
        settle();
        QCOMPARE(session_->models().size(), std::size_t{2});
        QCOMPARE(session_->models()[1].label, QStringLiteral("batch"));
        QCOMPARE(curves(), (QStringList{"layer", "group"}));
        QTRY_VERIFY(session_->models()[0].history().epochs.size() > 1);
        training_->stop();
        QTRY_VERIFY(!isUnderWay(training_->phase()));
        QCOMPARE(curves(), (QStringList{"group", "batch"}));
    }

    void anOpenedRunIsCompared() {
        const fs::path monday = train(kept() / "Monday", {"batch=batch"});
        const fs::path elsewhere =
            train(folder_->path() / "elsewhere", {"layer=layer", "group=group"});
        open();
        session_->choose({ref(monday, 0)});
        settle();
        training_->openRun(elsewhere);
        QTRY_COMPARE(training_->phase(), RunPhase::Ended);
        settle();
        QCOMPARE(text(), (QStringList{"elsewhere|layer|0|1", "elsewhere|group|0|1"}));
        QCOMPARE(page_->configuration().models.size(), std::size_t{2});
        QCOMPARE(training_->library().opened(), std::vector{elsewhere});
    }

    void everythingFollowsARename() {
        const fs::path monday = train(kept() / "Monday", {"batch=batch"});
        open();
        session_->choose({ref(monday, 0)});
        settle();
        training_->library().rename(monday, "With L1");
        settle();
        QCOMPARE(text(), QStringList{"With L1|batch|0|1"});
        QCOMPARE(session_->models()[0].run->folder, kept() / "With L1");
        QCOMPARE(training_->shownFolder(), kept() / "With L1");
        QCOMPARE(session_->chosen(), std::vector{ref(kept() / "With L1", 0)});
    }

    void aRunInTheTrashIsComparedNoLonger() {
        const fs::path monday = train(kept() / "Monday", {"batch=batch"});
        const fs::path tuesday = train(kept() / "Tuesday", {"group=group"});
        open();
        session_->choose({ref(monday, 0), ref(tuesday, 0)});
        settle();
        training_->library().moveToTrash(monday);
        settle();
        QCOMPARE(text(), QStringList{"Tuesday|group|0|1"});
        training_->library().moveToTrash(tuesday);
        settle();
        QVERIFY(session_->models().empty());
        QCOMPARE(training_->phase(), RunPhase::Idle);
    }

    void aRunThatCannotBeReadIsLeftOut() {
        const fs::path monday = train(kept() / "Monday", {"batch=batch"});
        open();
        QSignalSpy failed(session_.get(), &ComparisonSession::failed);
        session_->choose({ref(monday, 0), ref(kept() / "nowhere", 0)});
        settle();
        QCOMPARE(text(), QStringList{"Monday|batch|0|1"});
        QCOMPARE(failed.count(), 1);
        QVERIFY(failed.front().front().toString().contains("nowhere"));
    }

    void whatIsDamagedInsideAFileIsTold() {
        const fs::path monday = train(kept() / "Monday", {"batch=batch", "layer=layer"});
        testing::writeAll(monday / "layer" / kPredictionsFile, "no predictions");
        open();
        QSignalSpy failed(session_.get(), &ComparisonSession::failed);
        session_->choose({ref(monday, 0), ref(monday, 1)});
        settle();
        QCOMPARE(text(), (QStringList{"Monday|batch|0|1", "Monday|layer|0|1"}));
        QCOMPARE(failed.count(), 1);
        QVERIFY(failed.front().front().toString().contains(kPredictionsFile));
    }

    void notesAreKeptWithTheRun() {
        const fs::path monday = train(kept() / "Monday", {"batch=batch"});
        open();
        session_->choose({ref(monday, 0)});
        settle();
        QSignalSpy changed(session_.get(), &ComparisonSession::changed);
        session_->writeNotes(monday, "Nice.");
        QCOMPARE(session_->models()[0].run->notes, std::string("Nice."));
        settle();
        QCOMPARE(readNotes(monday), std::optional<std::string>("Nice."));
        QCOMPARE(changed.count(), 0);  // whoever types is not interrupted
    }

    void notesOfARunInTrainingSurviveIt() {
        open();
        start({"batch=batch"}, kManyEpochs);
        session_->writeNotes(training_->shownFolder(), "In the middle.");
        const auto epochs = [this] { return session_->models()[0].history().epochs.size(); };
        const auto before = epochs();
        QTRY_VERIFY(epochs() > before);
        QCOMPARE(session_->models()[0].run->notes, std::string("In the middle."));
        training_->stop();
        QTRY_VERIFY(!isUnderWay(training_->phase()));
        QCOMPARE(readNotes(training_->shownFolder()), std::optional<std::string>("In the middle."));
    }

    void theBrowserListsWhatIsInTraining() {
        train(kept() / "Monday", {"batch=batch"});
        open();
        const RunBrowser browser(*training_, *session_);
        start({"layer=layer"}, kManyEpochs);
        QTRY_VERIFY(training_->trained()->models[0].epochs.size() > 1);
        training_->library().refresh();
        settle();
        std::vector<RunEntry> entries = browser.entries();
        QCOMPARE(entries.size(), std::size_t{2});
        QCOMPARE(entries[0].kind, RunEntry::Kind::UnderWay);
        QCOMPARE(entries[0].models[0].wrong, std::optional(1));
        QCOMPARE(entries[1].name, QStringLiteral("Monday"));
        QCOMPARE(entries[1].kind, RunEntry::Kind::Kept);
        training_->stop();
        QTRY_VERIFY(!isUnderWay(training_->phase()));
        training_->library().refresh();
        settle();
        entries = browser.entries();
        QCOMPARE(entries.size(), std::size_t{2});
        QCOMPARE(entries[1].kind, RunEntry::Kind::Kept);
    }
};

QTEST_MAIN(ComparisonSessionTest)
#include "comparison_session_test.moc"
