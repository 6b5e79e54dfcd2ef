#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/run_loader.h"
#include "app/training_controller.h"
#include "core/runs.h"
#include "ui/train/run_phase.h"

namespace normscope {

class TrainPage;

/// What page Train and its menu ask for, carried to the threads that do it, and back.
class TrainingSession : public QObject {
    Q_OBJECT

  public:
    struct Folders {
        std::filesystem::path bundledData;  ///< empty where they are missing
        std::filesystem::path runs;         ///< new runs get a folder of their own in it
    };

    TrainingSession(TrainPage& page, Folders folders, TrainerFactory factory,
                    QObject* parent = nullptr);

    /// Threads of each model of the next training.
    void setThreads(int threads) { threads_ = threads; }

    /// The images of the next training; empty for the bundled set. They are read in the background,
    /// and only what could be read is chosen.
    void setData(const std::filesystem::path& folder);

    void start(const TrainingConfig& config);
    void pauseOrResume();
    void stepOnce();
    void stop();
    void continueRun(int moreEpochs);
    void openRun(const std::filesystem::path& folder);
    void showRun(const Run& run);

    const std::filesystem::path& runsFolder() const { return folders_.runs; }

    RunPhase phase() const { return phase_; }
    /// Whether the comparison shown lacks epochs that it was meant to have.
    bool canContinue() const;

    /// What is being trained; empty if nothing is.
    const std::optional<TrainingConfig>& underWay() const { return underWay_; }
    /// Folder of the comparison on the page; empty if there is none.
    const std::filesystem::path& shownFolder() const { return shown_; }
    /// Of the images of the next training; empty for the bundled set.
    std::filesystem::path dataFolder() const;
    /// Asks for a model that is being trained; answered by inspected(). False, and no answer, if it
    /// is not.
    bool inspect(std::size_t model);

    const std::shared_ptr<DatasetCache>& datasets() const { return datasets_; }

  signals:
    /// The phase has changed, and with it what can be asked for.
    void changed();
    /// One line that stays: where the run is, what the images are.
    void statusChanged(const QString& status);
    /// The content of model.pt as of now; null if the training ended before it could be told.
    void inspected(std::size_t model, std::shared_ptr<const std::string> content);

  private:
    void connectPage();
    void connectLoader();
    void connectController();
    void onPrepared(const std::shared_ptr<const PreparedRun>& prepared, const QString& problem);
    void onStateChanged(TrainingController::State state);
    void setPhase(RunPhase phase);
    RunPhase restingPhase() const;
    std::filesystem::path newRunFolder() const;

    TrainPage& page_;
    const Folders folders_;
    const std::shared_ptr<DatasetCache> datasets_;
    RunLoader loader_;
    TrainingController controller_;
    int threads_ = 1;
    RunPhase phase_ = RunPhase::Idle;
    bool stopWhenPrepared_ = false;  ///< asked for while loading
    bool continuing_ = false;        ///< what is being prepared goes on with an earlier run
    std::filesystem::path shown_;    ///< folder of the comparison on the page; empty if none
    bool shownIsIncomplete_ = false;
    std::optional<TrainingConfig> underWay_;
};

}  // namespace normscope
