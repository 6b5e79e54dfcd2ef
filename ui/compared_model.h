#pragma once

#include <QString>
#include <cstddef>
#include <memory>
#include <vector>

#include "core/runs.h"
#include "ui/norm_style.h"

namespace normscope {

/// A trained or training model that is held against others, of its own run or of another.
struct ComparedModel {
    std::shared_ptr<const Run> run;  ///< never null; a newer one replaces it as a training goes on
    std::size_t model = 0;           ///< index into Run::models and TrainingConfig::models
    QString runName;                 ///< what people call the run
    QString label;                   ///< unique among those compared: "batch", "batch (Monday)"
    int variant = 0;                 ///< of its look among those with the same normalization

    const ModelConfig& config() const { return run->config.models[model]; }
    const ModelHistory& history() const { return run->models[model]; }
    CurveStyle style(bool dark) const { return curveStyle(config().network.kind, variant, dark); }
};

/// The models that all pages show side by side, in their order.
using Comparison = std::vector<ComparedModel>;

/// Whether all were tested on the same images, so that their mistakes can be held against each
/// other one by one.
bool sharesTestImages(const Comparison& models);

}  // namespace normscope
