#include "app/resume_offer.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <chrono>

#include "app/run_library.h"
#include "core/model_training.h"
#include "core/run_writer.h"
#include "tests/core/fake_trainer.h"
#include "tests/core/run_holder.h"
#include "tests/core/support.h"

using namespace normscope;
namespace fs = std::filesystem;

/// Which of several runs is offered to go on. That it then does so to the last digit, the tests of
/// the window show.
class ResumeOfferTest : public QObject {
    Q_OBJECT

    static constexpr int kEpochs = 3;

    std::unique_ptr<testing::TemporaryFolder> folder_;

    fs::path kept() const { return folder_->path() / "runs"; }
    fs::path elsewhere() const { return folder_->path() / "elsewhere"; }

    /// A run of which the program went down after so many epochs, unless those are all; the last
    /// was written so many hours ago.
    static fs::path train(const fs::path& folder, int epochs, int hoursAgo) {
        TrainingConfig config;
        config.models = {parseModel("batch=batch")};
        config.cycles = {kEpochs};
        config.batchSize = 8;
        PreparedRun prepared = prepareNewRun(config, folder, testing::makeDataset(32, 10));
        prepared.writer = RunWriter::create(prepared.run);
        ModelTraining training(prepared, 0, &testing::makeFakeTrainer);
        while (!training.ended() && (epochs == kEpochs || training.history().epochs.size() <
                                                              static_cast<std::size_t>(epochs))) {
            training.step();
        }
        fs::last_write_time(folder / "batch" / kEpochsFile,
                            fs::file_time_type::clock::now() - std::chrono::hours(hoursAgo));
        return folder;
    }

    /// The folder that is offered; empty if none is.
    fs::path offered(const std::vector<fs::path>& opened = {}) const {
        RunLibrary library({.kept = kept(), .bundled = {}});
        const ResumeOffer offer(library);
        fs::path found;
        QObject context;
        connect(&offer, &ResumeOffer::offered, &context,
                [&](const fs::path& run, const QString&) { found = run; });
        QSignalSpy listed(&library, &RunLibrary::listed);
        library.setOpened(opened);
        listed.wait();
        return found;
    }

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
    }
    void cleanup() { folder_.reset(); }

    void nothingIsOfferedWhereAllHasEnded() {
        QCOMPARE(offered(), fs::path());
        train(kept() / "2020-01-01 10-00-00", kEpochs, 3);
        QCOMPARE(offered(), fs::path());
    }

    void anOlderRunThatWentOnIsOffered() {
        const fs::path older = train(kept() / "2020-01-01 10-00-00", 1, 2);
        train(kept() / "2020-01-02 10-00-00", kEpochs, 3);
        QCOMPARE(offered(), older);
    }

    void ofTwoTheOneThatWasTrainedLastIsOffered() {
        const fs::path last = train(kept() / "2020-01-01 10-00-00", 1, 2);
        train(kept() / "2020-01-02 10-00-00", 1, 3);
        QCOMPARE(offered(), last);
    }

    void whatWasLeftForAnotherIsNotOffered() {
        train(kept() / "2020-01-01 10-00-00", 1, 3);
        train(kept() / "renamed", kEpochs, 2);
        QCOMPARE(offered(), fs::path());
    }

    void whatWasSavedElsewhereIsOfferedThere() {
        train(kept() / "2020-01-01 10-00-00", 1, 3);
        const fs::path saved = train(elsewhere() / "2020-01-01 10-00-00", 2, 2);
        QCOMPARE(offered({saved}), saved);
    }

    void whatWentOnElsewhereToItsEndIsNotOffered() {
        train(kept() / "2020-01-01 10-00-00", 1, 3);
        const fs::path saved = train(elsewhere() / "2020-01-01 10-00-00", kEpochs, 2);
        QCOMPARE(offered({saved}), fs::path());
    }

    void aDamagedRunIsNotOffered() {
        const fs::path run = train(kept() / "2020-01-01 10-00-00", 1, 2);
        fs::remove(run / "batch" / kStepsFile);
        QCOMPARE(offered(), fs::path());
    }
};

QTEST_GUILESS_MAIN(ResumeOfferTest)
#include "resume_offer_test.moc"
