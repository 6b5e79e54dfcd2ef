#pragma once

#include <QString>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "ui/compared_model.h"

namespace normscope::testing {

/// Test images of noise, the labels in turn 0..9.
inline std::shared_ptr<const Dataset> noisyDataset(int images) {
    auto dataset = std::make_shared<Dataset>();
    std::mt19937 random(1);
    for (int image = 0; image < images; ++image) {
        dataset->test.labels.push_back(static_cast<std::uint8_t>(image % 10));
        for (int pixel = 0; pixel < kImagePixels; ++pixel) {
            dataset->test.pixels.push_back(static_cast<std::uint8_t>(random() % 256));
        }
    }
    return dataset;
}

/// What a model read after its last epoch: `predictions` of labels in turn 0..9, wrong ones the
/// surer the later the image.
inline std::shared_ptr<const Evaluation> evaluationOf(
    const std::vector<std::uint8_t>& predictions) {
    auto evaluation = std::make_shared<Evaluation>();
    evaluation->total = static_cast<int>(predictions.size());
    evaluation->predictions = predictions;
    for (std::size_t image = 0; image < predictions.size(); ++image) {
        const auto label = static_cast<std::uint8_t>(image % 10);
        const bool wrong = predictions[image] != label;
        const float sure =
            0.5F + 0.4F * static_cast<float>(image) / static_cast<float>(predictions.size());
        evaluation->labels.push_back(label);
        evaluation->wrong += wrong ? 1 : 0;
        evaluation->probabilityOfPrediction.push_back(sure);
        evaluation->probabilityOfLabel.push_back(wrong ? 1.0F - sure : sure);
        ++evaluation->confusion[label][predictions[image]];
    }
    return evaluation;
}

/// Predictions after each epoch, the last of which the evaluation is of. No epoch: still running.
using Epochs = std::vector<std::vector<std::uint8_t>>;

/// A run of models with these labels and epochs, compared.
inline Comparison comparisonOf(const std::vector<std::string>& labels,
                               const std::vector<Epochs>& epochs) {
    auto run = std::make_shared<Run>();
    run->dataset.checksum = "0123";
    for (std::size_t model = 0; model < labels.size(); ++model) {
        ModelConfig config;
        config.label = labels[model];
        config.network.kind = kNormKinds[1 + model % 3];
        run->config.models.push_back(config);
        ModelHistory history;
        history.epochPredictions = epochs[model];
        for (std::size_t epoch = 0; epoch < epochs[model].size(); ++epoch) {
            history.epochs.emplace_back().epoch = static_cast<int>(epoch) + 1;
        }
        if (!epochs[model].empty()) {
            history.evaluation = evaluationOf(epochs[model].back());
            history.outcome = Outcome::Finished;
        }
        run->models.push_back(history);
    }
    Comparison models;
    for (std::size_t model = 0; model < labels.size(); ++model) {
        models.push_back({.run = run,
                          .model = model,
                          .runName = QStringLiteral("This training"),
                          .label = QString::fromStdString(labels[model]),
                          .variant = static_cast<int>(model / 3)});
    }
    return models;
}

/// All of `images` read rightly, but for these: image and what it is read as.
inline std::vector<std::uint8_t> readings(int images,
                                          const std::vector<std::pair<int, int>>& mistakes) {
    std::vector<std::uint8_t> predictions;
    for (int image = 0; image < images; ++image) {
        predictions.push_back(static_cast<std::uint8_t>(image % 10));
    }
    for (const auto& [image, read] : mistakes) {
        predictions[static_cast<std::size_t>(image)] = static_cast<std::uint8_t>(read);
    }
    return predictions;
}

}  // namespace normscope::testing
