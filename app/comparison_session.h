#pragma once

#include <QObject>
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "app/task_thread.h"
#include "core/dataset.h"
#include "ui/compared_model.h"
#include "ui/runs/run_entry.h"

namespace normscope {

class TrainingSession;

/// Which models all pages compare: those of the run on page Train, or of the one that came with the
/// program while there is none, until others are chosen. It follows a training epoch by epoch.
class ComparisonSession : public QObject {
    Q_OBJECT

  public:
    explicit ComparisonSession(TrainingSession& training, QObject* parent = nullptr);

    const Comparison& models() const { return models_; }
    /// What was asked for, be it read already or not.
    const std::vector<ModelRef>& chosen() const { return wanted_; }
    /// The images that the first model was tested on; null until they are read.
    const std::shared_ptr<const Dataset>& dataset() const { return dataset_; }
    /// Whether something is still to be read.
    bool isBusy() const { return !isWhole() || datasetsUnderWay_ > 0; }

    /// From whichever runs. Page Train shows them too, once no training is under way.
    void choose(const std::vector<ModelRef>& models);

    /// What people note down about a run; kept with it on the disk, if it is there.
    void writeNotes(const std::filesystem::path& run, const QString& notes);

  signals:
    void changed(const normscope::Comparison& models);
    void datasetReady(const std::shared_ptr<const normscope::Dataset>& dataset);
    /// Why a model cannot be compared, as a whole or at all, or its images not be read.
    void failed(const QString& sentence);

  private:
    using RunPointer = std::shared_ptr<const Run>;

    void want(const std::vector<ModelRef>& models);
    void tellProblems(const Run& run);
    void takeShown(const RunPointer& run);
    void takeRun(const RunPointer& run);
    void takeListed();
    void takeRenamed(const std::filesystem::path& from, const std::filesystem::path& to);
    void drop(const std::filesystem::path& folder);
    void showOnTrain();
    bool isWanted(const QString& folder) const;
    bool isWhole() const;
    void loadMissing();
    void assemble();
    void readDataset();
    /// `dataset` is null where it cannot be read, and `problem` says why.
    void takeDataset(const DatasetInfo& wanted, const std::shared_ptr<const Dataset>& dataset,
                     const QString& problem);
    QString nameOf(const Run& run) const;

    TrainingSession& training_;
    std::vector<ModelRef> wanted_;
    std::map<QString, RunPointer> held_;  ///< the runs of those, by folder, as far as read
    Comparison models_;
    Comparison onTrain_;  ///< what page Train shows
    std::shared_ptr<const Dataset> dataset_;
    DatasetInfo datasetWanted_;
    int datasetsUnderWay_ = 0;
    TaskThread thread_;  ///< dies first: its tasks refer to the above
};

}  // namespace normscope
