#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <vector>

#include "app/pulse.h"
#include "app/task_thread.h"
#include "ui/widgets/message_strip.h"

namespace normscope {

/// Watches the threads that read and write files: a network folder that is away keeps one at its
/// task for nobody knows how long. Lives on the thread of the window, as they do.
class TaskWatch : public QObject {
    Q_OBJECT

  public:
    explicit TaskWatch(std::chrono::milliseconds patience = kPatience, QObject* parent = nullptr);

    std::chrono::milliseconds patience() const { return patience_; }

    /// Whether a thread has been at one place of its task for longer than the patience lasts.
    bool isStalled() const { return !stalled().empty(); }
    bool isStalled(const TaskThread& thread) const { return thread.busyFor() > patience_; }

    /// What does not answer, as of now: files and folders, separated by commas.
    QString places() const;

    /// As of the last change. Its details lack the program and the computer.
    const Message& message() const { return message_; }

    /// Waits here until all tasks are done or, but for so long, one stalls: whether they are done.
    bool waitForAll(std::chrono::milliseconds stalled = {}) const;

  signals:
    /// Other threads are stalled than before, or none any more.
    void changed();

  private:
    void look();
    std::vector<const TaskThread*> stalled() const;

    const std::chrono::milliseconds patience_;
    QTimer timer_;
    std::vector<const TaskThread*> told_;  ///< only to be compared: they may be gone
    Message message_;
};

/// Whether all tasks of all threads are done.
bool areTasksDone();

}  // namespace normscope
