#include "app/cli/comparison_runner.h"

#include <exception>
#include <mutex>
#include <thread>

#include "core/failure_text.h"
#include "core/model_training.h"

namespace normscope {
namespace {

/// The model has ended early, as where its training itself fails: whoever has the history still
/// saves what is in memory, and then says why.
void noteFailure(ModelHistory& history, const std::exception_ptr& failure) {
    if (!failure || history.outcome == Outcome::Finished) {
        return;
    }
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        history.outcome = Outcome::Stopped;
        history.error = failureText(error);
    }
}

}  // namespace

std::vector<ModelHistory> trainComparison(
    const PreparedRun& prepared, const std::function<void(const TrainingSnapshot&)>& report,
    const std::atomic<bool>& stop) {
    std::vector<ModelHistory> histories = prepared.run.models;
    std::vector<std::exception_ptr> failures(histories.size());
    // What leaves a thread ends the program, and with it the other models.
    const auto guarded = [&](std::size_t model, const auto& act) {
        try {
            act();
        } catch (...) {
            failures[model] = std::current_exception();
        }
    };
    std::mutex reporting;
    const auto trainToEnd = [&](ModelTraining& training) {
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
    };
    std::vector<std::jthread> threads;
    for (std::size_t model = 0; model < histories.size(); ++model) {
        if (isComplete(prepared, model)) {
            continue;
        }
        threads.emplace_back([&, model] {
            guarded(model, [&] {
                ModelTraining training(prepared, model, &makeTrainer);
                guarded(model, [&] { trainToEnd(training); });
                if (!training.ended()) {
                    training.stop();
                }
                histories[model] = training.history();
            });
        });
    }
    threads.clear();
    for (std::size_t model = 0; model < histories.size(); ++model) {
        noteFailure(histories[model], failures[model]);
    }
    return histories;
}

}  // namespace normscope
