#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/layer_percentiles.h"
#include "core/network.h"

namespace normscope {

/// What one mini-batch measured, before its parameters were moved.
struct StepRecord {
    std::int64_t step;   ///< counts mini-batches from 1, over all epochs
    std::int32_t epoch;  ///< from 1
    float loss;          ///< mean negative log-likelihood, the L1 penalty not included
    float accuracy;      ///< share of the mini-batch read rightly, 0..1
    float l1Penalty;     ///< lambda * sum |p|

    friend bool operator==(const StepRecord&, const StepRecord&) = default;
};

/// What one epoch measured. The train figures are running means over the epoch's mini-batches.
struct EpochRecord {
    int epoch;  ///< from 1
    double trainLoss;
    double trainAccuracy;  ///< 0..1
    double testLoss;
    double testAccuracy;  ///< 0..1
    double learningRate;  ///< of the last mini-batch
    double seconds;       ///< spent in mini-batches; evaluation and pauses are not counted
    double l1Penalty;

    friend bool operator==(const EpochRecord&, const EpochRecord&) = default;
};

/// How a network reads a labelled set of images.
struct Evaluation {
    int total = 0;
    int wrong = 0;
    double loss = 0.0;                           ///< mean negative log-likelihood
    std::vector<std::uint8_t> labels;            ///< one per image, in the order of the file
    std::vector<std::uint8_t> predictions;       ///< the most probable digit
    std::vector<float> probabilityOfPrediction;  ///< 0..1
    std::vector<float> probabilityOfLabel;       ///< 0..1
    std::array<std::array<int, kClassCount>, kClassCount> confusion{};  ///< [label][prediction]

    double accuracy() const { return total == 0 ? 0.0 : 1.0 - static_cast<double>(wrong) / total; }
};

enum class ModelPhase { Waiting, Training, Evaluating, Paused, Stopped, Finished, Failed };

/// What a worker tells the window: everything since its last snapshot, so that none may be dropped.
struct TrainingSnapshot {
    std::uint64_t run = 0;  ///< which start of a training this belongs to; late ones are ignored
    std::size_t model = 0;  ///< index into TrainingConfig::models
    ModelPhase phase = ModelPhase::Waiting;
    std::int64_t step = 0;        ///< mini-batches done in all
    std::int64_t totalSteps = 0;  ///< mini-batches of all epochs
    int epoch = 0;                ///< that is under way or, at the end, was the last; from 1
    int totalEpochs = 0;
    double imagesPerSecond = 0.0;  ///< training images over the last few seconds
    std::vector<StepRecord> steps;
    std::vector<EpochRecord> epochs;
    std::vector<std::shared_ptr<const Evaluation>> evaluations;  ///< one per entry of `epochs`
    std::vector<PercentileRecord> percentiles;  ///< of those of `steps` that were sampled
    std::shared_ptr<const LayerSample> sample;  ///< the last of them in full; null without any
    std::string error;                          ///< with ModelPhase::Failed: one plain sentence
    bool canGoOn = false;      ///< with ModelPhase::Failed: another time, from its last epoch
    std::string writeProblem;  ///< why the run folder could not be written; training goes on
};

}  // namespace normscope
