#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <memory>

#include "app/dataset_cache.h"
#include "app/task_thread.h"
#include "core/run_preparation.h"

namespace normscope {

/// Reads data sets, creates run folders and takes up those that go on, on a thread of its own.
/// Lives on the thread of the window; every request is answered by one signal, in the order of the
/// requests.
class RunLoader : public QObject {
    Q_OBJECT

  public:
    /// `factory` checks the checkpoints of a run that goes on.
    RunLoader(std::shared_ptr<DatasetCache> datasets, TrainerFactory factory,
              QObject* parent = nullptr);

    /// Reads the images ahead of need. Answer: dataRead.
    void readData(const std::filesystem::path& folder);
    /// A new comparison in a folder of its own in `parent`. Answer: prepared.
    void prepareNew(const TrainingConfig& config, const std::filesystem::path& parent);
    /// The comparison in `folder` goes on. Answer: prepared.
    void prepareContinuation(const std::filesystem::path& folder, int moreEpochs);
    /// Into a new folder in `parent`. Answer: saved.
    void saveElsewhere(std::shared_ptr<RunWriter> writer, const std::filesystem::path& parent);
    /// Where it belongs. Answer: saved.
    void saveAgain(std::shared_ptr<RunWriter> writer);

    const TaskThread& thread() const { return thread_; }

  signals:
    void dataRead(const normscope::DatasetInfo& info);
    /// A run that cannot be written has no folder, and its writer tells why: it trains in memory.
    void prepared(std::shared_ptr<const normscope::PreparedRun> run);
    /// `problem` says why it could not be, if so; else it is in `folder`.
    void saved(const std::filesystem::path& folder, const QString& problem);
    /// In place of any of the above.
    void failed(const QString& message);

  private:
    void post(TaskThread::Task task);

    // On the other thread.
    std::shared_ptr<const Dataset> dataset(const std::filesystem::path& folder);
    TaskThread::Answer answer(PreparedRun run);
    void postSaving(std::function<std::filesystem::path()> save);

    const std::shared_ptr<DatasetCache> datasets_;
    const TrainerFactory factory_;
    std::shared_ptr<const Dataset> dataset_;  ///< the images read last are kept
    TaskThread thread_;                       ///< dies first: its tasks refer to the above
};

}  // namespace normscope
