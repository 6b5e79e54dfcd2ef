#pragma once

#include <QString>
#include <optional>

#include "core/runs.h"

namespace normscope {

/// What whoever is to help wants to know of the program and of the computer, a line each. `images`
/// are those of the next training; empty if none are read yet.
QString diagnostics(const std::optional<DatasetInfo>& images);

/// The same of a model in training, which something has happened to.
QString trainingDetails(const Run& run, std::size_t model);

/// What to do about a BLAS that is many times slower than others; empty if the one that is loaded
/// is not.
QString slowBlasRemark();

}  // namespace normscope
