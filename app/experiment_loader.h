#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <memory>

#include "app/dataset_cache.h"
#include "app/interrupted_experiment.h"
#include "app/task_thread.h"
#include "core/experiment_runner.h"

namespace normscope {

/// Reads, creates and prepares experiments on a thread of its own. Lives on the thread of the
/// window; every request is answered by one signal, in the order of the requests.
class ExperimentLoader : public QObject {
    Q_OBJECT

  public:
    ExperimentLoader(std::shared_ptr<DatasetCache> datasets, TrainerFactory factory,
                     QObject* parent = nullptr);

    // Answer: experimentRead.
    /// A new one in a folder of its own in `parent`.
    void create(const ExperimentSpec& spec, const std::filesystem::path& parent);
    void read(const std::filesystem::path& folder);
    /// Of those in `parent`. Answer: foundInterrupted, if there is one.
    void findInterrupted(const std::filesystem::path& parent);
    /// Reads one of its runs anew, once all that its writer has is on the disk.
    void refresh(std::shared_ptr<const Experiment> experiment, std::size_t run,
                 std::shared_ptr<RunWriter> writer);

    /// A run of which the disk did not take all, into a folder of its own in `parent`. Answer:
    /// savedElsewhere.
    void saveElsewhere(std::shared_ptr<RunWriter> writer, const std::filesystem::path& parent);

    /// One of its runs. Answer: prepared.
    void prepare(std::shared_ptr<const Experiment> experiment, std::size_t run);

    const TaskThread& thread() const { return thread_; }

  signals:
    void experimentRead(std::shared_ptr<const normscope::Experiment> experiment);
    void foundInterrupted(const normscope::InterruptedExperiment& experiment);
    void savedElsewhere(const std::filesystem::path& folder);
    void prepared(std::size_t run, std::shared_ptr<const normscope::PreparedRun> prepared);
    /// In place of any of the above.
    void failed(const QString& message);

  private:
    void post(TaskThread::Task task);
    TaskThread::Answer answer(Experiment experiment);

    const std::shared_ptr<DatasetCache> datasets_;
    const TrainerFactory factory_;
    std::shared_ptr<const Dataset>
        dataset_;        ///< on the other thread: the images read last are kept
    TaskThread thread_;  ///< dies first: its tasks refer to the above
};

}  // namespace normscope
