#include "app/cli/comparison_runner.h"

#include <mutex>
#include <thread>

#include "core/model_training.h"

namespace normscope {

std::vector<ModelHistory> trainComparison(
    const PreparedRun& prepared, const std::function<void(const TrainingSnapshot&)>& report,
    const std::atomic<bool>& stop) {
    std::vector<ModelHistory> histories = prepared.run.models;
    std::mutex reporting;
    std::vector<std::jthread> threads;
    for (std::size_t model = 0; model < histories.size(); ++model) {
        if (isComplete(prepared, model)) {
            continue;
        }
        threads.emplace_back([&, model] {
            ModelTraining training(prepared, model, &makeTrainer);
            const auto tell = [&] {
                const std::scoped_lock lock(reporting);
                report(training.takeSnapshot());
            };
            tell();
            while (!training.ended()) {
                if (stop) {
                    training.stop();
                } else {
                    training.step();
                }
                tell();
            }
            histories[model] = training.history();
        });
    }
    threads.clear();
    return histories;
}

}  // namespace normscope
