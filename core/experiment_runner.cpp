#include "core/experiment_runner.h"

#include <numeric>
#include <stdexcept>

#include "core/experiment_json.h"
#include "core/files.h"
#include "core/folder_lock.h"
#include "core/run_lock.h"
#include "core/run_writer.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

/// What an experiment that was killed at its very beginning leaves behind does not count.
bool isFree(const fs::path& folder) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().filename() != std::string(kExperimentFile) + ".part") {
            return false;
        }
    }
    return !error;
}

void refuseOtherImages(const Experiment& experiment, const Dataset& dataset) {
    for (const ExperimentRun& run : experiment.runs) {
        if (run.run && run.run->dataset.checksum != dataset.checksum) {
            throw std::runtime_error("The experiment in " + experiment.folder.string() +
                                     " was begun with other images than those in " +
                                     dataset.folder.string() +
                                     "; name the folder that holds them.");
        }
    }
}

}  // namespace

Experiment createExperiment(const ExperimentSpec& spec, const fs::path& folder) {
    Experiment experiment;
    experiment.folder = folder;
    experiment.spec = spec;
    experiment.runs = planRuns(spec);
    experiment.command = experimentCommand(spec, folder);
    createFolder(folder);
    const FolderLock lock(folder);  // of two that begin here at once, one finds it taken
    if (!isFree(folder)) {
        throw std::runtime_error("The folder " + folder.string() +
                                 " holds something else than an experiment; choose another.");
    }
    writeFile(folder / kExperimentFile, formatExperiment(experiment));
    return experiment;
}

PreparedRun prepareExperimentRun(const Experiment& experiment, std::size_t run,
                                 std::shared_ptr<const Dataset> dataset,
                                 const TrainerFactory& factory) {
    if (!experiment.problems.empty()) {
        throw std::runtime_error(experiment.problems.front());  // do not write over what is left
    }
    refuseOtherImages(experiment, *dataset);
    const ExperimentRun& next = experiment.runs.at(run);
    const fs::path folder = experiment.folder / next.name;
    if (!next.run) {
        PreparedRun prepared = prepareNewRun(next.config, folder, std::move(dataset));
        prepared.writer = RunWriter::create(prepared.run);
        return prepared;
    }
    auto [lock, kept] = readLocked(folder);
    PreparedRun prepared =
        prepareContinuation(std::move(kept), /*moreEpochs=*/0, std::move(dataset), factory);
    prepared.writer = RunWriter::reopen(prepared.run, std::move(lock));
    return prepared;
}

std::int64_t stepsOf(const ExperimentRun& run, int trainTotal) {
    return stepsPerEpoch(run.config, trainTotal) * run.config.epochs() *
           static_cast<std::int64_t>(run.config.models.size());
}

std::int64_t stepsDone(const ExperimentRun& run, int trainTotal) {
    if (run.complete) {
        return stepsOf(run, trainTotal);  // what a diverged model left out is not missing
    }
    std::int64_t epochs = 0;
    if (run.run) {
        for (const ModelHistory& history : run.run->models) {
            epochs += static_cast<std::int64_t>(history.epochs.size());
        }
    }
    return stepsPerEpoch(run.config, trainTotal) * epochs;
}

std::int64_t stepsOf(const Experiment& experiment, int trainTotal) {
    return std::accumulate(
        experiment.runs.begin(), experiment.runs.end(), std::int64_t{0},
        [&](std::int64_t sum, const ExperimentRun& run) { return sum + stepsOf(run, trainTotal); });
}

}  // namespace normscope
