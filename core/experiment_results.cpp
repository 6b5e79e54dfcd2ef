#include "core/experiment_results.h"

#include <algorithm>
#include <cmath>

#include "core/trainer.h"

namespace normscope {
namespace {

constexpr double kLevel = 0.95;

/// The measurements of one model in one run; null where the run was not begun.
const ModelHistory* historyOf(const ExperimentRun& run, std::size_t model) {
    return run.run ? &run.run->models.at(model) : nullptr;
}

bool hasDiverged(const ModelHistory* history) {
    return history != nullptr && history->outcome == Outcome::Failed;
}

/// Null also where it diverged, for then it is in no figure.
const ModelHistory* measuredHistoryOf(const ExperimentRun& run, std::size_t model) {
    const ModelHistory* history = historyOf(run, model);
    return hasDiverged(history) ? nullptr : history;
}

bool hasAllEpochs(const ExperimentRun& run, const ModelHistory* history) {
    return history != nullptr && !hasDiverged(history) &&
           history->epochs.size() == static_cast<std::size_t>(run.config.epochs());
}

std::optional<int> finalWrong(const ExperimentRun& run, std::size_t model) {
    const ModelHistory* history = historyOf(run, model);
    if (!hasAllEpochs(run, history)) {
        return std::nullopt;
    }
    const int total = run.run->dataset.testTotal;
    return summarize(*history, trainingImages(run.config, run.run->dataset.trainTotal), total)
        .wrong;
}

EpochBand bandOf(const Experiment& experiment, std::size_t model, int epoch) {
    std::vector<const EpochRecord*> records;
    for (const ExperimentRun& run : experiment.runs) {
        const ModelHistory* history = measuredHistoryOf(run, model);
        if (history != nullptr && history->epochs.size() >= static_cast<std::size_t>(epoch)) {
            records.push_back(&history->epochs[static_cast<std::size_t>(epoch) - 1]);
        }
    }
    const auto over = [&](double EpochRecord::*field) {
        std::vector<double> values;
        for (const EpochRecord* record : records) {
            values.push_back(record->*field);
        }
        return estimateMean(values);
    };
    return {.epoch = epoch,
            .trainLoss = over(&EpochRecord::trainLoss),
            .trainAccuracy = over(&EpochRecord::trainAccuracy),
            .testLoss = over(&EpochRecord::testLoss),
            .testAccuracy = over(&EpochRecord::testAccuracy)};
}

SeedModelResults resultsOf(const Experiment& experiment, std::size_t model) {
    SeedModelResults results;
    std::size_t epochs = 0;
    std::vector<double> wrong;
    for (const ExperimentRun& run : experiment.runs) {
        const ModelHistory* history = measuredHistoryOf(run, model);
        epochs = std::max(epochs, history != nullptr ? history->epochs.size() : 0);
        results.diverged += hasDiverged(historyOf(run, model)) ? 1 : 0;
        results.wrong.push_back(finalWrong(run, model));
        if (results.wrong.back()) {
            wrong.push_back(*results.wrong.back());
        }
    }
    for (int epoch = 1; epoch <= static_cast<int>(epochs); ++epoch) {
        results.epochs.push_back(bandOf(experiment, model, epoch));
    }
    results.mean = estimateMean(wrong);
    return results;
}

PairedDifference differenceOf(const SeedResults& results, std::size_t first, std::size_t second,
                              double level) {
    std::vector<double> differences;
    for (std::size_t seed = 0; seed < results.seeds.size(); ++seed) {
        const std::optional<int> ours = results.models[first].wrong[seed];
        const std::optional<int> theirs = results.models[second].wrong[seed];
        if (ours && theirs) {
            differences.push_back(*ours - *theirs);
        }
    }
    return {first, second, estimateMean(differences, level)};
}

SweepPoint pointOf(const ExperimentRun& run, std::size_t model, int epochs) {
    const ModelHistory* history = historyOf(run, model);
    SweepPoint point{.error = std::nullopt, .diverged = hasDiverged(history)};
    if (hasAllEpochs(run, history)) {
        std::vector<double> errors;
        for (auto epoch = history->epochs.end() - epochs; epoch != history->epochs.end(); ++epoch) {
            errors.push_back(100.0 * (1.0 - epoch->testAccuracy));
        }
        point.error = fiveNumbers(errors).median;
    }
    return point;
}

}  // namespace

SeedResults seedResults(const Experiment& experiment) {
    SeedResults results;
    for (const ExperimentRun& run : experiment.runs) {
        results.seeds.push_back(run.config.seed);
        results.testTotal = run.run ? run.run->dataset.testTotal : results.testTotal;
    }
    const std::size_t models = experiment.spec.base.models.size();
    for (std::size_t model = 0; model < models; ++model) {
        results.models.push_back(resultsOf(experiment, model));
    }
    const auto pairs = static_cast<double>(models * (models - 1)) / 2.0;
    for (std::size_t first = 0; first < models; ++first) {
        for (std::size_t second = first + 1; second < models; ++second) {
            results.pairs.push_back(
                differenceOf(results, first, second, 1.0 - (1.0 - kLevel) / pairs));
        }
    }
    return results;
}

SweepResults sweepResults(const Experiment& experiment) {
    SweepResults results;
    results.epochs = std::min(kLastEpochs, experiment.spec.base.epochs());
    for (const ExperimentRun& run : experiment.runs) {
        results.sizes.push_back(run.config.batchSize);
    }
    for (std::size_t model = 0; model < experiment.spec.base.models.size(); ++model) {
        std::vector<SweepPoint>& points = results.models.emplace_back();
        for (const ExperimentRun& run : experiment.runs) {
            points.push_back(pointOf(run, model, results.epochs));
        }
    }
    return results;
}

}  // namespace normscope
