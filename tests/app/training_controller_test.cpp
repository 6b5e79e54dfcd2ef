#include "app/training_controller.h"

#include <QRegularExpression>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <map>

#include "core/run_writer.h"
#include "tests/core/fake_trainer.h"
#include "tests/core/support.h"

using namespace normscope;
using State = TrainingController::State;

namespace {

/// Everything that came out of a controller, by model.
struct Received {
    std::map<std::size_t, std::vector<StepRecord>> steps;
    std::map<std::size_t, std::vector<EpochRecord>> epochs;
    std::map<std::size_t, ModelPhase> phase;
    std::map<std::size_t, std::vector<std::string>> errors;

    void take(const TrainingSnapshot& snapshot) {
        auto& some = steps[snapshot.model];
        some.insert(some.end(), snapshot.steps.begin(), snapshot.steps.end());
        auto& ended = epochs[snapshot.model];
        ended.insert(ended.end(), snapshot.epochs.begin(), snapshot.epochs.end());
        phase[snapshot.model] = snapshot.phase;
        if (snapshot.phase == ModelPhase::Failed) {
            errors[snapshot.model].push_back(snapshot.error);
        }
    }
    std::size_t total() const {
        std::size_t sum = 0;
        for (const auto& [model, records] : steps) {
            sum += records.size();
        }
        return sum;
    }
};

/// A trainer that stays where it was made, and takes its time so that commands come between.
class WatchedTrainer : public testing::FakeTrainer {
  public:
    explicit WatchedTrainer(const TrainerStart& start) : FakeTrainer(start) { ++alive; }
    ~WatchedTrainer() override {
        onlyItsThread = onlyItsThread && QThread::currentThread() == thread_;
        --alive;
    }
    Slice step() override {
        onlyItsThread = onlyItsThread && QThread::currentThread() == thread_;
        QThread::usleep(200);
        return FakeTrainer::step();
    }

    static inline std::atomic<int> alive = 0;
    static inline std::atomic<bool> onlyItsThread = true;

  private:
    QThread* thread_ = QThread::currentThread();
};

}  // namespace

class TrainingControllerTest : public QObject {
    Q_OBJECT

    TrainingConfig config(int epochs = 3) {
        TrainingConfig config;
        config.models = {parseModel("batch=batch"), parseModel("layer=layer"),
                         parseModel("group=group")};
        config.cycles = {epochs};
        config.batchSize = 1;
        return config;
    }

    std::shared_ptr<const PreparedRun> prepare(const TrainingConfig& config) {
        return std::make_shared<const PreparedRun>(
            prepareNewRun(config, folder_->path() / "run", testing::makeDataset(40, 10)));
    }

    std::unique_ptr<TrainingController> makeController() {
        received_ = {};
        auto controller = std::make_unique<TrainingController>(
            [](const TrainerStart& start) { return std::make_unique<WatchedTrainer>(start); });
        connect(controller.get(), &TrainingController::snapshotReady, this,
                [this](const std::shared_ptr<const TrainingSnapshot>& snapshot) {
                    received_.take(*snapshot);
                });
        return controller;
    }

