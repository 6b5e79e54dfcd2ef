#include "core/run_writer.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <utility>

#include "core/files.h"
#include "core/folder_lock.h"
#include "core/run_formats.h"
#include "core/run_notes.h"
#include "core/trainer.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

/// In the order of writing.
constexpr std::array kFiles{kStepsFile,       kEpochsFile, kPredictionsFile, kEpochPredictionsFile,
                            kPercentilesFile, kModelFile,  kCheckpointFile};

constexpr std::size_t kMostBytes = 1 << 30;

fs::path folderOf(const Run& run, std::size_t model) {
    return run.folder / run.config.models.at(model).label;
}

void refuseSecondRun(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder / kComparisonFile, error)) {
        throw std::runtime_error("The folder " + folder.string() + " already holds a run.");
    }
}

/// Makes the folders of the run, and nobody else may write there from now on. Of two that begin in
/// the same folder, one finds that it is taken.
RunLock settle(const Run& run) {
    createFolder(run.folder);
    const FolderLock folder(run.folder);
    refuseSecondRun(run.folder);
    for (const ModelConfig& model : run.config.models) {
        createFolder(run.folder / model.label);
    }
    return RunLock::take(run);
}

}  // namespace

RunWriter::RunWriter(Run run) : run_(std::move(run)) {
    const int images = trainingImages(run_.config, run_.dataset.trainTotal);
    for (ModelHistory& history : run_.models) {
        ModelFiles& files = files_.emplace_back();
        for (const char* name : kFiles) {
            files.push_back({.name = name});
        }
        summaries_.push_back(summarize(history, images, run_.dataset.testTotal));
        history = ModelHistory{.steps = {},
                               .epochs = {},
                               .evaluation = nullptr,
                               .epochPredictions = {},
                               .percentiles = {},
                               .outcome = history.outcome,
                               .error = history.error};
    }
}

std::shared_ptr<RunWriter> RunWriter::create(Run run) {
    refuseSecondRun(run.folder);
    run.models.assign(run.config.models.size(), ModelHistory{});
    RunLock lock = settle(run);
    std::shared_ptr<RunWriter> writer(new RunWriter(std::move(run)));
    writer->lock_ = std::move(lock);
    writer->writeComparison();
    return writer;
}

std::shared_ptr<RunWriter> RunWriter::reopen(Run run, RunLock lock) {
    std::shared_ptr<RunWriter> writer(new RunWriter(std::move(run)));
    writer->lock_ = std::move(lock);
    for (const ModelConfig& model : writer->run_.config.models) {
        removeLeftovers(writer->run_.folder / model.label);
    }
    writer->rememberFolder();
    writer->writeComparison();
    return writer;
}

std::shared_ptr<RunWriter> RunWriter::inMemory(Run run, const std::string& problem) {
    std::shared_ptr<RunWriter> writer(new RunWriter(std::move(run)));
    writer->problem_ = problem;
    writer->rememberFolder();
    return writer;
}

/// A run that goes on is saved elsewhere as a whole.
void RunWriter::rememberFolder() {
    if (run_.folder.empty()) {
        return;
    }
    for (std::size_t model = 0; model < files_.size(); ++model) {
        for (File& file : files_[model]) {
            const fs::path path = folderOf(run_, model) / file.name;
            std::error_code error;
            if (fs::exists(path, error)) {
                file.content = readFile(path, kMostBytes);
                file.state = File::State::Written;
            }
        }
    }
}

void RunWriter::writeEpoch(std::size_t model, const ModelHistory& history,
                           const std::string& modelFile, const std::string& checkpoint) {
    put(model, history,
        {{kStepsFile, formatSteps(history.steps)},
         {kEpochsFile, formatEpochs(history.epochs)},
         {kPredictionsFile, formatPredictions(*history.evaluation)},
         {kEpochPredictionsFile, formatEpochPredictions(history.epochPredictions)},
         {kPercentilesFile, formatPercentiles(history.percentiles)},
         {kModelFile, modelFile},
         {kCheckpointFile, checkpoint}});
}

void RunWriter::writeEnd(std::size_t model, const ModelHistory& history) {
    put(model, history,
        {{kStepsFile, formatSteps(history.steps)},
         {kPercentilesFile, formatPercentiles(history.percentiles)}});
}

