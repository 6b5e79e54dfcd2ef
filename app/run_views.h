#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "ui/compared_model.h"
#include "ui/train/run_view.h"

namespace normscope {

/// What page Train must know of a run, but for RunView::run. `bundledData` is the folder of the
/// images that have no other name than MNIST.
RunView viewOf(const Run& run, const std::filesystem::path& bundledData);

/// The same of models of several runs.
RunView viewOf(const Comparison& models, const std::filesystem::path& bundledData);

/// The run whose models these are, all of them in their order; null where they are not.
std::shared_ptr<const Run> wholeRun(const Comparison& models);

/// All models of a run under their own labels.
Comparison comparisonOf(const std::shared_ptr<const Run>& run);

/// Lets models of the same normalization be told apart.
void giveLooks(Comparison& models);

/// What is missing or damaged in it, all sentences; empty if nothing is.
QString problemsText(const Run& run);

std::vector<ModelHistory> historiesOf(const Comparison& models);

}  // namespace normscope
