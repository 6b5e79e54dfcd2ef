#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/runs.h"
#include "core/trainer.h"

namespace normscope {

class RunWriter;

/// All that training a comparison needs: what is to be trained, on what, from where, and where it
/// is written.
struct PreparedRun {
    Run run;  ///< with what was measured before, for a run that goes on
    std::shared_ptr<const Dataset> dataset;
    std::shared_ptr<RunWriter> writer;                    ///< null: kept in memory alone
    std::vector<std::optional<std::string>> checkpoints;  ///< one per model
};

// The writer of either is still to be made, by RunWriter::create() or RunWriter::reopen(): nothing
// is written before all is known to be well, and what becomes of a comparison that cannot be
// written is for the caller to say.

/// A new comparison.
PreparedRun prepareNewRun(const TrainingConfig& config, const std::filesystem::path& folder,
                          std::shared_ptr<const Dataset> dataset);

/// A comparison read from its folder goes on: to its last epoch, and then for `moreEpochs` more.
/// Throws ConfigError or std::runtime_error with one sentence where the folder, its checkpoints or
/// the images are not what they should be.
PreparedRun prepareContinuation(Run run, int moreEpochs, std::shared_ptr<const Dataset> dataset,
                                const TrainerFactory& factory);

/// Whether there is nothing left to train for the model: it has diverged or had all its epochs.
bool isComplete(const PreparedRun& prepared, std::size_t model);

}  // namespace normscope
