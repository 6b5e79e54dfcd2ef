#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/runs.h"

namespace normscope {

/// What is quickly told of a run folder: its comparison.json, and which files lie beside it.
struct RunListing {
    Run run;                              ///< as readComparison() gives it, `problems` filled in
    std::vector<ModelSummary> summaries;  ///< one per model
    std::vector<bool> saved;              ///< whether there is a model.pt, one per model
    std::filesystem::file_time_type trained;  ///< when an epoch was last written
};

/// Throws std::runtime_error when comparison.json is missing, damaged or out of range.
RunListing readListing(const std::filesystem::path& folder);

/// Which files of the run are missing that a finished epoch leaves behind, a sentence each; and
/// where `run` was read as a whole, whether they hold as many epochs as were finished.
std::vector<std::string> missingParts(const Run& run, const std::vector<ModelSummary>& summaries);

/// Whether the folder looks like that of a run, whole or not.
bool holdsRun(const std::filesystem::path& folder);

/// The folders in this one, in no order; none where it cannot be read.
std::vector<std::filesystem::path> foldersIn(const std::filesystem::path& folder);

/// Folders of the trained runs that come with the program whose executable this is: installed
/// beside it, or in the source tree that it was built from. There may be none.
std::vector<std::filesystem::path> bundledRuns(const std::filesystem::path& executable);

}  // namespace normscope