    std::unique_ptr<testing::TemporaryFolder> folder_;
    Received received_;

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
        WatchedTrainer::onlyItsThread = true;
    }

    void cleanup() {
        QCOMPARE(WatchedTrainer::alive.load(), 0);
        QVERIFY(WatchedTrainer::onlyItsThread.load());
    }

    void trainsAllModelsToTheEndAndLosesNoPoint() {
        const auto controller = makeController();
        QSignalSpy states(controller.get(), &TrainingController::stateChanged);
        controller->start(prepare(config()));
        QCOMPARE(controller->state(), State::Training);
        QTRY_COMPARE_WITH_TIMEOUT(controller->state(), State::Idle, 30'000);
        QCOMPARE(states.count(), 2);
        for (std::size_t model = 0; model < 3; ++model) {
            const auto& steps = received_.steps[model];
            QCOMPARE(steps.size(), std::size_t{120});
            for (std::size_t i = 0; i < steps.size(); ++i) {
                QCOMPARE(steps[i].step, static_cast<std::int64_t>(i) + 1);
            }
            QCOMPARE(received_.epochs[model].size(), std::size_t{3});
            QCOMPARE(received_.phase[model], ModelPhase::Finished);
        }
    }

    void pausesStepsAndResumes() {
        const auto controller = makeController();
        controller->start(prepare(config(200)));
        QTRY_VERIFY(received_.total() > 20);
        controller->pause();
        QCOMPARE(controller->state(), State::Paused);
        QTRY_VERIFY(received_.phase[0] == ModelPhase::Paused &&
                    received_.phase[1] == ModelPhase::Paused &&
                    received_.phase[2] == ModelPhase::Paused);
        const std::size_t paused = received_.total();
        QTest::qWait(50);
        QCOMPARE(received_.total(), paused);

        controller->stepOnce();
        QTRY_COMPARE(received_.total(), paused + 3);
        QTest::qWait(50);
        QCOMPARE(received_.total(), paused + 3);
        QCOMPARE(received_.phase[1], ModelPhase::Paused);

        controller->resume();
        QTRY_VERIFY(received_.total() > paused + 20);
        controller->stop();
        QTRY_COMPARE(controller->state(), State::Idle);
        QCOMPARE(received_.phase[2], ModelPhase::Stopped);
    }

    void stopsWhilePaused() {
        const auto controller = makeController();
        controller->start(prepare(config(200)));
        controller->pause();
        controller->stop();
        QCOMPARE(controller->state(), State::Stopping);
        QTRY_COMPARE(controller->state(), State::Idle);
    }

    void dyingControllerStopsItsWorkersAndKeepsWhatTheyMeasured() {
        PreparedRun run =
            prepareNewRun(config(200), folder_->path() / "run", testing::makeDataset(40, 10));
        run.writer = RunWriter::create(run.run);
        auto controller = makeController();
        controller->start(std::make_shared<const PreparedRun>(run));
        QTRY_VERIFY(received_.epochs[0].size() > 1);
        controller.reset();
        const Run read = readRun(folder_->path() / "run");
        QCOMPARE(read.models[0].outcome, Outcome::Stopped);
        QVERIFY(read.models[0].epochs.size() >= 2);
        QVERIFY(read.problems.empty());
    }

    void dyingBeforeAnythingHappenedIsFine() {
        const auto controller = makeController();
        controller->start(prepare(config(200)));
    }

    void startsAgainAndDropsLateSnapshots() {
        const auto controller = makeController();
        controller->start(prepare(config(200)));
        QTRY_VERIFY(received_.total() > 5);
        controller->stop();
        QTRY_COMPARE(controller->state(), State::Idle);
        received_ = {};
        const std::uint64_t run = controller->nextRun();
        std::vector<std::uint64_t> runs;
        connect(controller.get(), &TrainingController::snapshotReady, this,
                [&](const std::shared_ptr<const TrainingSnapshot>& snapshot) {
                    runs.push_back(snapshot->run);
                });
        controller->start(prepare(config(1)));
        QTRY_COMPARE(controller->state(), State::Idle);
        QVERIFY(!runs.empty());
        QVERIFY(std::ranges::all_of(runs, [&](std::uint64_t id) { return id == run; }));
        QCOMPARE(received_.steps[0].size(), std::size_t{40});
    }

    void tellsTheModelAsItIsNow() {
        const auto controller = makeController();
        QVERIFY(!controller->inspect(0));  // nothing is in training
        std::map<std::size_t, std::vector<std::string>> told;
        connect(controller.get(), &TrainingController::inspected, this,
                [&](std::size_t model, const std::shared_ptr<const std::string>& content) {
                    told[model].push_back(content ? *content : "nothing");
                });
        controller->start(prepare(config(200)));
        QVERIFY(controller->inspect(2));
        QTRY_COMPARE(told[2].size(), std::size_t{1});
        QCOMPARE(told[2][0], std::string("model after 0"));
        QVERIFY(told[0].empty());
        QTRY_VERIFY(received_.epochs[1].size() >= 2);
        controller->pause();
        QVERIFY(controller->inspect(1));
        QTRY_COMPARE(told[1].size(), std::size_t{1});
        QCOMPARE(told[1][0], "model after " + std::to_string(received_.epochs[1].size()));
        QVERIFY(!controller->inspect(3));  // no such model
        controller->stop();
        QTRY_COMPARE(controller->state(), State::Idle);
        QVERIFY(!controller->inspect(1));
    }

    void everyQuestionIsAnsweredWhenTheTrainingEnds() {
        const auto controller = makeController();
        QSignalSpy answers(controller.get(), &TrainingController::inspected);
        controller->start(prepare(config(200)));
        controller->stop();
        QVERIFY(controller->inspect(0));  // the worker is gone before it reads this
        QVERIFY(controller->inspect(0));
        QTRY_COMPARE(controller->state(), State::Idle);
        QCOMPARE(answers.count(), 2);
        using Content = std::shared_ptr<const std::string>;
        QVERIFY(answers[0][1].value<Content>() == nullptr);
        QVERIFY(answers[1][1].value<Content>() == nullptr);
    }

    void anEndedRunLeavesNoAnswerBehind() {
        const auto controller = makeController();
        controller->start(prepare(config(200)));
        QSignalSpy answers(controller.get(), &TrainingController::inspected);
        QVERIFY(controller->inspect(0));
        controller->stop();
        QTRY_COMPARE(controller->state(), State::Idle);
        QCOMPARE(answers.count(), 1);
        controller->start(prepare(config(200)));
        QTest::qWait(50);
        QCOMPARE(answers.count(), 1);
    }

    void oneThatDivergesLeavesTheOthers() {
        // The fake diverges by the learning rate, which all share: one that fails by its norm.
        TrainingController controller([](const TrainerStart& start) -> std::unique_ptr<Trainer> {
            if (start.model == 1) {
                throw std::runtime_error("No memory for layer.");
            }
            return testing::makeFakeTrainer(start);
        });
        connect(&controller, &TrainingController::snapshotReady, this,
                [this](const std::shared_ptr<const TrainingSnapshot>& snapshot) {
                    received_.take(*snapshot);
                });
        received_ = {};
        controller.start(prepare(config()));
        QTRY_COMPARE(controller.state(), State::Idle);
        QCOMPARE(received_.errors[1], std::vector<std::string>{"No memory for layer."});
        QCOMPARE(received_.phase[0], ModelPhase::Finished);
        QCOMPARE(received_.phase[1], ModelPhase::Failed);
        QCOMPARE(received_.phase[2], ModelPhase::Finished);
    }

    void outOfMemoryOneEndsAndTheOthersGoOn() {
        TrainingController controller([](const TrainerStart& start) -> std::unique_ptr<Trainer> {
            if (start.model == 1) {
                throw std::bad_alloc();
            }
            return testing::makeFakeTrainer(start);
        });
        received_ = {};
        connect(&controller, &TrainingController::snapshotReady, this,
                [this](const std::shared_ptr<const TrainingSnapshot>& snapshot) {
                    received_.take(*snapshot);
                });
        controller.start(prepare(config()));
        QTRY_COMPARE(controller.state(), State::Idle);
        QCOMPARE(received_.errors[1].size(), std::size_t{1});
        QVERIFY(received_.errors[1][0].find("not enough memory") != std::string::npos);
        QCOMPARE(received_.phase[0], ModelPhase::Finished);
        QCOMPARE(received_.phase[1], ModelPhase::Failed);
        QCOMPARE(received_.phase[2], ModelPhase::Finished);
    }

    void oneThatStallsIsToldAndTheOthersGoOn() {
        /// Holds still in its tenth mini-batch until it is let go.
        class StallingTrainer : public testing::FakeTrainer {
          public:
            StallingTrainer(const TrainerStart& start, QSemaphore& released)
                : FakeTrainer(start), released_(released) {}
            Slice step() override {
                Slice slice = FakeTrainer::step();
                if (slice.step && slice.step->step == 10) {
                    released_.acquire();
                }
                return slice;
            }

          private:
            QSemaphore& released_;
        };
        QSemaphore released;
        TrainingController controller(
            [&](const TrainerStart& start) -> std::unique_ptr<Trainer> {
                return start.model == 1 ? std::make_unique<StallingTrainer>(start, released)
                                        : testing::makeFakeTrainer(start);
            },
            nullptr, std::chrono::milliseconds(100));
        received_ = {};
        connect(&controller, &TrainingController::snapshotReady, this,
                [this](const std::shared_ptr<const TrainingSnapshot>& snapshot) {
                    received_.take(*snapshot);
                });
        QSignalSpy stalls(&controller, &TrainingController::stalled);
        controller.start(prepare(config()));
        QTRY_COMPARE(stalls.count(), 1);
        QCOMPARE(stalls[0][0].value<std::size_t>(), std::size_t{1});
        QVERIFY(stalls[0][1].toBool());
        QTRY_COMPARE(received_.phase[0], ModelPhase::Finished);
        QTRY_COMPARE(received_.phase[2], ModelPhase::Finished);
        QTRY_VERIFY(controller.isStuck());
        QCOMPARE(controller.state(), State::Training);
        released.release();
        QTRY_COMPARE(controller.state(), State::Idle);
        QVERIFY(!controller.isStuck());
        QCOMPARE(received_.phase[1], ModelPhase::Finished);
        QCOMPARE(received_.steps[1].size(), std::size_t{120});
    }

    void aPausedModelDoesNotStall() {
        TrainingController controller(testing::makeFakeTrainer, nullptr,
                                      std::chrono::milliseconds(1));
        received_ = {};
        connect(&controller, &TrainingController::snapshotReady, this,
                [this](const std::shared_ptr<const TrainingSnapshot>& snapshot) {
                    received_.take(*snapshot);
                });
        QSignalSpy stalls(&controller, &TrainingController::stalled);
        controller.start(prepare(config(500)));
        controller.pause();
        for (std::size_t model = 0; model < 3; ++model) {
            QTRY_COMPARE(received_.phase[model], ModelPhase::Paused);
        }
        QTest::qWait(10);
        stalls.clear();  // of a moment in which the machine was busy
        QTest::qWait(100);
        QCOMPARE(stalls.count(), 0);
    }

    void aRunWithNothingLeftToDoStaysIdle() {
        PreparedRun run =
            prepareNewRun(config(), folder_->path() / "run", testing::makeDataset(40, 10));
        for (ModelHistory& model : run.run.models) {
            model.outcome = Outcome::Finished;
        }
        const auto controller = makeController();
        controller->start(std::make_shared<const PreparedRun>(run));
        QCOMPARE(controller->state(), State::Idle);
    }
};

QTEST_GUILESS_MAIN(TrainingControllerTest)
#include "training_controller_test.moc"
