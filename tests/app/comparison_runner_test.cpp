#include "app/cli/comparison_runner.h"

#include <QTest>
#include <new>

#include "core/run_writer.h"
#include "tests/core/support.h"

using namespace normscope;

class ComparisonRunnerTest : public QObject {
    Q_OBJECT

  private slots:
    /// As where there is no memory for a snapshot.
    void aThreadThatFailsEndsItsModelAlone() {
        const testing::TemporaryFolder folder;
        TrainingConfig config;
        config.models = {parseModel("batch=batch"), parseModel("layer=layer")};
        config.cycles = {2};
        config.batchSize = 20;
        PreparedRun prepared =
            prepareNewRun(config, folder.path() / "run", testing::makeDataset(40, 10));
        prepared.writer = RunWriter::create(prepared.run);
        const auto failWithEpoch = [](const TrainingSnapshot& snapshot) {
            if (snapshot.model == 0 && !snapshot.epochs.empty()) {
                throw std::bad_alloc();
            }
        };
        const std::vector<ModelHistory> histories =
            trainComparison(prepared, failWithEpoch, /*stop=*/false);
        QCOMPARE(histories.size(), std::size_t{2});
        QCOMPARE(histories[0].outcome, Outcome::Stopped);
        QVERIFY(histories[0].error.starts_with("There was not enough memory"));
        QCOMPARE(histories[0].epochs.size(), std::size_t{1});  // which is written, too
        QCOMPARE(histories[1].outcome, Outcome::Finished);
        QCOMPARE(histories[1].epochs.size(), std::size_t{2});

        const Run written = readRun(prepared.run.folder);
        QCOMPARE(written.models[0].outcome, Outcome::Stopped);
        QCOMPARE(written.models[0].epochs.size(), std::size_t{1});
        QCOMPARE(written.models[1].outcome, Outcome::Finished);
    }
};

QTEST_GUILESS_MAIN(ComparisonRunnerTest)
#include "comparison_runner_test.moc"
