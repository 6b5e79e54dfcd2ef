#pragma once

#include <QString>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "ui/compared_model.h"

namespace normscope::testing {

inline constexpr int kTestImages = 1000;

/// What is to be told of one model. Image i shows the digit i % 10.
struct Measured {
    std::string label;
    NetworkSpec network;
    double l1 = 0.0;
    std::vector<int> wrong;    ///< of kTestImages, an epoch each
    std::vector<int> misread;  ///< the images misread after the last epoch, as many as it says
};

inline std::shared_ptr<const Evaluation> evaluationOf(const std::vector<int>& misread) {
    auto evaluation = std::make_shared<Evaluation>();
    evaluation->total = kTestImages;
    evaluation->wrong = static_cast<int>(misread.size());
    for (int image = 0; image < kTestImages; ++image) {
        evaluation->labels.push_back(static_cast<std::uint8_t>(image % kClassCount));
    }
    evaluation->predictions = evaluation->labels;
    for (const int image : misread) {
        auto& read = evaluation->predictions.at(static_cast<std::size_t>(image));
        read = static_cast<std::uint8_t>((read + 1) % kClassCount);
    }
    for (std::size_t image = 0; image < evaluation->labels.size(); ++image) {
        ++evaluation->confusion.at(evaluation->labels[image]).at(evaluation->predictions[image]);
    }
    return evaluation;
}

inline ModelHistory historyOf(const Measured& measured) {
    ModelHistory history;
    history.outcome = Outcome::Finished;
    for (const int wrong : measured.wrong) {
        EpochRecord epoch{};
        epoch.epoch = static_cast<int>(history.epochs.size()) + 1;
        epoch.testAccuracy = 1.0 - static_cast<double>(wrong) / kTestImages;
        epoch.trainAccuracy = epoch.testAccuracy - 0.01;
        epoch.testLoss = 0.001 * wrong;
        epoch.trainLoss = 0.002 * wrong;
        epoch.seconds = 60.0;
        history.epochs.push_back(epoch);
    }
    if (!measured.wrong.empty()) {
        history.evaluation = evaluationOf(measured.misread);
    }
    return history;
}

/// A run of 20 epochs on 60,000 images, kept in "/runs/one".
inline Run runOf(const std::vector<Measured>& models) {
    Run run;
    run.folder = "/runs/one";
    run.config.cycles = {models.empty() ? 20 : static_cast<int>(models.front().wrong.size())};
    run.dataset = {"/data/mnist", "017998840fb0ba3336e2cca627621f8d", 60'000, kTestImages};
    for (const Measured& model : models) {
        run.config.models.push_back({model.label, model.network, model.l1});
        run.models.push_back(historyOf(model));
    }
    return run;
}

/// All models of a run.
inline Comparison comparisonOf(Run run) {
    const auto shared = std::make_shared<const Run>(std::move(run));
    std::vector<NormKind> kinds;
    for (const ModelConfig& model : shared->config.models) {
        kinds.push_back(model.network.kind);
    }
    const std::vector<int> variants = styleVariants(kinds);
    Comparison models;
    for (std::size_t model = 0; model < kinds.size(); ++model) {
        models.push_back({shared, model, "Monday",
                          QString::fromStdString(shared->config.models[model].label),
                          variants[model]});
    }
    return models;
}

/// `count` images from `first` on.
inline std::vector<int> images(int first, int count) {
    std::vector<int> images;
    for (int image = first; image < first + count; ++image) {
        images.push_back(image);
    }
    return images;
}

}  // namespace normscope::testing
