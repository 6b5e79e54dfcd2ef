#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/dataset.h"
#include "core/runs.h"

namespace normscope {

/// Writes one run folder. Shared by the threads of its models: each writes its own folder, and
/// comparison.json goes through a lock. Every function throws std::runtime_error with a sentence
/// that names the file when the disk refuses.
class RunWriter {
  public:
    /// A new run in a folder that holds none yet; or, where `run` was read from its folder, the
    /// same run going on.
    static std::shared_ptr<RunWriter> create(Run run);
    static std::shared_ptr<RunWriter> reopen(Run run);

    /// After each finished epoch. checkpoint.pt comes last: what it lets resume is all there.
    void writeEpoch(std::size_t model, const ModelHistory& history, const std::string& modelFile,
                    const std::string& checkpoint);

    /// When the model stops, for whatever reason: also what it measured of an unfinished epoch.
    void writeEnd(std::size_t model, const ModelHistory& history);

  private:
    explicit RunWriter(Run run);

    void writeComparison();
    void update(std::size_t model, const ModelHistory& history);
    std::filesystem::path modelFolder(std::size_t model) const;

    std::mutex mutex_;
    Run run_;  ///< of its models only outcome and error, the measurements are in summaries_
    std::vector<ModelSummary> summaries_;
};

/// The facts of a dataset that a run keeps.
DatasetInfo describe(const Dataset& dataset);

}  // namespace normscope
