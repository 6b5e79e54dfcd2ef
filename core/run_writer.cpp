#include "core/run_writer.h"

#include <stdexcept>

#include "core/files.h"
#include "core/folder_lock.h"
#include "core/run_formats.h"
#include "core/run_notes.h"
#include "core/trainer.h"

namespace normscope {

RunWriter::RunWriter(Run run) : run_(std::move(run)) {
    const int images = trainingImages(run_.config, run_.dataset.trainTotal);
    for (ModelHistory& history : run_.models) {
        summaries_.push_back(summarize(history, images, run_.dataset.testTotal));
        history.steps.clear();
        history.epochs.clear();
        history.evaluation.reset();
        history.epochPredictions.clear();
        history.percentiles.clear();
    }
}

std::shared_ptr<RunWriter> RunWriter::create(Run run) {
    std::error_code error;
    if (std::filesystem::exists(run.folder / kComparisonFile, error)) {
        throw std::runtime_error("The folder " + run.folder.string() + " already holds a run.");
    }
    run.models.assign(run.config.models.size(), ModelHistory{});
    return reopen(std::move(run));
}

std::shared_ptr<RunWriter> RunWriter::reopen(Run run) {
    std::shared_ptr<RunWriter> writer(new RunWriter(std::move(run)));
    for (std::size_t model = 0; model < writer->run_.models.size(); ++model) {
        createFolder(writer->modelFolder(model));
    }
    const std::scoped_lock lock(writer->mutex_);
    writer->writeComparison();
    return writer;
}

std::filesystem::path RunWriter::modelFolder(std::size_t model) const {
    return run_.folder / run_.config.models.at(model).label;
}

/// Notes are edited while the training goes on: those on the disk are the latest.
void RunWriter::writeComparison() {
    const FolderLock lock(run_.folder);
    run_.notes = readNotes(run_.folder).value_or(run_.notes);
    writeFile(run_.folder / kComparisonFile, formatComparison(run_, summaries_));
}

void RunWriter::update(std::size_t model, const ModelHistory& history) {
    const std::scoped_lock lock(mutex_);
    run_.models[model].outcome = history.outcome;
    run_.models[model].error = history.error;
    summaries_[model] = summarize(history, trainingImages(run_.config, run_.dataset.trainTotal),
                                  run_.dataset.testTotal);
    writeComparison();
}

void RunWriter::writeEpoch(std::size_t model, const ModelHistory& history,
                           const std::string& modelFile, const std::string& checkpoint) {
    const std::filesystem::path folder = modelFolder(model);
    writeFile(folder / kStepsFile, formatSteps(history.steps));
    writeFile(folder / kEpochsFile, formatEpochs(history.epochs));
    writeFile(folder / kPredictionsFile, formatPredictions(*history.evaluation));
    writeFile(folder / kEpochPredictionsFile, formatEpochPredictions(history.epochPredictions));
    writeFile(folder / kPercentilesFile, formatPercentiles(history.percentiles));
    writeFile(folder / kModelFile, modelFile);
    writeFile(folder / kCheckpointFile, checkpoint);
    update(model, history);
}

void RunWriter::writeEnd(std::size_t model, const ModelHistory& history) {
    const std::filesystem::path folder = modelFolder(model);
    writeFile(folder / kStepsFile, formatSteps(history.steps));
    writeFile(folder / kPercentilesFile, formatPercentiles(history.percentiles));
    update(model, history);
}

DatasetInfo describe(const Dataset& dataset) {
    return {.folder = dataset.folder.string(),
            .checksum = dataset.checksum,
            .trainTotal = dataset.train.size(),
            .testTotal = dataset.test.size()};
}

}  // namespace normscope
