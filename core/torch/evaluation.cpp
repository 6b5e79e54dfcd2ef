#include "core/evaluation_pass.h"
#include "core/runs.h"
#include "core/torch/engine.h"
#include "core/torch/room.h"

namespace normscope {

Evaluation LoadedTorchRoom::evaluateModel(const std::filesystem::path& model,
                                          const NetworkSpec& spec, const DigitSet& set,
                                          int threads) const {
    setTorchThreads(threads);
    DigitNet net = unpackNetwork(readModelFile(model), model.string(), spec);
    const auto engine = makeTorchEngine(net);
    EvaluationPass pass(set);
    while (!pass.finished()) {
        pass.step([&](const MiniBatch& batch, std::span<float> logProbabilities) {
            engine->read(batch, logProbabilities);
        });
    }
    return pass.take();
}

}  // namespace normscope
