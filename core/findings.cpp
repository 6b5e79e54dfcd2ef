#include "core/findings.h"

#include <algorithm>
#include <cmath>

namespace normscope {
namespace {

/// Dataset::checksum of MNIST.
constexpr auto kMnistChecksum = "017998840fb0ba3336e2cca627621f8d";

LastAndBest highest(const std::vector<EpochRecord>& epochs, double EpochRecord::*measure) {
    return {epochs.back().*measure, std::ranges::max(epochs, {}, measure).*measure};
}

LastAndBest lowest(const std::vector<EpochRecord>& epochs, double EpochRecord::*measure) {
    return {epochs.back().*measure, std::ranges::min(epochs, {}, measure).*measure};
}

/// How many images only one of two misreads.
PairedTest compare(const Evaluation& first, const Evaluation& second) {
    PairedTest test;
    for (std::size_t image = 0; image < first.labels.size(); ++image) {
        const bool firstRight = first.predictions[image] == first.labels[image];
        const bool secondRight = second.predictions[image] == second.labels[image];
        test.onlyFirst += !firstRight && secondRight ? 1 : 0;
        test.onlySecond += firstRight && !secondRight ? 1 : 0;
    }
    test.p = exactMcNemar(test.onlyFirst, test.onlySecond);
    return test;
}

bool canBePaired(const Evaluation* first, const Evaluation* second) {
    return first != nullptr && second != nullptr && !first->labels.empty() &&
           first->labels == second->labels && first->predictions.size() == first->labels.size() &&
           second->predictions.size() == second->labels.size();
}

}  // namespace

std::optional<Interval> ModelFigures::wrongShare() const {
    if (!summary.wrong || testTotal <= 0) {
        return std::nullopt;
    }
    return wilsonInterval(std::clamp(*summary.wrong, 0, testTotal), testTotal);
}

ModelFigures figuresOf(const Run& run, std::size_t model) {
    const ModelHistory& history = run.models[model];
    ModelFigures figures;
    figures.testTotal = run.dataset.testTotal;
    figures.summary = summarize(history, run.config.trainLimit.value_or(run.dataset.trainTotal),
                                figures.testTotal);
    const std::vector<EpochRecord>& epochs = history.epochs;
    if (epochs.empty()) {
        return figures;
    }
    figures.epochs = {
        highest(epochs, &EpochRecord::trainAccuracy), lowest(epochs, &EpochRecord::trainLoss),
        highest(epochs, &EpochRecord::testAccuracy), lowest(epochs, &EpochRecord::testLoss)};
    const std::size_t kept = std::min(epochs.size(), std::size_t{kLastEpochs});
    for (const EpochRecord& epoch : std::span(epochs).last(kept)) {
        figures.lastWrong.push_back(
            static_cast<int>(std::lround((1.0 - epoch.testAccuracy) * figures.testTotal)));
    }
    return figures;
}

std::size_t sharedLastEpochs(std::span<const ModelFigures> models) {
    std::size_t shared = 0;
    for (const ModelFigures& model : models) {
        const std::size_t epochs = model.lastWrong.size();
        if (epochs > 0) {
            shared = shared == 0 ? epochs : std::min(shared, epochs);
        }
    }
    return shared;
}

DigitErrors digitErrors(const Evaluation& evaluation) {
    DigitErrors errors;
    for (std::size_t label = 0; label < kClassCount; ++label) {
        for (std::size_t read = 0; read < kClassCount; ++read) {
            const int images = evaluation.confusion[label][read];
            errors.total[label] += images;
            errors.wrong[label] += label == read ? 0 : images;
        }
    }
    return errors;
}

std::vector<PairedTest> pairedTests(std::span<const Evaluation* const> models) {
    std::vector<PairedTest> tests;
    std::vector<double> p;
    for (std::size_t first = 0; first < models.size(); ++first) {
        for (std::size_t second = first + 1; second < models.size(); ++second) {
            if (!canBePaired(models[first], models[second])) {
                continue;
            }
            PairedTest test = compare(*models[first], *models[second]);
            test.first = first;
            test.second = second;
            p.push_back(test.p);
            tests.push_back(test);
        }
    }
    const std::vector<double> adjusted = holmAdjusted(p);
    for (std::size_t test = 0; test < tests.size(); ++test) {
        tests[test].adjusted = adjusted[test];
    }
    return tests;
}

bool isMnist(const DatasetInfo& dataset) {
    return dataset.checksum == kMnistChecksum;
}

std::optional<int> originalWrong(const Run& run, std::size_t model) {
    const ModelConfig& config = run.config.models[model];
    const std::size_t epochs = run.models[model].epochs.size();
    const bool sameTraining = isMnist(run.dataset) && !run.config.trainLimit &&
                              run.config.augmentation == Augmentation::None && epochs >= 20 &&
                              epochs < 30;
    if (!sameTraining) {
        return std::nullopt;
    }
    switch (config.network.kind) {
        case NormKind::Batch:
            return config.l1 > 0.0 ? std::optional(132) : std::nullopt;
        case NormKind::Layer:
            return config.l1 == 0.0 ? std::optional(71) : std::nullopt;
        case NormKind::Group:
            return config.l1 == 0.0 && config.network.groups == kReferenceGroups ? std::optional(71)
                                                                                 : std::nullopt;
        case NormKind::None:
        case NormKind::Instance:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace normscope
