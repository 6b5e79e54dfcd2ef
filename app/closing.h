#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

class QMessageBox;

namespace normscope {

class ExperimentSession;
class MainWindow;
class TaskWatch;
class TrainingSession;

/// The way out of the window: what is at work is stopped and waited for, what is not saved is asked
/// about, and for what does not answer nobody has to wait.
class Closing : public QObject {
    Q_OBJECT

  public:
    Closing(MainWindow& window, TrainingSession& training, const TaskWatch& tasks);

    /// Those of page Findings, once it is there.
    void setExperiments(ExperimentSession& experiments) { experiments_ = &experiments; }

    /// Whether nothing would be lost. Otherwise somebody is asked, and the window is closed again
    /// after the answer.
    bool mayClose();

    /// The window is closed: waits for what is still read and written. Where a file does not
    /// answer, somebody is asked; false if they would not wait any longer.
    bool finishTasks() const;

  private:
    void askBeforeClosing();
    void askBeforeLosing();
    void askWhetherToWait();
    void goOn();
    void leaveWhatIsStuck();
    bool isAtWork() const;
    bool isUnsaved() const;
    bool comesToAnEnd() const;

    MainWindow& window_;
    TrainingSession& training_;
    const TaskWatch& tasks_;
    ExperimentSession* experiments_ = nullptr;
    QTimer looks_;                   ///< while what was at work is waited for
    QPointer<QMessageBox> waiting_;  ///< null unless something does not answer meanwhile
};

}  // namespace normscope
