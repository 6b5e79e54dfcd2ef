#pragma once

#include <span>
#include <string>

#include "core/training_records.h"

namespace normscope {

/// What a model of this name read.
struct NamedEvaluation {
    std::string name;
    const Evaluation& evaluation;
};

/// Every test image that any of the models misreads, model after model, in the order of the images,
/// which count from 0: model,index,label,predicted,probability_predicted,probability_label.
std::string formatMistakes(std::span<const NamedEvaluation> models);

}  // namespace normscope
