#include "app/cli/visible_training.h"

#include <atomic>
#include <csignal>

#include "app/cli/comparison_runner.h"
#include "app/cli/progress.h"

namespace normscope {
namespace {

std::atomic<bool> interrupted = false;

}  // namespace

VisibleTraining trainVisibly(const PreparedRun& prepared) {
    std::signal(SIGINT, [](int) { interrupted = true; });
    std::signal(SIGTERM, [](int) { interrupted = true; });

    Progress progress(prepared.run.config, prepared.dataset->test.size());
    VisibleTraining training;
    training.histories = trainComparison(
        prepared,
        [&](const TrainingSnapshot& snapshot) {
            progress.show(snapshot);
            if (!snapshot.writeProblem.empty()) {
                // Without a window there is nowhere else to keep the results.
                training.writeProblem = snapshot.writeProblem;
                interrupted = true;
            }
        },
        interrupted);
    progress.finish();
    training.interrupted = interrupted;
    return training;
}

}  // namespace normscope
