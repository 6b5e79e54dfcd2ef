#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/training_records.h"
#include "ui/train/run_view.h"

namespace normscope {

struct ModelHistory;

/// How far one model has come: its snapshots so far, without the points that only charts need.
struct ModelProgress {
    ModelPhase phase = ModelPhase::Waiting;
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    int epoch = 0;
    int totalEpochs = 0;
    double imagesPerSecond = 0.0;
    std::vector<EpochRecord> epochs;
    QString error;

    void take(const TrainingSnapshot& snapshot);

    bool hasEnded() const;
    /// 0..1
    double share() const;
    /// Seconds to the end at the present speed; empty while that is not known.
    std::optional<double> secondsLeft(int batchSize) const;
    double trainSeconds() const;
};

/// Wrongly read test images after that epoch.
int wrongOf(const EpochRecord& epoch, int testTotal);

/// What a worker would have reported of a model that was read from disk.
TrainingSnapshot snapshotOf(const RunView& view, std::size_t model, const ModelHistory& history);

/// "training", "testing", "failed": one word.
QString phaseText(ModelPhase phase);

/// "0:12", "3:20", "1:05:00": minutes and seconds, after an hour with hours.
QString durationText(double seconds);

}  // namespace normscope
