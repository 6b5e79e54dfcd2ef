#include "app/cli/kept_settings.h"

#include "app/cli/command_line.h"

namespace normscope {

void refuseContradictions(const CommandLine& line, const TrainingConfig& kept, const char* what) {
    const TrainingConfig given = line.trainingConfig();
    const auto require = [&](bool same, const char* option) {
        if (!same) {
            throw UsageError(std::string("--") + option + ": the " + what +
                             " in --out was made with another value, which stays.");
        }
    };
    const bool modelsGiven = line.isSet("norms") || line.isSet("model");
    require(!modelsGiven || given.models == kept.models, line.isSet("model") ? "model" : "norms");
    require(modelsGiven || !line.isSet("l1"), "l1");
    require(!line.isSet("epochs") || given.cycles.front() == kept.cycles.front(), "epochs");
    require(!line.isSet("batch-size") || given.batchSize == kept.batchSize, "batch-size");
    require(!line.isSet("learning-rate") || given.learningRate == kept.learningRate,
            "learning-rate");
    require(!line.isSet("augment") || given.augmentation == kept.augmentation, "augment");
    require(!line.isSet("seed") || given.seed == kept.seed, "seed");
    require(!line.isSet("threads") || given.threads == kept.threads, "threads");
    require(!line.isSet("engine") || given.engine == kept.engine, "engine");
    require(!line.isSet("train-limit") || given.trainLimit == kept.trainLimit, "train-limit");
}

}  // namespace normscope
