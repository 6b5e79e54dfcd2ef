#include "app/interrupted_experiment.h"

#include <algorithm>
#include <stdexcept>

#include "app/file_time.h"
#include "app/run_state.h"
#include "app/task_thread.h"
#include "core/experiment.h"
#include "core/run_listing.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

/// What its runs tell without being read as a whole.
struct Trained {
    fs::file_time_type last = fs::file_time_type::min();
    bool interrupted = false;
    bool underWay = false;  ///< by whoever else
};

Trained trainedOf(const fs::path& experiment) {
    TaskThread::turnTo(experiment);
    Trained trained;
    for (const fs::path& folder : foldersIn(experiment)) {
        try {
            const RunListing listing = readListing(folder);
            trained.last = std::max(trained.last, listing.trained);
            const RunState state = stateOf(listing.run);
            trained.underWay |= state == RunState::InTraining;
            trained.interrupted |= state == RunState::Interrupted;
        } catch (const std::runtime_error&) {
            continue;  // whoever opens the experiment is told
        }
    }
    return trained;
}

}  // namespace

std::optional<InterruptedExperiment> interruptedLast(const fs::path& parent) {
    fs::path last;
    Trained ofLast;
    for (const fs::path& folder : foldersIn(parent)) {
        const Trained trained = trainedOf(folder);
        if (trained.last > ofLast.last) {
            last = folder;
            ofLast = trained;
        }
    }
    if (!ofLast.interrupted || ofLast.underWay) {
        return std::nullopt;
    }
    try {
        const Experiment experiment = readExperiment(last);
        if (!experiment.problems.empty() || !nextRun(experiment)) {
            return std::nullopt;
        }
        const auto complete = std::ranges::count(experiment.runs, true, &ExperimentRun::complete);
        return InterruptedExperiment{last, timeOf(ofLast.last), static_cast<std::size_t>(complete),
                                     experiment.runs.size()};
    } catch (const std::runtime_error&) {
        return std::nullopt;  // so damaged that it cannot go on
    }
}

}  // namespace normscope
