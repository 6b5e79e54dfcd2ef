#include "app/task_thread.h"

#include <QEventLoop>
#include <QRegularExpression>
#include <QTest>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace normscope;

/// What is shared here is not guarded: ThreadSanitizer sees whether it is handed over.
class TaskThreadTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TaskThread> thread_;
    std::vector<int> given_;  ///< answers

    void post(int number) {
        thread_->post([this, number]() -> TaskThread::Answer {
            return [this, number] { given_.push_back(number); };
        });
    }

  private slots:
    void init() {
        thread_ = std::make_unique<TaskThread>(QStringLiteral("tasks"));
        given_.clear();
    }
    void cleanup() { thread_.reset(); }

    void doesOneAfterTheOther() {
        constexpr int kTasks = 10'000;
        constexpr int kAtOnce = 10;  // both threads are busy all the time
        const std::thread::id here = std::this_thread::get_id();
        std::vector<int> done;
        int strays = 0;
        const std::function<void(int)> begin = [&](int number) {
            thread_->post([&, number, parcel = std::make_shared<int>(number)]() {
                done.push_back((*parcel)++);
                return [&, number, parcel, elsewhere = std::this_thread::get_id() != here] {
                    strays += !elsewhere || std::this_thread::get_id() != here;
                    given_.push_back(*parcel);
                    if (number + kAtOnce < kTasks) {
                        begin(number + kAtOnce);
                    }
                };
            });
        };
        for (int number = 0; number < kAtOnce; ++number) {
            begin(number);
        }
        QTRY_COMPARE(given_.size(), std::size_t{kTasks});
        QCOMPARE(strays, 0);
        for (int number = 0; number < kTasks; ++number) {
            QCOMPARE(done[static_cast<std::size_t>(number)], number);
            QCOMPARE(given_[static_cast<std::size_t>(number)], number + 1);
        }
    }

    void aTaskMayHaveNoAnswer() {
        thread_->post([]() -> TaskThread::Answer { return nullptr; });
        post(1);
        QTRY_COMPARE(given_, std::vector{1});
    }

    void whatATaskThrowsIsItsAnswer() {
        QStringList reasons;
        const auto failed = [&](const QString& why) { reasons << why; };
        const auto task = [this](const std::string& problem) {
            return [this, problem]() -> TaskThread::Answer {
                if (!problem.empty()) {
                    throw std::runtime_error(problem);
                }
                return [this] { given_.push_back(1); };
            };
        };
        thread_->post(task("The disk is full."), failed);
        thread_->post(task(""), failed);
        QTRY_COMPARE(given_, std::vector{1});
        QCOMPARE(reasons, QStringList{"The disk is full."});
    }

    void aThreadWithoutMemoryGoesOn() {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("^A task failed")));
        thread_->post([]() -> TaskThread::Answer { throw std::bad_alloc(); });
        QString reason;
        thread_->post([]() -> TaskThread::Answer { throw std::bad_alloc(); },
                      [&](const QString& why) { reason = why; });
        post(1);
        QTRY_COMPARE(given_, std::vector{1});
        QVERIFY2(reason.contains("not enough memory"), qPrintable(reason));
    }

    void answersKeepTheirOrderWhereOneWaits() {
        QEventLoop dialog;
        thread_->post([&]() -> TaskThread::Answer {
            return [&] {
                dialog.exec();
                given_.push_back(4);
            };
        });
        for (int number = 1; number <= 3; ++number) {
            post(number);
        }
        thread_->post([&]() -> TaskThread::Answer { return [&] { dialog.quit(); }; });
        QTRY_COMPARE(given_, (std::vector{1, 2, 3, 4}));
    }

    void anAnswerMayBeTheLast() {
        thread_->post([this]() -> TaskThread::Answer { return [this] { thread_.reset(); }; });
        post(1);
        QTRY_VERIFY(thread_ == nullptr);
        QCoreApplication::processEvents();
        QVERIFY(given_.empty());
    }

    void theEndWaitsForAllTasks() {
        constexpr int kTasks = 100;
        int done = 0;
        for (int number = 0; number < kTasks; ++number) {
            thread_->post([&, number]() -> TaskThread::Answer {
                ++done;
                return [this, number] { given_.push_back(number); };
            });
        }
        thread_.reset();
        QCOMPARE(done, kTasks);
        QCoreApplication::processEvents();
        QVERIFY(given_.empty());
    }
};

QTEST_GUILESS_MAIN(TaskThreadTest)
#include "task_thread_test.moc"
