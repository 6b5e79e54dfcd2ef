#include "app/run_library.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include "app/run_name.h"
#include "core/model_training.h"
#include "core/run_notes.h"
#include "core/run_writer.h"
#include "tests/core/fake_trainer.h"
#include "tests/core/run_holder.h"
#include "tests/core/support.h"

using namespace normscope;
namespace fs = std::filesystem;

/// Run folders on a disk of their own, with the trash of a home of their own.
class RunLibraryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::unique_ptr<RunLibrary> library_;
    QString failure_;

    fs::path kept() const { return folder_->path() / "runs"; }
    fs::path bundled() const { return folder_->path() / "share" / "pretrained"; }

    /// Two models, trained to the end without torch.
    static fs::path train(const fs::path& folder, int epochs = 2) {
        TrainingConfig config;
        config.models = {parseModel("batch=batch"), parseModel("two=group")};
        config.cycles = {epochs};
        config.batchSize = 8;
        PreparedRun prepared = prepareNewRun(config, folder, testing::makeDataset(32, 10));
        prepared.writer = RunWriter::create(prepared.run);
        for (std::size_t model = 0; model < config.models.size(); ++model) {
            ModelTraining training(prepared, model, &testing::makeFakeTrainer);
            while (!training.ended()) {
                training.step();
            }
        }
        return folder;
    }

    void settle() { QTRY_VERIFY(!library_->isBusy()); }

    QStringList names() const {
        QStringList names;
        for (const ListedRun& run : library_->runs()) {
            names << run.name;
        }
        return names;
    }

    std::shared_ptr<const Run> load(const fs::path& folder) {
        std::shared_ptr<const Run> loaded;
        QObject context;
        connect(library_.get(), &RunLibrary::loaded, &context,
                [&](const std::shared_ptr<const Run>& run) { loaded = run; });
        library_->load(folder);
        settle();
        return loaded;
    }

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
        const QByteArray home = (folder_->path() / "home").string().c_str();
        fs::create_directories(folder_->path() / "home" / "data");
        qputenv("HOME", home);
        qputenv("XDG_DATA_HOME", home + "/data");
        library_ = std::make_unique<RunLibrary>(
            RunLibrary::Places{.kept = kept(), .bundled = {bundled()}});
        failure_.clear();
        connect(library_.get(), &RunLibrary::failed, this,
                [this](const fs::path&, const QString& sentence) { failure_ = sentence; });
    }

    void cleanup() {
        library_.reset();
        folder_.reset();
    }

    void listsOpenedThenKeptNewestFirstThenBundled() {
        train(bundled());
        train(kept() / "2026-11-25 14-03-22");
        train(kept() / "2026-11-26 09-00-00 (2)");
        const fs::path elsewhere = train(folder_->path() / "elsewhere");
        const fs::path other = train(folder_->path() / "other");
        fs::create_directories(kept() / "no run");
        testing::writeAll(kept() / "a file", "");
        library_->open(elsewhere);
        QCOMPARE(library_->open(folder_->path() / "other" / ""), other);
        library_->open(kept() / "2026-11-25 14-03-22");  // is on the list already
        settle();
        QCOMPARE(names(), (QStringList{"other", "elsewhere", "2026-11-26 09:00:00 (2)",
                                       "2026-11-25 14:03:22", "pretrained"}));
        QCOMPARE(library_->opened(), (std::vector{other, elsewhere}));
        const ListedRun& run = library_->runs()[2];
        QCOMPARE(run.origin, RunOrigin::Kept);
        QCOMPARE(run.when, QDateTime(QDate(2026, 11, 26), QTime(9, 0)));
        QVERIFY(run.problems.isEmpty());
        QCOMPARE(run.listing->summaries[1].wrong, std::optional(1));
        QCOMPARE(run.listing->summaries[1].epochs, 2);
        QCOMPARE(run.listing->saved, (std::vector{true, true}));
        QVERIFY(library_->runs()[0].when.secsTo(QDateTime::currentDateTime()) < 3600);
    }

    void aDamagedRunOpensAsFarAsItIsWhole() {
        const fs::path run = train(kept() / "hurt");
        fs::remove(run / "batch" / kPredictionsFile);
        testing::writeAll(run / "two" / kEpochsFile, "no epochs");
        library_->refresh();
        settle();
        QCOMPARE(library_->runs()[0].problems,
                 QStringList{QString::fromStdString((run / "batch" / kPredictionsFile).string()) +
                             " is missing."});
        const auto read = load(run);
        QCOMPARE(read->models[0].epochs.size(), std::size_t{2});
        QVERIFY(!read->models[0].evaluation);
        QCOMPARE(read->problems.size(), std::size_t{2});
        QVERIFY(read->problems[0].find("epochs.csv") != std::string::npos);

        testing::writeAll(run / kComparisonFile, "{");
        library_->refresh();
        settle();
        QVERIFY(library_->runs()[0].listing == nullptr);
        QVERIFY(library_->runs()[0].problems[0].contains("comparison.json"));
        QVERIFY(!load(run));
        QVERIFY(failure_.contains("comparison.json"));
    }

    void aRunThatSomebodyHoldsIsReadOnceAndAgainWhenItChanges() {
        const fs::path folder = train(kept() / "run", /*epochs=*/1);
        auto run = load(folder);
        QCOMPARE(load(folder).get(), run.get());
        QSignalSpy loaded(library_.get(), &RunLibrary::loaded);
        library_->refresh();
        settle();
        QCOMPARE(loaded.count(), 0);
        fs::remove_all(folder);
        train(folder, /*epochs=*/3);
        library_->refresh();
        settle();
        QCOMPARE(loaded.count(), 1);
        const auto again = loaded.front().front().value<std::shared_ptr<const Run>>();
        QCOMPARE(again->models[0].epochs.size(), std::size_t{3});
        QCOMPARE(run->models[0].epochs.size(), std::size_t{1});
    }

    void aKeptRunIsRenamed() {
        const fs::path run = train(kept() / "2026-11-25 14-03-22");
        QSignalSpy renamed(library_.get(), &RunLibrary::renamed);
        library_->rename(run, "  With L1 ");
        settle();
        QCOMPARE(failure_, QString());
        QCOMPARE(renamed.count(), 1);
        QCOMPARE(renamed.front()[0].value<fs::path>(), run);
        QCOMPARE(renamed.front()[1].value<fs::path>(), kept() / "With L1");
        QCOMPARE(names(), QStringList{"With L1"});
        library_->rename(kept() / "With L1", "2026-11-25 14:03:22 again");
        settle();
        QVERIFY(fs::exists(kept() / "2026-11-25 14-03-22 again" / kComparisonFile));
        QCOMPARE(names(), QStringList{"2026-11-25 14:03:22 again"});
    }

    void namesThatCannotBeAreRefused_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("why");
        QTest::newRow("empty") << "  "
                               << "needs a name";
        QTest::newRow("slash") << "a/b"
                               << "slash";
        QTest::newRow("dots") << ".."
                              << "dot";
        QTest::newRow("long") << QString(300, 'x') << "too long";
        QTest::newRow("existing") << "other"
                                  << "already";
    }
    void namesThatCannotBeAreRefused() {
        QFETCH(QString, name);
        QFETCH(QString, why);
        const fs::path run = train(kept() / "run");
        fs::create_directories(kept() / "other");  // empty: a plain rename would replace it
        library_->rename(run, name);
        settle();
        QVERIFY2(failure_.contains(why), qPrintable(failure_));
        QVERIFY(fs::exists(run / kComparisonFile));
        QVERIFY(fs::is_empty(kept() / "other"));
    }

    void aBundledRunTakesNoNotes() {
        train(bundled());
        library_->writeNotes(bundled(), QStringLiteral("Seen."));
        settle();
        QVERIFY(!failure_.isEmpty());
        QCOMPARE(readRun(bundled()).notes, std::string());
    }

    void onlyKeptRunsThatAreNotUnderWayAreTouched() {
        train(bundled());
        const fs::path opened = train(folder_->path() / "elsewhere");
        const fs::path run = train(kept() / "run");
        library_->open(opened);
        library_->setUnderWay(run);
        for (const fs::path& folder : {bundled(), opened, run}) {
            failure_.clear();
            library_->rename(folder, "other");
            settle();
            QVERIFY(!std::exchange(failure_, QString()).isEmpty());
            library_->moveToTrash(folder);
            settle();
            QVERIFY(!failure_.isEmpty());
            QVERIFY(fs::exists(folder / kComparisonFile));
        }
        QSignalSpy removed(library_.get(), &RunLibrary::removed);
        library_->close(opened);
        settle();
        QCOMPARE(removed.count(), 1);
        QCOMPARE(names(), (QStringList{"run", "pretrained"}));
        QVERIFY(fs::exists(opened / kComparisonFile));
    }

    /// As by another window or by a command.
    void aRunInTrainingElsewhereIsLeftAlone() {
        const fs::path run = train(kept() / "run");
        testing::RunHolder other(readRun(run));
        library_->refresh();
        settle();
        QCOMPARE(library_->runs()[0].state, RunState::InTraining);
        library_->rename(run, "other");
        settle();
        QVERIFY2(failure_.contains("another window"), qPrintable(failure_));
        failure_.clear();
        library_->moveToTrash(run);
        settle();
        QVERIFY2(failure_.contains("another window"), qPrintable(failure_));
        QVERIFY(fs::exists(run / kComparisonFile));
        library_->writeNotes(run, "These can be taken.");
        settle();
        QCOMPARE(readNotes(run), std::optional<std::string>("These can be taken."));

        other.kill();
        failure_.clear();
        library_->rename(run, "other");
        settle();
        QCOMPARE(failure_, QString());
        QCOMPARE(library_->runs()[0].state, RunState::Ended);
    }

    void whatWasCutOffIsListedAsSuch() {
        TrainingConfig config;
        config.models = {parseModel("batch=batch"), parseModel("two=group")};
        config.cycles = {4};
        config.batchSize = 8;
        const auto state = [&] {
            library_->refresh();
            settle();
            return library_->runs()[0].state;
        };
        PreparedRun prepared = prepareNewRun(config, kept() / "run", testing::makeDataset(32, 10));
        prepared.writer = RunWriter::create(prepared.run);
        auto training = std::make_unique<ModelTraining>(prepared, 0, &testing::makeFakeTrainer);
        for (int slice = 0; slice < 7; ++slice) {
            training->step();
        }
        QCOMPARE(state(), RunState::InTraining);
        prepared.writer.reset();
        training.reset();  // as the end of the program does: no end is written
        QCOMPARE(state(), RunState::Interrupted);

        auto [lock, run] = readLocked(kept() / "run");
        PreparedRun again =
            prepareContinuation(std::move(run), 0, prepared.dataset, &testing::makeFakeTrainer);
        again.writer = RunWriter::reopen(again.run, std::move(lock));
        for (std::size_t model = 0; model < 2; ++model) {
            ModelTraining(again, model, &testing::makeFakeTrainer).stop();
        }
        again.writer.reset();
        QCOMPARE(state(), RunState::Stopped);
    }

    void aDeletedRunIsInTheTrash() {
        const fs::path run = train(kept() / "run");
        QSignalSpy removed(library_.get(), &RunLibrary::removed);
        library_->moveToTrash(run);
        settle();
        QCOMPARE(failure_, QString());
        QCOMPARE(removed.count(), 1);
        QVERIFY(!fs::exists(run));
        QVERIFY(library_->runs().empty() || library_->find(run) == nullptr);
        // Wherever the file system keeps it: nothing of it is lost.
        const auto isThere = [](const fs::path& place) {
            std::error_code error;
            for (fs::recursive_directory_iterator entry(place, error), end; !error && entry != end;
                 entry.increment(error)) {
                if (entry->path().filename() == kComparisonFile) {
                    return true;
                }
            }
            return false;
        };
        QVERIFY(isThere(folder_->path() / "home"));
    }

    void notesAreWrittenAndNothingElseIsLost() {
        const fs::path run = train(kept() / "run");
        const std::string before = testing::readAll(run / kComparisonFile);
        std::string more = before;
        more.replace(more.find('{'), 1, "{\n  \"of a later version\": [1, 2],");
        testing::writeAll(run / kComparisonFile, more);
        library_->writeNotes(run, "Früher „gut“,\nnow better.");
        settle();
        QCOMPARE(failure_, QString());
        QCOMPARE(readNotes(run), std::optional<std::string>("Früher „gut“,\nnow better."));
        library_->writeNotes(run, {});
        settle();
        std::string after = testing::readAll(run / kComparisonFile);
        QVERIFY(after.find("of a later version") != std::string::npos);
        QCOMPARE(readRun(run).models[1].epochs, readRun(run).models[0].epochs);

        library_->writeNotes(kept() / "nowhere", "lost");
        settle();
        QVERIFY(failure_.contains("nowhere"));
    }

    void aRunBeingWrittenKeepsTheLatestNotes() {
        TrainingConfig config;
        config.models = {parseModel("batch=batch")};
        config.cycles = {2};
        PreparedRun prepared = prepareNewRun(config, kept() / "run", testing::makeDataset(32, 10));
        prepared.writer = RunWriter::create(prepared.run);
        ModelTraining training(prepared, 0, &testing::makeFakeTrainer);
        library_->writeNotes(prepared.run.folder, "written in the middle");
        settle();
        while (!training.ended()) {
            training.step();
        }
        const Run run = readRun(prepared.run.folder);
        QCOMPARE(run.notes, std::string("written in the middle"));
        QCOMPARE(run.models[0].outcome, Outcome::Finished);
    }
};

QTEST_GUILESS_MAIN(RunLibraryTest)
#include "run_library_test.moc"