void RunWriter::put(std::size_t model, const ModelHistory& history, std::vector<Content> contents) {
    std::string failure;
    {
        const std::shared_lock lock(place_);
        for (Content& content : contents) {
            File& file =
                *std::ranges::find(files_.at(model), std::string_view(content.name), &File::name);
            file.content = std::move(content.text);
            file.state = File::State::Waiting;
        }
        if (problem().empty()) {
            try {
                writeWaiting(model);
                // Not before: another model may write the comparison meanwhile.
                summarizeModel(model, history);
                writeComparison();
                return;
            } catch (const std::exception& error) {
                failure = error.what();
            }
        }
    }
    const std::scoped_lock lock(place_);
    summarizeModel(model, history);
    if (failure.empty()) {
        writeAll();  // also what others could not write
    } else {
        lose(failure);
    }
}

void RunWriter::writeMissing() {
    const std::scoped_lock lock(place_);
    writeAll();
}

void RunWriter::summarizeModel(std::size_t model, const ModelHistory& history) {
    const std::scoped_lock lock(comparison_);
    run_.models[model].outcome = history.outcome;
    run_.models[model].error = history.error;
    summaries_[model] = summarize(history, trainingImages(run_.config, run_.dataset.trainTotal),
                                  run_.dataset.testTotal);
}

void RunWriter::writeAll() {
    if (!lock_) {
        throw std::runtime_error(problem());
    }
    try {
        for (std::size_t model = 0; model < files_.size(); ++model) {
            writeWaiting(model);
        }
        writeComparison();
        setProblem({});
    } catch (const std::exception& error) {
        lose(error.what());
    }
}

/// What was written earlier may be gone together with the disk.
void RunWriter::lose(const std::string& problem) {
    setAll(File::State::Written, File::State::Waiting);
    setProblem(problem);
    throw std::runtime_error(problem);
}

void RunWriter::writeWaiting(std::size_t model) {
    const fs::path folder = folderOf(run_, model);
    bool wrote = false;
    for (File& file : files_[model]) {
        if (file.state == File::State::Waiting) {
            writeFile(folder / file.name, file.content);
            file.state = File::State::Written;
            wrote = true;
        }
    }
    if (wrote) {
        syncFolder(folder);
    }
}

/// Notes are edited while the training goes on: those on the disk are the latest.
void RunWriter::writeComparison() {
    const std::scoped_lock models(comparison_);
    const FolderLock lock(run_.folder);
    run_.notes = readNotes(run_.folder).value_or(run_.notes);
    writeFile(run_.folder / kComparisonFile, formatComparison(run_, summaries_));
}

void RunWriter::saveTo(const fs::path& folder) {
    const std::scoped_lock lock(place_);
    Run moved = run_;
    moved.folder = folder;
    moved.command = trainCommand(moved.config, folder);
    if (!run_.folder.empty()) {
        moved.notes = readNotes(run_.folder).value_or(run_.notes);
    }
    RunLock taken = settle(moved);
    for (std::size_t model = 0; model < files_.size(); ++model) {
        for (const File& file : files_[model]) {
            if (file.state != File::State::Absent) {
                writeFile(folderOf(moved, model) / file.name, file.content);
            }
        }
        syncFolder(folderOf(moved, model));
    }
    writeFile(folder / kComparisonFile, formatComparison(moved, summaries_));
    run_ = std::move(moved);
    lock_ = std::move(taken);
    setAll(File::State::Waiting, File::State::Written);
    setProblem({});
}

fs::path RunWriter::folder() {
    const std::shared_lock lock(place_);
    return run_.folder;
}

void RunWriter::setAll(File::State from, File::State to) {
    for (ModelFiles& files : files_) {
        for (File& file : files) {
            file.state = file.state == from ? to : file.state;
        }
    }
}

void RunWriter::setProblem(const std::string& problem) {
    const std::scoped_lock lock(problemMutex_);
    problem_ = problem;
}

std::string RunWriter::problem() const {
    const std::scoped_lock lock(problemMutex_);
    return problem_;
}

DatasetInfo describe(const Dataset& dataset) {
    return {.folder = dataset.folder.string(),
            .checksum = dataset.checksum,
            .trainTotal = dataset.train.size(),
            .testTotal = dataset.test.size()};
}

}  // namespace normscope
