#pragma once

#include <QString>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/training_config.h"

namespace normscope {

/// A comparison worth running, ready to start. Data, seed, threads and engine are left as they are.
struct Preset {
    const char* name;  ///< in English; title() translates it
    const char* why;   ///< one line: what is to be seen
    std::vector<ModelConfig> models;
    int epochs;
    int batchSize;
    double learningRate;
    Augmentation augmentation;
    std::optional<int> trainLimit;

    QString title() const;
    QString reason() const;
};

const std::vector<Preset>& presets();

/// The preset of the first start.
inline constexpr std::size_t kDefaultPreset = 1;

TrainingConfig withPreset(TrainingConfig config, const Preset& preset);

/// Which of presets() `config` is, or none once it has been edited.
std::optional<std::size_t> presetMatching(const TrainingConfig& config);

}  // namespace normscope
