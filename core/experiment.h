#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/runs.h"
#include "core/training_config.h"

namespace normscope {

/// Several comparisons that differ in one thing, so that a claim about methods, and not only about
/// single networks, can be measured.
enum class ExperimentKind {
    Seeds,     ///< the same models from several seeds
    BatchSize  ///< the sweep of Group Normalization, arXiv 1803.08494, section 4.1
};

/// "seeds" or "batch-size", as on the command line and in files.
std::string_view nameOf(ExperimentKind kind);
std::optional<ExperimentKind> experimentKindNamed(std::string_view name);

struct ExperimentSpec {
    ExperimentKind kind = ExperimentKind::Seeds;
    TrainingConfig base;                      ///< its seed is the first
    int seeds = 5;                            ///< of ExperimentKind::Seeds: base.seed, + 1, ...
    std::vector<int> sizes{32, 16, 8, 4, 2};  ///< of ExperimentKind::BatchSize

    friend bool operator==(const ExperimentSpec&, const ExperimentSpec&) = default;
};

/// One comparison of an experiment; its run folder lies in that of the experiment.
struct ExperimentRun {
    std::string name;  ///< of its folder: "seed-3", "batch-16"
    TrainingConfig config;
    std::shared_ptr<const Run> run;  ///< null before it was begun; without steps, which are many
    bool complete = false;           ///< every model has had all its epochs, or diverged
};

struct Experiment {
    std::filesystem::path folder;
    std::string command;  ///< that runs it
    ExperimentSpec spec;
    std::vector<ExperimentRun> runs;
    std::vector<std::string> problems;  ///< what was missing or damaged, a sentence each
};

inline constexpr auto kExperimentFile = "experiment.json";

/// Whether every model has had all its epochs, or diverged.
bool isComplete(const Run& run);

/// The place of the run that is next to train; empty once all are complete.
std::optional<std::size_t> nextRun(const Experiment& experiment);

/// The command line that runs, or goes on with, the experiment in `out`.
std::string experimentCommand(const ExperimentSpec& spec, const std::filesystem::path& out);

/// The configurations of its runs, in their order. For batch sizes the learning rate is scaled with
/// the batch: base.learningRate * size / base.batchSize. Throws ConfigError.
std::vector<ExperimentRun> planRuns(const ExperimentSpec& spec);

/// Reads the folder of an experiment as far as it is whole. Throws std::runtime_error when
/// experiment.json is missing or damaged.
Experiment readExperiment(const std::filesystem::path& folder);

/// Reads anew what one of its runs has come to.
void refreshRun(Experiment& experiment, std::size_t run);

}  // namespace normscope
