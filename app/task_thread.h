#pragma once

#include <QObject>
#include <QString>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

#include "app/pulse.h"

namespace normscope {

/// A thread that does one task after the other, and has what comes of them done on the thread that
/// it was made on, in the same order. What the tasks refer to must outlive it.
///
/// Tasks and answers cross over under a lock of ours and Qt only wakes the receiver: the locks of
/// Qt are hidden from ThreadSanitizer, which could not tell a race from a task handed over.
class TaskThread final : private QObject {
  public:
    /// What is to be done with the outcome; may be empty.
    using Answer = std::function<void()>;
    using Task = std::function<Answer()>;
    using Failure = std::function<void(const QString& why)>;

    /// `name` has at most 15 bytes.
    explicit TaskThread(const QString& name);
    /// Waits for all tasks, for what was to be written must be; their answers are dropped.
    ~TaskThread() override;
    Q_DISABLE_COPY_MOVE(TaskThread)

    /// For a task that fails only if the memory does: then there is no answer.
    void post(Task task);
    /// If one does, `failed` is the answer.
    void post(Task task, Failure failed);

    /// For a task: the file or folder that it is at from here on. Elsewhere it has no effect.
    static void turnTo(const std::filesystem::path& place);

    // For whoever waits for it.
    const QString& name() const { return name_; }
    /// Whether all tasks are done; their answers may be under way.
    bool isIdle() const;
    /// For how long it has been at the task and the place that it is at.
    std::chrono::nanoseconds busyFor() const { return pulse_.busyFor(); }
    /// Empty where the task named none.
    std::filesystem::path place() const;
    /// All that there are, on the thread of the window, which makes them.
    static const std::vector<TaskThread*>& all();

  private:
    void run();
    void customEvent(QEvent* event) override;
    void wakeReceiver();

    const QString name_;
    Pulse pulse_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::queue<Task> tasks_;
    std::queue<Answer> answers_;  ///< where there are any, an event is under way
    std::filesystem::path place_;
    bool busy_ = false;
    bool ending_ = false;
    std::thread thread_;  ///< begins last: it uses the above
};

}  // namespace normscope
