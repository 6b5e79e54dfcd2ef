#include "core/run_listing.h"

#include <algorithm>
#include <array>

#include "core/run_formats.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

bool isThere(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

/// When the file was last written; the earliest of times where there is none.
fs::file_time_type timeOf(const fs::path& path) {
    std::error_code error;
    const fs::file_time_type time = fs::last_write_time(path, error);
    return error ? fs::file_time_type::min() : time;
}

}  // namespace

RunListing readListing(const fs::path& folder) {
    const std::string file = (folder / kComparisonFile).string();
    const std::string text = readComparisonText(folder);
    RunListing listing{.run = parseComparison(text, file),
                       .summaries = parseSummaries(text, file),
                       .saved = {},
                       .trained = fs::file_time_type::min()};
    listing.run.folder = folder;
    for (const ModelConfig& model : listing.run.config.models) {
        listing.saved.push_back(isThere(folder / model.label / kModelFile));
        listing.trained = std::max(listing.trained, timeOf(folder / model.label / kEpochsFile));
    }
    if (listing.trained == fs::file_time_type::min()) {
        listing.trained = timeOf(folder / kComparisonFile);
    }
    listing.run.problems = missingParts(listing.run, listing.summaries);
    return listing;
}

std::vector<std::string> missingParts(const Run& run, const std::vector<ModelSummary>& summaries) {
    std::vector<std::string> problems;
    for (std::size_t model = 0; model < summaries.size(); ++model) {
        const int finished = summaries[model].epochs;
        const fs::path folder = run.folder / run.config.models[model].label;
        if (finished == 0) {
            continue;
        }
        for (const char* name : {kEpochsFile, kStepsFile, kPredictionsFile, kModelFile}) {
            if (!isThere(folder / name)) {
                problems.push_back((folder / name).string() + " is missing.");
            }
        }
        const auto read = static_cast<int>(run.models[model].epochs.size());
        if (read > 0 && read < finished) {
            problems.push_back((folder / kEpochsFile).string() + " holds " + std::to_string(read) +
                               " of " + std::to_string(finished) + " epochs.");
        }
    }
    return problems;
}

bool holdsRun(const fs::path& folder) {
    if (isThere(folder / kComparisonFile)) {
        return true;
    }
    return std::ranges::any_of(foldersIn(folder), [](const fs::path& model) {
        return isThere(model / kEpochsFile) && !isThere(model / kComparisonFile);
    });
}

std::vector<fs::path> foldersIn(const fs::path& folder) {
    std::vector<fs::path> folders;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (std::error_code unknown; entry->is_directory(unknown)) {
            folders.push_back(entry->path());
        }
    }
    return folders;
}

std::vector<fs::path> bundledRuns(const fs::path& executable) {
    const fs::path folder = executable.parent_path();
    for (const fs::path& candidate :
         std::array{folder / "../share/normscope/runs", folder / "../../resources/runs"}) {
        std::error_code error;
        const fs::path runs = fs::canonical(candidate, error);
        if (!error) {
            std::vector<fs::path> found = foldersIn(runs);
            std::ranges::sort(found);
            return found;
        }
    }
    return {};
}

}  // namespace normscope
