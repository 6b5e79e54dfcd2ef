#pragma once

#include "core/torch_room.h"

namespace normscope {

/// The functions of core that need LibTorch.
class LoadedTorchRoom final : public TorchRoom {
  public:
    std::unique_ptr<Trainer> makeTrainer(const TrainerStart& start) const override;
    Evaluation evaluateModel(const std::filesystem::path& model, const NetworkSpec& spec,
                             const DigitSet& set, int threads) const override;
    Activations readActivations(const std::string& model, const std::string& name,
                                const NetworkSpec& spec, const DigitSet& set,
                                std::span<const int> images, int normLayer) const override;
    std::unique_ptr<DigitReader> makeDigitReader(const std::string& model, const std::string& name,
                                                 const NetworkSpec& spec) const override;
};

}  // namespace normscope
