#include <algorithm>
#include <cmath>

#include "core/files.h"
#include "core/run_formats.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

// Far above what any run writes: a reader's memory is bounded by it.
constexpr std::size_t kMaxJsonBytes = 4 << 20;
constexpr std::size_t kMaxCsvBytes = 1 << 30;
constexpr std::size_t kMaxCheckpointBytes = 16 << 20;
constexpr std::size_t kMaxModelBytes = 16 << 20;

/// A model that has not finished an epoch has no files yet: that is no problem to speak of.
template <typename Value>
Value readCsv(const fs::path& path, Value (*parse)(std::string_view, const std::string&),
              std::vector<std::string>& problems) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        return {};
    }
    try {
        return parse(readFile(path, kMaxCsvBytes), path.string());
    } catch (const std::runtime_error& problem) {
        problems.emplace_back(problem.what());
        return {};
    }
}

ModelHistory readModel(ModelHistory history, const fs::path& folder, int testTotal,
                       std::vector<std::string>& problems) {
    history.epochs = readCsv(folder / kEpochsFile, &parseEpochs, problems);
    history.steps = readCsv(folder / kStepsFile, &parseSteps, problems);
    Evaluation evaluation = readCsv(folder / kPredictionsFile, &parsePredictions, problems);
    if (evaluation.total > 0 && evaluation.total != testTotal) {
        problems.push_back((folder / kPredictionsFile).string() + " holds " +
                           std::to_string(evaluation.total) + " predictions for " +
                           std::to_string(testTotal) + " test images.");
    } else if (evaluation.total > 0 && !history.epochs.empty()) {
        evaluation.loss = history.epochs.back().testLoss;
        history.evaluation = std::make_shared<const Evaluation>(std::move(evaluation));
    }
    history.epochPredictions =
        readCsv(folder / kEpochPredictionsFile, &parseEpochPredictions, problems);
    const auto fits = [&](const std::vector<std::uint8_t>& read) {
        return read.empty() || read.size() == static_cast<std::size_t>(testTotal);
    };
    if (!std::ranges::all_of(history.epochPredictions, fits)) {
        problems.push_back((folder / kEpochPredictionsFile).string() + " does not hold " +
                           std::to_string(testTotal) + " predictions for every epoch.");
        history.epochPredictions.clear();
    }
    history.epochPredictions.resize(history.epochs.size());
    history.percentiles = readCsv(folder / kPercentilesFile, &parsePercentiles, problems);
    return history;
}

}  // namespace

void ModelHistory::take(std::shared_ptr<const Evaluation> read) {
    epochPredictions.resize(epochs.size());
    epochPredictions.back() = read->predictions;
    evaluation = std::move(read);
}

void ModelHistory::truncate(int finished) {
    std::erase_if(steps, [&](const StepRecord& step) { return step.epoch > finished; });
    std::erase_if(percentiles,
                  [&](const PercentileRecord& record) { return record.epoch > finished; });
    std::erase_if(epochs, [&](const EpochRecord& epoch) { return epoch.epoch > finished; });
    epochPredictions.resize(epochs.size());
    if (epochs.empty()) {
        evaluation.reset();
    }
}

ModelSummary summarize(const ModelHistory& history, int imagesPerEpoch, int testTotal) {
    const auto wrongIn = [&](const EpochRecord& epoch) {
        return static_cast<int>(std::lround((1.0 - epoch.testAccuracy) * testTotal));
    };
    ModelSummary summary;
    summary.epochs = static_cast<int>(history.epochs.size());
    for (const EpochRecord& epoch : history.epochs) {
        summary.trainSeconds += epoch.seconds;
        summary.bestWrong = std::min(summary.bestWrong.value_or(testTotal), wrongIn(epoch));
    }
    if (!history.epochs.empty()) {
        const EpochRecord& last = history.epochs.back();
        summary.wrong = wrongIn(last);
        summary.testAccuracy = last.testAccuracy;
        summary.testLoss = last.testLoss;
    }
    if (summary.trainSeconds > 0.0) {
        summary.imagesPerSecond =
            static_cast<double>(imagesPerEpoch) * summary.epochs / summary.trainSeconds;
    }
    return summary;
}

std::string readComparisonText(const fs::path& folder) {
    return readFile(folder / kComparisonFile, kMaxJsonBytes);
}

Run readComparison(const fs::path& folder) {
    Run run = parseComparison(readComparisonText(folder), (folder / kComparisonFile).string());
    run.folder = folder;
    return run;
}

Run readRun(const fs::path& folder) {
    Run run = readComparison(folder);
    for (std::size_t i = 0; i < run.models.size(); ++i) {
        run.models[i] = readModel(std::move(run.models[i]), folder / run.config.models[i].label,
                                  run.dataset.testTotal, run.problems);
    }
    return run;
}

std::string readModelFile(const fs::path& file) {
    return readFile(file, kMaxModelBytes);
}

std::optional<std::string> readCheckpoint(const Run& run, std::size_t model) {
    const fs::path file = run.folder / run.config.models.at(model).label / kCheckpointFile;
    std::error_code error;
    if (!fs::exists(file, error)) {
        return std::nullopt;
    }
    return readFile(file, kMaxCheckpointBytes);
}

}  // namespace normscope
