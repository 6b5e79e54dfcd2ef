#pragma once

#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "core/runs.h"
#include "ui/compared_model.h"

namespace normscope {

/// What one model read in the test images after one epoch. Holds what it points into.
struct GalleryAnswers {
    std::shared_ptr<const Run> run;
    std::span<const std::uint8_t> labels;  ///< of the test images; empty where nothing is known
    std::span<const std::uint8_t> predictions;  ///< as many, or none
    /// Of the last epoch alone: those before it kept no probabilities.
    std::span<const float> probabilityOfPrediction;
    std::span<const float> probabilityOfLabel;
    int epoch = 0;    ///< that these are of; 0: none
    QString problem;  ///< why there are none, in one sentence

    bool isEmpty() const { return predictions.empty(); }
    bool hasProbabilities() const { return !probabilityOfPrediction.empty(); }
    int size() const { return static_cast<int>(predictions.size()); }
    int label(int image) const { return labels[static_cast<std::size_t>(image)]; }
    int prediction(int image) const { return predictions[static_cast<std::size_t>(image)]; }
    bool isWrong(int image) const { return label(image) != prediction(image); }
    /// 0..1
    std::optional<double> confidence(int image) const;
    std::optional<double> labelProbability(int image) const;
    int wrong() const;
};

/// After `epoch`, or after the model's last one where it has no more or `epoch` is empty.
GalleryAnswers answersAfter(const ComparedModel& model, std::optional<int> epoch);

}  // namespace normscope
