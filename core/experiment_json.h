#pragma once

#include <string>
#include <string_view>

#include "core/experiment.h"

namespace normscope {

/// The content of experiment.json.
std::string formatExperiment(const Experiment& experiment);

/// And back, with runs that are planned but not read. Throws std::runtime_error with a sentence
/// that starts with `file` where it does not make sense.
Experiment parseExperiment(std::string_view json, const std::string& file);

}  // namespace normscope
