#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/live_run.h"
#include "app/resume_offer.h"
#include "app/run_keeper.h"
#include "app/run_library.h"
#include "app/run_loader.h"
#include "app/training_controller.h"
#include "core/runs.h"
#include "ui/compared_model.h"
#include "ui/train/run_phase.h"

namespace normscope {

class TrainPage;
struct Message;

/// What page Train and its menu ask for, carried to the threads that do it, and back.
class TrainingSession : public QObject {
    Q_OBJECT

  public:
    struct Folders {
        std::filesystem::path bundledData;  ///< empty where they are missing
        std::filesystem::path runs;         ///< new runs get a folder of their own in it
        std::vector<std::filesystem::path> bundledRuns = {};  ///< trained, shipped with the program
    };

    TrainingSession(TrainPage& page, Folders folders, TrainerFactory factory,
                    QObject* parent = nullptr);

    /// Threads of each model of the next training.
    void setThreads(int threads) { threads_ = threads; }

    /// Why no training can begin for now, in one sentence; empty: nothing keeps from it.
    void setObstacle(const QString& sentence) { obstacle_ = sentence; }

    /// The images of the next training; empty for the bundled set. They are read in the background,
    /// and only what could be read is chosen.
    void setData(const std::filesystem::path& folder);

    void start(const TrainingConfig& config);
    void pauseOrResume();
    void stepOnce();
    void stop();
    void continueRun(int moreEpochs);
    /// A run that was interrupted goes on from its last finished epoch.
    void resumeRun(const std::filesystem::path& folder);
    void openRun(const std::filesystem::path& folder);
    /// As one that was opened: its settings are those of the next training.
    void showRun(const std::shared_ptr<const Run>& run);
    /// Models of whichever runs; without effect while a training is under way, which page Train
    /// always shows.
    void showComparison(const Comparison& models);
    /// The run in training knows of it at once, and the disk soon.
    void writeNotes(const std::filesystem::path& run, const QString& notes);

    const std::filesystem::path& runsFolder() const { return folders_.runs; }
    RunLibrary& library() { return library_; }

    RunPhase phase() const { return phase_; }
    /// Whether the comparison shown lacks epochs that it was meant to have.
    bool canContinue() const;
    /// Whether a stop has no effect because a model does not answer any more.
    bool isStuck() const { return controller_.isStuck(); }
    /// Reads what is to be trained; null once it is read, and when nothing is to be.
    const TaskThread* preparing() const {
        return phase_ == RunPhase::Loading ? &loader_.thread() : nullptr;
    }
    RunKeeper& keeper() { return keeper_; }

    /// What is being trained; empty if nothing is.
    const std::optional<TrainingConfig>& underWay() const { return underWay_; }
    /// What is being trained, or was last: as of its last epoch. Null before the first training.
    const std::shared_ptr<const Run>& trained() const { return trained_; }
    /// Folder of the run on the page; empty if there is none, or one that cannot go on: models of
    /// several runs, or a run that came with the program.
    const std::filesystem::path& shownFolder() const { return shown_; }
    /// Of the images of the next training; empty for the bundled set.
    std::filesystem::path dataFolder() const;
    /// The images that were read last for the next training; empty before any were.
    const std::optional<DatasetInfo>& images() const { return images_; }
    /// Asks for a model that is being trained; answered by inspected(). False, and no answer, if it
    /// is not.
    bool inspect(std::size_t model);

    const std::shared_ptr<DatasetCache>& datasets() const { return datasets_; }

  signals:
    /// The phase has changed, and with it what can be asked for.
    void changed();
    /// Page Train shows another run: one whose training begins, or one that was opened.
    void runShown(const std::shared_ptr<const normscope::Run>& run);
    /// The run in training has come further.
    void runAdvanced(const std::shared_ptr<const normscope::Run>& run);
    /// One line that stays: where the run is, what the images are.
    void statusChanged(const QString& status);
    /// The content of model.pt as of now; null if the training ended before it could be told.
    void inspected(std::size_t model, std::shared_ptr<const std::string> content);

  private:
    void connectPage();
    void connectLoader();
    void connectController();
    void connectLibrary();
    void connectKeeper();
    void onPrepared(const std::shared_ptr<const PreparedRun>& prepared);
    void onStateChanged(TrainingController::State state);
    void takeSnapshot(const TrainingSnapshot& snapshot);
    void tell(const Message& message);
    void tellAdvance();
    void takeMoved(const std::filesystem::path& from, const std::filesystem::path& to);
    void prepareToGoOn(const std::filesystem::path& folder, int moreEpochs);
    void showSettings(TrainingConfig settings);
    void display(const std::shared_ptr<const Run>& run);
    void takeOpened(const std::shared_ptr<const Run>& run);
    void takeFailure(const QString& sentence);
    bool isBundled(const std::filesystem::path& folder) const;
    bool isFree();
    void setPhase(RunPhase phase);
    RunPhase restingPhase() const;

    TrainPage& page_;
    const Folders folders_;
    const std::shared_ptr<DatasetCache> datasets_;
    RunLibrary library_;
    RunLoader loader_;
    RunKeeper keeper_;
    ResumeOffer offer_;
    TrainingController controller_;
    int threads_ = 1;
    std::optional<DatasetInfo> images_;
    QString obstacle_;
    RunPhase phase_ = RunPhase::Idle;
    bool stopWhenPrepared_ = false;  ///< asked for while loading
    bool continuing_ = false;        ///< what is being prepared goes on with an earlier run
    std::filesystem::path shown_;    ///< folder of the comparison on the page; empty if none
    bool shownIsIncomplete_ = false;
    bool showsTrained_ = false;  ///< the comparison on the page is that in training, or the last
    std::filesystem::path opening_;  ///< while it is read; empty if none is
    std::unique_ptr<LiveRun> live_;  ///< null before the first training
    std::shared_ptr<const Run> trained_;
    QTimer advance_;  ///< several models end their epochs at much the same time
    std::optional<TrainingConfig> underWay_;
};

}  // namespace normscope
