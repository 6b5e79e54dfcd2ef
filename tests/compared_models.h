#pragma once

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "core/runs.h"
#include "ui/compared_model.h"

namespace normscope::testing {

/// A mistake among test images that are otherwise read rightly.
struct Mistake {
    int image;
    int read;
    float probability;
};

/// Test images of which image i is a digit i % 10 and has one pixel of full ink, in row i % 28 and
/// column i / 28.
inline std::shared_ptr<const Dataset> dottedDigits(int count) {
    auto dataset = std::make_shared<Dataset>();
    dataset->checksum = "0123456789abcdef0123456789abcdef";
    dataset->test.pixels.resize(static_cast<std::size_t>(count) * kImagePixels);
    for (int i = 0; i < count; ++i) {
        dataset->test.labels.push_back(static_cast<std::uint8_t>(i % 10));
        dataset->test.pixels[static_cast<std::size_t>(i * kImagePixels + i % 28 * 28 + i / 28)] =
            255;
    }
    return dataset;
}

/// What a model read of them.
inline std::shared_ptr<const Evaluation> evaluationWith(const Dataset& dataset,
                                                        const std::vector<Mistake>& mistakes) {
    auto read = std::make_shared<Evaluation>();
    read->total = dataset.test.size();
    read->wrong = static_cast<int>(mistakes.size());
    read->labels = dataset.test.labels;
    read->predictions = read->labels;
    read->probabilityOfPrediction.assign(read->labels.size(), 0.9F);
    read->probabilityOfLabel = read->probabilityOfPrediction;
    for (const Mistake& mistake : mistakes) {
        const auto at = static_cast<std::size_t>(mistake.image);
        read->predictions[at] = static_cast<std::uint8_t>(mistake.read);
        read->probabilityOfPrediction[at] = mistake.probability;
        read->probabilityOfLabel[at] = 1.0F - mistake.probability;
    }
    for (std::size_t i = 0; i < read->labels.size(); ++i) {
        ++read->confusion[read->labels[i]][read->predictions[i]];
    }
    return read;
}

/// A run of these models, two epochs long; the second of which came to what each evaluation says.
/// A model with none has not finished an epoch.
inline Comparison trainedModels(
    const std::vector<std::pair<ModelConfig, std::shared_ptr<const Evaluation>>>& models,
    const Dataset& dataset, const std::string& notes = {}) {
    auto run = std::make_shared<Run>();
    run->folder = "/runs/monday";
    run->notes = notes;
    run->config.cycles = {2};
    run->config.batchSize = 8;
    run->dataset = {"/data", dataset.checksum, /*trainTotal=*/32, dataset.test.size()};
    for (const auto& [config, read] : models) {
        run->config.models.push_back(config);
        ModelHistory history;
        for (int epoch = 1; read != nullptr && epoch <= 2; ++epoch) {
            for (int step = 4 * epoch - 3; step <= 4 * epoch; ++step) {
                history.steps.push_back({step, epoch, 1.0F / static_cast<float>(step), 0.5F, 0});
            }
            history.epochs.push_back({epoch, 0.5, 0.75, 0.25 / epoch,
                                      epoch == 2 ? read->accuracy() : 0.5, 0.01, 1.5, 0});
            history.take(read);
        }
        history.outcome = read == nullptr ? Outcome::Running : Outcome::Finished;
        run->models.push_back(std::move(history));
    }
    run->command = trainCommand(run->config, run->folder);
    Comparison compared;
    for (std::size_t i = 0; i < models.size(); ++i) {
        compared.push_back({run, i, QStringLiteral("monday"),
                            QString::fromStdString(models[i].first.label), /*variant=*/0});
    }
    return compared;
}

}  // namespace normscope::testing
