#pragma once

// Internal to core.

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/activations.h"
#include "core/reading.h"
#include "core/trainer.h"

namespace normscope {

/// All that needs LibTorch. To load LibTorch with the 285 libraries behind it takes longer than to
/// open the window, so it lies in a library of its own, core/torch, which is loaded when something
/// in here is first asked for. Each function does what the one of its name in core does.
class TorchRoom {
  public:
    virtual ~TorchRoom() = default;

    virtual std::unique_ptr<Trainer> makeTrainer(const TrainerStart& start) const = 0;
    virtual Evaluation evaluateModel(const std::filesystem::path& model, const NetworkSpec& spec,
                                     const DigitSet& set, int threads) const = 0;
    virtual Activations readActivations(const std::string& model, const std::string& name,
                                        const NetworkSpec& spec, const DigitSet& set,
                                        std::span<const int> images, int normLayer) const = 0;
    virtual std::unique_ptr<DigitReader> makeDigitReader(const std::string& model,
                                                         const std::string& name,
                                                         const NetworkSpec& spec) const = 0;
};

/// From any thread; the first call waits until it is loaded. Throws std::runtime_error when it
/// cannot be.
const TorchRoom& torchRoom();

/// What the library shows, as "normscopeTorchRoom".
using TorchRoomEntry = const TorchRoom*();

}  // namespace normscope
