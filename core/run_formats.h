#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/runs.h"

namespace normscope {

// Contents of the text files of a run folder, and back. What is read back throws
// std::runtime_error with a sentence that starts with `file` where it does not make sense.

std::string formatComparison(const Run& run, const std::vector<ModelSummary>& summaries);
/// Everything of a Run that comparison.json holds; of each model only outcome and error.
Run parseComparison(std::string_view json, const std::string& file);
/// The figures of each model, which formatComparison() was given.
std::vector<ModelSummary> parseSummaries(std::string_view json, const std::string& file);
std::string parseNotes(std::string_view json, const std::string& file);
/// The same comparison with other notes; all else stays as it is.
std::string withNotes(std::string_view json, const std::string& file, const std::string& notes);
/// The content of the comparison.json in this folder.
std::string readComparisonText(const std::filesystem::path& folder);

std::string formatEpochs(const std::vector<EpochRecord>& epochs);
std::vector<EpochRecord> parseEpochs(std::string_view csv, const std::string& file);

std::string formatSteps(const std::vector<StepRecord>& steps);
std::vector<StepRecord> parseSteps(std::string_view csv, const std::string& file);

/// Labels, predictions and their probabilities; the loss of an Evaluation is not in the file.
std::string formatPredictions(const Evaluation& evaluation);
Evaluation parsePredictions(std::string_view csv, const std::string& file);

/// A row per epoch that was kept: its number and the digits read, one character an image.
std::string formatEpochPredictions(const std::vector<std::vector<std::uint8_t>>& predictions);
std::vector<std::vector<std::uint8_t>> parseEpochPredictions(std::string_view csv,
                                                             const std::string& file);

/// A row per sampled mini-batch, norm layer (0..5) and channel (from 0).
std::string formatPercentiles(const std::vector<PercentileRecord>& percentiles);
std::vector<PercentileRecord> parsePercentiles(std::string_view csv, const std::string& file);

}  // namespace normscope
