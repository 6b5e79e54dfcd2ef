#include "core/experiment.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "core/experiment_json.h"
#include "core/files.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxJsonBytes = 1 << 20;
constexpr int kMaxSeeds = 1000;
constexpr std::size_t kMaxSizes = 32;

ExperimentRun planned(std::string name, TrainingConfig config) {
    return {.name = std::move(name), .config = std::move(config), .run = nullptr};
}

void addSeeds(std::vector<ExperimentRun>& runs, const ExperimentSpec& spec) {
    if (spec.seeds < 2 || spec.seeds > kMaxSeeds) {
        throw ConfigError("seeds", "The number of seeds must be between 2 and " +
                                       std::to_string(kMaxSeeds) +
                                       ": one tells nothing about how much they differ.");
    }
    if (spec.base.seed > std::numeric_limits<std::uint64_t>::max() - kMaxSeeds) {
        throw ConfigError("seed", "The first seed is too large to count on from.");
    }
    for (int i = 0; i < spec.seeds; ++i) {
        TrainingConfig config = spec.base;
        config.seed += static_cast<std::uint64_t>(i);
        runs.push_back(planned("seed-" + std::to_string(config.seed), config));
    }
}

void addSizes(std::vector<ExperimentRun>& runs, const ExperimentSpec& spec) {
    const std::set<int> different(spec.sizes.begin(), spec.sizes.end());
    if (spec.sizes.empty() || spec.sizes.size() > kMaxSizes ||
        different.size() != spec.sizes.size()) {
        throw ConfigError(
            "sizes", "Name from 1 to " + std::to_string(kMaxSizes) + " batch sizes, each once.");
    }
    for (const int size : spec.sizes) {
        TrainingConfig config = spec.base;
        config.batchSize = size;
        config.learningRate = spec.base.learningRate * size / spec.base.batchSize;
        runs.push_back(planned("batch-" + std::to_string(size), config));
    }
}

/// Images may have been moved since: what they are, the runs themselves tell.
bool isOfPlan(const TrainingConfig& config, TrainingConfig planned) {
    planned.data = config.data;
    return config == planned;
}

}  // namespace

std::string_view nameOf(ExperimentKind kind) {
    return kind == ExperimentKind::Seeds ? "seeds" : "batch-size";
}

std::optional<ExperimentKind> experimentKindNamed(std::string_view name) {
    for (const ExperimentKind kind : {ExperimentKind::Seeds, ExperimentKind::BatchSize}) {
        if (name == nameOf(kind)) {
            return kind;
        }
    }
    return std::nullopt;
}

bool isComplete(const Run& run) {
    return std::ranges::all_of(run.models, [](const ModelHistory& history) {
        return history.outcome == Outcome::Finished || history.outcome == Outcome::Failed;
    });
}

std::optional<std::size_t> nextRun(const Experiment& experiment) {
    const auto next = std::ranges::find(experiment.runs, false, &ExperimentRun::complete);
    return next == experiment.runs.end()
               ? std::nullopt
               : std::optional<std::size_t>(next - experiment.runs.begin());
}

std::string experimentCommand(const ExperimentSpec& spec, const fs::path& out) {
    std::string command = "normscope experiment --kind " + std::string(nameOf(spec.kind));
    if (spec.kind == ExperimentKind::Seeds) {
        command += " --seeds " + std::to_string(spec.seeds);
    } else {
        command += " --sizes ";
        for (const int size : spec.sizes) {
            command += (command.ends_with(' ') ? "" : ",") + std::to_string(size);
        }
    }
    // The rest are the options of train.
    constexpr std::string_view kTrain = "normscope train";
    return command + trainCommand(spec.base, out).substr(kTrain.size());
}

std::vector<ExperimentRun> planRuns(const ExperimentSpec& spec) {
    validate(spec.base);
    std::vector<ExperimentRun> runs;
    if (spec.kind == ExperimentKind::Seeds) {
        addSeeds(runs, spec);
    } else {
        addSizes(runs, spec);
    }
    for (const ExperimentRun& run : runs) {
        validate(run.config);
    }
    return runs;
}

void refreshRun(Experiment& experiment, std::size_t run) {
    ExperimentRun& place = experiment.runs.at(run);
    const fs::path folder = experiment.folder / place.name;
    std::error_code error;
    if (!fs::exists(folder / kComparisonFile, error)) {
        return;
    }
    try {
        Run read = readRun(folder);
        if (!isOfPlan(read.config, place.config)) {
            throw std::runtime_error(folder.string() +
                                     " holds a run with other settings than the experiment.");
        }
        experiment.problems.insert(experiment.problems.end(), read.problems.begin(),
                                   read.problems.end());
        for (ModelHistory& history : read.models) {
            history.steps = {};
        }
        place.complete = read.problems.empty() && isComplete(read);
        place.run = std::make_shared<const Run>(std::move(read));
    } catch (const std::runtime_error& problem) {
        experiment.problems.emplace_back(problem.what());
    }
}

Experiment readExperiment(const fs::path& folder) {
    const fs::path file = folder / kExperimentFile;
    Experiment experiment = parseExperiment(readFile(file, kMaxJsonBytes), file.string());
    experiment.folder = folder;
    for (std::size_t run = 0; run < experiment.runs.size(); ++run) {
        refreshRun(experiment, run);
    }
    return experiment;
}

}  // namespace normscope
