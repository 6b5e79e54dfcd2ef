#include "core/run_preparation.h"

#include <stdexcept>

#include "core/run_writer.h"

namespace normscope {

PreparedRun prepareNewRun(const TrainingConfig& config, const std::filesystem::path& folder,
                          std::shared_ptr<const Dataset> dataset) {
    PreparedRun prepared;
    prepared.run.folder = folder;
    prepared.run.command = trainCommand(config, folder);
    prepared.run.config = config;
    prepared.run.dataset = describe(*dataset);
    prepared.run.models.resize(config.models.size());
    prepared.checkpoints.resize(config.models.size());
    prepared.dataset = std::move(dataset);
    return prepared;
}

PreparedRun prepareContinuation(Run run, int moreEpochs, std::shared_ptr<const Dataset> dataset,
                                const TrainerFactory& factory) {
    if (dataset->checksum != run.dataset.checksum) {
        throw std::runtime_error("The run in " + run.folder.string() +
                                 " was trained on other images than those in " +
                                 dataset->folder.string() + "; name the folder that holds them.");
    }
    if (!run.problems.empty()) {
        throw std::runtime_error(run.problems.front());  // going on would write over what is left
    }
    if (moreEpochs > 0) {
        run.config.cycles.push_back(moreEpochs);
        validate(run.config);
    }
    PreparedRun prepared;
    for (std::size_t model = 0; model < run.models.size(); ++model) {
        ModelHistory& history = run.models[model];
        const std::optional<std::string> checkpoint = readCheckpoint(run, model);
        // Whether the checkpoint can be gone on with, a trainer says best; and from where.
        try {
            history.truncate(factory({run.config, model, dataset, checkpoint})->epochsFinished());
        } catch (const std::runtime_error& error) {
            throw std::runtime_error(run.folder.string() + ": " + error.what());
        }
        // Only a diverged model stays as it is: it would diverge again.
        if (history.outcome == Outcome::Finished && moreEpochs > 0) {
            history.outcome = Outcome::Running;
        }
        prepared.checkpoints.push_back(checkpoint);
    }
    run.versions = {};  // this program's
    prepared.run = std::move(run);
    prepared.dataset = std::move(dataset);
    return prepared;
}

bool isComplete(const PreparedRun& prepared, std::size_t model) {
    const ModelHistory& history = prepared.run.models[model];
    return history.outcome == Outcome::Failed || history.outcome == Outcome::Finished;
}

}  // namespace normscope
