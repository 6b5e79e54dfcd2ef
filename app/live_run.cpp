#include "app/live_run.h"

#include <utility>

namespace normscope {
namespace {

Outcome outcomeOf(const TrainingSnapshot& snapshot) {
    switch (snapshot.phase) {
        case ModelPhase::Stopped:
            return Outcome::Stopped;
        case ModelPhase::Finished:
            return Outcome::Finished;
        case ModelPhase::Failed:
            return snapshot.canGoOn ? Outcome::Stopped : Outcome::Failed;
        default:
            return Outcome::Running;
    }
}

}  // namespace

LiveRun::LiveRun(const PreparedRun& prepared) : run_(prepared.run) {
    for (std::size_t model = 0; model < run_.models.size(); ++model) {
        if (!isComplete(prepared, model)) {
            run_.models[model].outcome = Outcome::Running;
            run_.models[model].error.clear();
        }
    }
}

bool LiveRun::take(const TrainingSnapshot& snapshot) {
    if (snapshot.model >= run_.models.size()) {
        return false;
    }
    ModelHistory& model = run_.models[snapshot.model];
    model.steps.insert(model.steps.end(), snapshot.steps.begin(), snapshot.steps.end());
    model.percentiles.insert(model.percentiles.end(), snapshot.percentiles.begin(),
                             snapshot.percentiles.end());
    for (std::size_t i = 0; i < snapshot.epochs.size(); ++i) {
        model.epochs.push_back(snapshot.epochs[i]);
        model.take(snapshot.evaluations.at(i));
    }
    model.error = snapshot.error;
    const Outcome before = std::exchange(model.outcome, outcomeOf(snapshot));
    return !snapshot.epochs.empty() || model.outcome != before;
}

}  // namespace normscope
