#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "app/experiment_loader.h"
#include "app/training_controller.h"

namespace normscope {

class ExperimentView;

/// What the experiments of page Findings ask for, carried to the threads that do it, and back: one
/// comparison after the other, the models of one at once. It shares the processor with no training
/// of page Train: whoever comes second is told to wait.
class ExperimentSession : public QObject {
    Q_OBJECT

  public:
    struct Folders {
        std::filesystem::path experiments;  ///< new ones get a folder of their own in it
    };

    ExperimentSession(ExperimentView& view, Folders folders, std::shared_ptr<DatasetCache> datasets,
                      TrainerFactory factory, QObject* parent = nullptr);

    /// Threads of each model of the next experiment.
    void setThreads(int threads) { threads_ = threads; }
    /// Why nothing can be started for now, in one sentence; empty: nothing keeps from it.
    void setObstacle(const QString& sentence) { obstacle_ = sentence; }

    void start(const ExperimentSpec& spec);
    void resume();
    /// Opens it and goes on with it.
    void goOnWith(const std::filesystem::path& folder);
    void stop();
    void open(const std::filesystem::path& folder);
    /// What is in memory alone. Its experiment trains it anew when it is continued.
    void askWhereToSave();
    /// Into a folder of its own in this one.
    void saveElsewhere(const std::filesystem::path& parent);
    /// What is in memory alone is no longer wanted.
    void discard() { writer_.reset(); }

    bool isRunning() const { return state_ == State::Preparing || state_ == State::Training; }
    /// Reads and writes between trainings; null during one and when nothing is under way.
    const TaskThread* preparing() const {
        return state_ == State::Preparing ? &loader_.thread() : nullptr;
    }
    /// Whether what a run has measured is in memory alone: the disk did not take it.
    bool isUnsaved() const { return writer_ != nullptr && !isRunning(); }
    /// Whether a stop has no effect because a model does not answer any more.
    bool isStuck() const { return controller_.isStuck(); }
    /// That on the page; null if there is none.
    const std::shared_ptr<const Experiment>& experiment() const { return experiment_; }

  signals:
    void runningChanged(bool running);
    /// An experiment was interrupted when the program or the computer went down; `sentence` says
    /// how far it had come.
    void offered(const normscope::InterruptedExperiment& experiment, const QString& sentence);

  private:
    enum class State { Idle, Opening, Preparing, Training };

    void connectView();
    void connectLoader();
    void connectController();
    bool isFree();
    void tellUnsaved(const QString& why);
    void offer(const InterruptedExperiment& experiment);
    void askWhichToOpen();
    void onRead(const std::shared_ptr<const Experiment>& experiment);
    void noteSpeed();
    void goOn();
    void onPrepared(std::size_t run, const std::shared_ptr<const PreparedRun>& prepared);
    void onSnapshot(const TrainingSnapshot& snapshot);
    void takeEpochs(const TrainingSnapshot& snapshot);
    void onFailed(const QString& message);
    void end();
    void show(std::shared_ptr<const Experiment> experiment);
    void setState(State state);

    void countSteps();
    void tellProgress();
    QString progressLine() const;
    QString timeLeft() const;

    ExperimentView& view_;
    const Folders folders_;
    ExperimentLoader loader_;
    TrainingController controller_;
    int threads_ = 1;
    QString obstacle_;
    State state_ = State::Idle;
    bool stopping_ = false;
    std::optional<std::size_t> trained_;  ///< the run that has just been in training
    std::shared_ptr<RunWriter> writer_;   ///< of the run under way, until all of it is written
    std::shared_ptr<const Experiment> experiment_;

    // Of the run under way.
    std::size_t current_ = 0;
    int epoch_ = 0;
    std::vector<qint64> steps_;  ///< of each model

    // In mini-batches of all models.
    int trainTotal_ = 0;
    qint64 doneBefore_ = 0;  ///< in the other runs
    qint64 total_ = 0;
    qint64 doneAtStart_ = -1;  ///< when this went on; -1: nothing is counted yet
    QElapsedTimer clock_;
    QTimer frame_;
};

}  // namespace normscope
