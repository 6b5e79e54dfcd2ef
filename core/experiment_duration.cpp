#include "core/experiment_duration.h"

#include <algorithm>

#include "core/trainer.h"

namespace normscope {

std::optional<MeasuredSpeed> measuredSpeed(const Run& run) {
    MeasuredSpeed speed{.models = run.config.models.size(),
                        .threads = run.config.threads,
                        .batchSize = run.config.batchSize,
                        .trainTotal = run.dataset.trainTotal};
    const int images = trainingImages(run.config, run.dataset.trainTotal);
    for (const ModelHistory& history : run.models) {
        const ModelSummary summary = summarize(history, images, run.dataset.testTotal);
        if (!summary.imagesPerSecond) {
            return std::nullopt;  // how fast all are at once is not known
        }
        speed.secondsPerImage = std::max(speed.secondsPerImage, 1.0 / *summary.imagesPerSecond);
    }
    return speed.models == 0 ? std::nullopt : std::optional(speed);
}

std::optional<double> expectedSeconds(const ExperimentSpec& spec, const MeasuredSpeed& speed) {
    // Of smaller batches the measured speed tells at least something, of larger ones nothing.
    const bool fits =
        spec.kind == ExperimentKind::Seeds
            ? spec.base.batchSize == speed.batchSize
            : std::ranges::all_of(spec.sizes, [&](int size) { return size <= speed.batchSize; });
    if (!fits || spec.base.models.size() != speed.models || spec.base.threads != speed.threads) {
        return std::nullopt;
    }
    const double images = static_cast<double>(trainingImages(spec.base, speed.trainTotal)) *
                          spec.base.epochs() * static_cast<double>(planRuns(spec).size());
    return images * speed.secondsPerImage;
}

}  // namespace normscope
