#pragma once

#include <QObject>
#include <QThread>
#include <utility>

namespace normscope {

/// A thread that does one task after the other. What the tasks refer to must outlive it.
class TaskThread {
  public:
    explicit TaskThread(const QString& name) {
        thread_.setObjectName(name);
        context_.moveToThread(&thread_);
        thread_.start();
    }
    /// Waits for the task under way; those behind it are dropped.
    ~TaskThread() {
        thread_.quit();
        thread_.wait();
    }
    Q_DISABLE_COPY_MOVE(TaskThread)

    /// No exception may leave the task.
    template <typename Task>
    void post(Task task) {
        QMetaObject::invokeMethod(&context_, std::move(task), Qt::QueuedConnection);
    }

  private:
    QObject context_;
    QThread thread_;
};

}  // namespace normscope
