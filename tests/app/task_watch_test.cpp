#include "app/task_watch.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "app/dataset_cache.h"
#include "tests/app/held_file.h"
#include "tests/app/small_mnist.h"

using namespace normscope;
using namespace std::chrono_literals;

/// Tasks that do not come to an end are told, and what they wait for.
class TaskWatchTest : public QObject {
    Q_OBJECT

    /// Lets a task go even where the test has failed, for the end of its thread waits for it.
    struct Gate {
        QSemaphore semaphore;
        ~Gate() { open(); }
        void open() { semaphore.release(10); }
    };

    /// Until it is released.
    static TaskThread::Task stuckAt(const std::filesystem::path& place, Gate& gate) {
        return [&gate, place]() -> TaskThread::Answer {
            TaskThread::turnTo(place);
            gate.semaphore.acquire();
            return nullptr;
        };
    }

  private slots:
    void aPlaceThatDoesNotAnswerIsNamed() {
        TaskThread thread(QStringLiteral("runs"));
        TaskThread other(QStringLiteral("sheets"));
        Gate gate;
        TaskWatch watch(50ms);
        QSignalSpy changed(&watch, &TaskWatch::changed);
        thread.post(stuckAt("/net/school/run", gate));
        QTRY_COMPARE(changed.count(), 1);
        QVERIFY(watch.isStalled());
        QVERIFY(watch.message().text.startsWith("/net/school/run has not answered for 0 seconds"));
        QVERIFY(watch.message().details.contains("runs"));
        QVERIFY(!watch.message().details.contains("sheets"));
        QVERIFY(!watch.waitForAll());

        other.post(stuckAt("/net/school/sheet.json", gate));
        QTRY_COMPARE(changed.count(), 2);
        QVERIFY(watch.message().text.startsWith("/net/school/run, /net/school/sheet.json has"));
        gate.open();
        QTRY_VERIFY(!watch.isStalled());
        QTRY_VERIFY(changed.count() >= 3);
        QVERIFY(watch.waitForAll());
        QVERIFY(watch.message().details.isEmpty());
    }

    void tasksThatGoOnAreNoStall() {
        TaskThread thread(QStringLiteral("runs"));
        TaskWatch watch(2s);
        QSignalSpy changed(&watch, &TaskWatch::changed);
        for (int task = 0; task < 2; ++task) {
            thread.post([]() -> TaskThread::Answer {
                for (int place = 0; place < 13; ++place) {
                    TaskThread::turnTo(std::to_string(place));
                    std::this_thread::sleep_for(100ms);
                }
                return nullptr;
            });
        }
        QVERIFY(watch.waitForAll());
        QCoreApplication::processEvents();
        QCOMPARE(changed.count(), 0);
    }

    void theEndOfAThreadEndsItsStall() {
        auto thread = std::make_unique<TaskThread>(QStringLiteral("runs"));
        Gate gate;
        TaskWatch watch(20ms);
        thread->post(stuckAt("/net", gate));
        QTRY_VERIFY(watch.isStalled());
        gate.open();
        thread.reset();
        QVERIFY(!watch.isStalled());
        QVERIFY(areTasksDone());
    }

    void onlyWhoWantsTheSameImagesWaitsForThem() {
        testing::TemporaryFolder folder;
        testing::writeSmallMnist(folder.path() / "near");
        DatasetCache cache(folder.path() / "near");
        const std::filesystem::path far = folder.path() / "far";
        testing::writeSmallMnist(far);
        TaskThread thread(QStringLiteral("files"));
        TaskWatch watch(50ms);
        const testing::HeldFile held(far / kIdxFiles[3]);
        thread.post([&]() -> TaskThread::Answer {
            cache.read(far);
            return nullptr;
        });
        QTRY_VERIFY(watch.message().text.startsWith(QString::fromStdString(far.string())));
        QVERIFY(cache.read({}) != nullptr);
        QVERIFY(watch.isStalled());
    }
};

QTEST_GUILESS_MAIN(TaskWatchTest)
#include "task_watch_test.moc"
