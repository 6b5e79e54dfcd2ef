#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/training_config.h"
#include "core/training_records.h"
#include "core/versions.h"

namespace normscope {

/// How far one model of a run has come; everything but Running is an end. Failed is for good: the
/// loss was no longer a number.
enum class Outcome { Running, Stopped, Finished, Failed };

/// What was measured of one model.
struct ModelHistory {
    std::vector<StepRecord> steps;
    std::vector<EpochRecord> epochs;
    std::shared_ptr<const Evaluation> evaluation;  ///< after the last epoch; null before the first
    /// The digit read in each test image after each epoch, [epoch - 1][image]; empty for an epoch
    /// of which it was not kept.
    std::vector<std::vector<std::uint8_t>> epochPredictions;
    std::vector<PercentileRecord> percentiles;  ///< of the mini-batches that were sampled
    Outcome outcome = Outcome::Running;
    std::string error;  ///< what ended it before its time, one plain sentence; empty: nothing did

    /// Takes in what the last of `epochs` read.
    void take(std::shared_ptr<const Evaluation> read);

    /// Forgets all that came after epoch `epochs`, as training goes on from there.
    void truncate(int epochs);
};

/// How many of the last epochs tell how well a model does and how steadily: their median counts in
/// Group Normalization, arXiv 1803.08494, section 4.1.
inline constexpr int kLastEpochs = 5;

/// The figures of a model in the table of results; empty where nothing is measured yet.
struct ModelSummary {
    int epochs = 0;  ///< finished
    std::optional<int> wrong;
    std::optional<double> testAccuracy;
    std::optional<double> testLoss;
    std::optional<int> bestWrong;  ///< of any epoch: picked on test data
    double trainSeconds = 0.0;     ///< in mini-batches; evaluation and pauses are not counted
    std::optional<double> imagesPerSecond;
};
ModelSummary summarize(const ModelHistory& history, int imagesPerEpoch, int testTotal);

/// Where the images of a run came from.
struct DatasetInfo {
    std::string folder;
    std::string checksum;  ///< Dataset::checksum
    int trainTotal = 0;
    int testTotal = 0;

    friend bool operator==(const DatasetInfo&, const DatasetInfo&) = default;
};

/// What a run was trained with; unless a file says otherwise, this program. Empty: it is not known.
struct RunVersions {
    std::string normscope = programVersion();
    std::string libtorch = torchVersion();

    friend bool operator==(const RunVersions&, const RunVersions&) = default;
};

/// One comparison, as its run folder holds it.
struct Run {
    std::filesystem::path folder;
    std::string command;  ///< that trains it
    TrainingConfig config;
    DatasetInfo dataset;
    RunVersions versions;
    std::string notes;
    std::vector<ModelHistory> models;   ///< as many as config.models
    std::vector<std::string> problems;  ///< what was missing or damaged, a sentence each
};

/// Names in a run folder.
inline constexpr auto kComparisonFile = "comparison.json";
inline constexpr auto kEpochsFile = "epochs.csv";
inline constexpr auto kStepsFile = "steps.csv";
inline constexpr auto kModelFile = "model.pt";
inline constexpr auto kCheckpointFile = "checkpoint.pt";
inline constexpr auto kPredictionsFile = "predictions.csv";
inline constexpr auto kEpochPredictionsFile = "epoch_predictions.csv";
inline constexpr auto kPercentilesFile = "percentiles.csv";

/// Reads a run folder as far as it is whole; what is not is told in Run::problems.
/// Throws std::runtime_error when comparison.json is missing, damaged or out of range.
Run readRun(const std::filesystem::path& folder);

/// What comparison.json alone tells, which is quick to read: no steps, epochs and evaluations.
/// Throws likewise.
Run readComparison(const std::filesystem::path& folder);

/// The content of a model.pt. Throws std::runtime_error with a sentence that names the file.
std::string readModelFile(const std::filesystem::path& file);

/// The content of the model's checkpoint.pt; empty before its first finished epoch.
std::optional<std::string> readCheckpoint(const Run& run, std::size_t model);

}  // namespace normscope
