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

    /// Whether a thread has been at one task for longer than the patience lasts, as of now.
    bool isStalled() const;

    /// The files and folders that do not answer, separated by commas.
    QString places() const;

    /// What is stalled as of now. Its details lack the program and the computer.
    Message message() const;

    /// Waits here until all tasks are done, or one stalls: whether they are done.
    bool waitForAll() const;

  signals:
    /// Other threads are stalled than before, or none any more.
    void changed();

  private:
    void look();
    std::vector<const TaskThread*> stalled() const;

    const std::chrono::milliseconds patience_;
    QTimer timer_;
    std::vector<const TaskThread*> told_;  ///< only to be compared: they may be gone
};

/// Whether all tasks of all threads are done.
bool areTasksDone();

}  // namespace normscope
