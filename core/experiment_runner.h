#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/experiment.h"
#include "core/run_preparation.h"

namespace normscope {

/// Begins an experiment in a folder that is empty or not there yet. Throws ConfigError where the
/// spec cannot be trained, std::runtime_error where the folder holds something else or the disk
/// refuses.
Experiment createExperiment(const ExperimentSpec& spec, const std::filesystem::path& folder);

/// One of its runs, from the beginning or from its last finished epoch, ready to train and with its
/// writer. Throws std::runtime_error with one sentence where the folder is damaged or `dataset`
/// holds other images than the runs before were trained on.
PreparedRun prepareExperimentRun(const Experiment& experiment, std::size_t run,
                                 std::shared_ptr<const Dataset> dataset,
                                 const TrainerFactory& factory);

/// Mini-batches of all models of a run, those of finished epochs, and of all runs.
std::int64_t stepsOf(const ExperimentRun& run, int trainTotal);
std::int64_t stepsDone(const ExperimentRun& run, int trainTotal);
std::int64_t stepsOf(const Experiment& experiment, int trainTotal);

}  // namespace normscope
