#include "core/evaluation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/evaluation_pass.h"
#include "core/torch_room.h"

namespace normscope {
namespace {

// LibTorch reads fastest in batches of 64 to 100, as larger ones fall out of the cache; the kernel
// likes whole vectors.
constexpr int kBatch = 96;

}  // namespace

EvaluationPass::EvaluationPass(const DigitSet& set) : set_(set) {
    const auto size = static_cast<std::size_t>(set.size());
    evaluation_.labels = set.labels;
    evaluation_.predictions.reserve(size);
    evaluation_.probabilityOfPrediction.reserve(size);
    evaluation_.probabilityOfLabel.reserve(size);
}

void EvaluationPass::step(const Read& read) {
    const int first = evaluation_.total;
    const int count = std::min(kBatch, set_.size() - first);
    std::array<const std::uint8_t*, kBatch> images{};
    for (int i = 0; i < count; ++i) {
        images[static_cast<std::size_t>(i)] = set_.image(first + i).data();
    }
    const auto size = static_cast<std::size_t>(count);
    const auto labels = std::span(set_.labels).subspan(static_cast<std::size_t>(first), size);
    std::array<float, kBatch * kClassCount> logProbabilities{};
    read({std::span(images).first(size), labels}, logProbabilities);
    const float* row = logProbabilities.data();
    for (const std::uint8_t label : labels) {
        const auto predicted =
            static_cast<std::uint8_t>(std::max_element(row, row + kClassCount) - row);
        evaluation_.predictions.push_back(predicted);
        evaluation_.probabilityOfPrediction.push_back(std::exp(row[predicted]));
        evaluation_.probabilityOfLabel.push_back(std::exp(row[label]));
        ++evaluation_.confusion[label][predicted];
        evaluation_.wrong += predicted == label ? 0 : 1;
        lossSum_ -= row[label];
        row += kClassCount;
    }
    evaluation_.total += count;
}

Evaluation EvaluationPass::take() {
    evaluation_.loss = lossSum_ / evaluation_.total;
    return std::move(evaluation_);
}

Evaluation evaluateModel(const std::filesystem::path& model, const NetworkSpec& spec,
                         const DigitSet& set, int threads) {
    return torchRoom().evaluateModel(model, spec, set, threads);
}

}  // namespace normscope
