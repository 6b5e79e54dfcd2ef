#pragma once

#include <filesystem>

#include "core/dataset.h"
#include "core/training_records.h"

namespace normscope {

/// Reads a model.pt into the network of `spec` and has it read every image of `set`.
/// Throws std::runtime_error with one sentence that names the file and the entry that does not fit.
Evaluation evaluateModel(const std::filesystem::path& model, const NetworkSpec& spec,
                         const DigitSet& set, int threads);

}  // namespace normscope
