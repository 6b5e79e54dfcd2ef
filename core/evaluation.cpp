#include "core/evaluation.h"

#include <cmath>
#include <numeric>

#include "core/evaluation_pass.h"
#include "core/runs.h"

namespace normscope {
namespace {

// LibTorch reads fastest in batches of 64 to 100; larger ones fall out of the cache.
constexpr int kBatch = 100;

}  // namespace

EvaluationPass::EvaluationPass(const DigitSet& set) : set_(set) {
    const auto size = static_cast<std::size_t>(set.size());
    evaluation_.labels = set.labels;
    evaluation_.predictions.reserve(size);
    evaluation_.probabilityOfPrediction.reserve(size);
    evaluation_.probabilityOfLabel.reserve(size);
}

void EvaluationPass::step(DigitNet& net) {
    const torch::NoGradGuard noGrad;
    net.train(false);
    const int first = evaluation_.total;
    std::vector<int> indices(static_cast<std::size_t>(std::min(kBatch, set_.size() - first)));
    std::iota(indices.begin(), indices.end(), first);
    const torch::Tensor scores = net.forward(networkInput(set_, indices)).contiguous();
    const float* row = scores.data_ptr<float>();
    for (const int index : indices) {
        const std::uint8_t label = set_.labels[static_cast<std::size_t>(index)];
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
    evaluation_.total += static_cast<int>(indices.size());
}

Evaluation EvaluationPass::take() {
    evaluation_.loss = lossSum_ / evaluation_.total;
    return std::move(evaluation_);
}

Evaluation evaluateModel(const std::filesystem::path& model, const NetworkSpec& spec,
                         const DigitSet& set, int threads) {
    setTorchThreads(threads);
    DigitNet net = unpackNetwork(readModelFile(model), model.string(), spec);
    EvaluationPass pass(set);
    while (!pass.finished()) {
        pass.step(net);
    }
    return pass.take();
}

}  // namespace normscope
