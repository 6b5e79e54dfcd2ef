#include "app/cli/visible_training.h"

#include <atomic>
#include <csignal>
#include <utility>

#include "app/cli/comparison_runner.h"
#include "app/cli/progress.h"
#include "core/run_writer.h"

namespace normscope {
namespace {

std::atomic<bool> interrupted = false;

}  // namespace

void catchInterrupts() {
    std::signal(SIGINT, [](int) { interrupted = true; });
    std::signal(SIGTERM, [](int) { interrupted = true; });
}

VisibleTraining trainVisibly(const PreparedRun& prepared) {
    Progress progress(prepared.run.config, prepared.dataset->test.size());
    std::string told;
    VisibleTraining training;
    training.histories = trainComparison(
        prepared,
        [&](const TrainingSnapshot& snapshot) {
            progress.show(snapshot);
            const std::string& problem = snapshot.writeProblem;
            if (!problem.empty() && std::exchange(told, problem) != problem) {
                progress.note(problem +
                              " The training goes on in memory; once there is room, the next epoch "
                              "writes everything.");
            }
        },
        interrupted);
    progress.finish();
    training.writeProblem = prepared.writer->problem();
    training.interrupted = interrupted;
    return training;
}

}  // namespace normscope
