#include "core/learning_history.h"

namespace normscope {

std::span<const std::uint8_t> predictionsAfter(const ModelHistory& history, int epoch) {
    if (epoch < 1) {
        return {};
    }
    const auto index = static_cast<std::size_t>(epoch - 1);
    if (index < history.epochPredictions.size() && !history.epochPredictions[index].empty()) {
        return history.epochPredictions[index];
    }
    const bool last = index + 1 == history.epochs.size();
    return last && history.evaluation ? std::span(history.evaluation->predictions)
                                      : std::span<const std::uint8_t>{};
}

std::vector<EpochChange> learningHistory(std::span<const std::uint8_t> labels,
                                         const ModelHistory& history) {
    std::vector<EpochChange> changes;
    std::span<const std::uint8_t> before;
    for (int epoch = 1; epoch <= static_cast<int>(history.epochs.size()); ++epoch) {
        EpochChange change;
        change.epoch = epoch;
        std::span<const std::uint8_t> now = predictionsAfter(history, epoch);
        if (now.size() != labels.size()) {
            now = {};
        }
        if (!now.empty()) {
            // Without branches: there may be a thousand epochs of ten thousand images.
            int wrong = 0;
            int learned = 0;
            int lost = 0;
            for (std::size_t image = 0; image < labels.size(); ++image) {
                const bool isWrong = now[image] != labels[image];
                const bool wasWrong = !before.empty() && before[image] != labels[image];
                wrong += static_cast<int>(isWrong);
                learned += static_cast<int>(wasWrong && !isWrong);
                lost += static_cast<int>(isWrong && !wasWrong);
            }
            change.wrong = wrong;
            if (!before.empty()) {
                change.learned = learned;
                change.lost = lost;
            }
        }
        changes.push_back(change);
        before = now;
    }
    return changes;
}

}  // namespace normscope
