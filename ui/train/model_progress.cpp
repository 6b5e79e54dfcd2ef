#include "ui/train/model_progress.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/runs.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ModelProgress)
};

ModelPhase phaseOf(Outcome outcome) {
    switch (outcome) {
        case Outcome::Finished:
            return ModelPhase::Finished;
        case Outcome::Failed:
            return ModelPhase::Failed;
        case Outcome::Running:  // cut off in mid-training: nobody works on it any more
        case Outcome::Stopped:
            break;
    }
    return ModelPhase::Stopped;
}

double secondsOf(const std::vector<EpochRecord>& epochs) {
    return std::accumulate(
        epochs.begin(), epochs.end(), 0.0,
        [](double sum, const EpochRecord& record) { return sum + record.seconds; });
}

}  // namespace

void ModelProgress::take(const TrainingSnapshot& snapshot) {
    phase = snapshot.phase;
    step = snapshot.step;
    totalSteps = snapshot.totalSteps;
    epoch = snapshot.epoch;
    totalEpochs = snapshot.totalEpochs;
    imagesPerSecond = snapshot.imagesPerSecond;
    epochs.insert(epochs.end(), snapshot.epochs.begin(), snapshot.epochs.end());
    error = QString::fromStdString(snapshot.error);
}

bool ModelProgress::hasEnded() const {
    return phase == ModelPhase::Stopped || phase == ModelPhase::Finished ||
           phase == ModelPhase::Failed;
}

double ModelProgress::share() const {
    return totalSteps == 0 ? 0.0 : static_cast<double>(step) / static_cast<double>(totalSteps);
}

std::optional<double> ModelProgress::secondsLeft(int batchSize) const {
    if (phase != ModelPhase::Training && phase != ModelPhase::Evaluating) {
        return std::nullopt;
    }
    if (imagesPerSecond <= 0.0) {
        return std::nullopt;
    }
    return static_cast<double>(totalSteps - step) * batchSize / imagesPerSecond;
}

double ModelProgress::trainSeconds() const {
    return secondsOf(epochs);
}

int wrongOf(const EpochRecord& epoch, int testTotal) {
    return static_cast<int>(std::lround((1.0 - epoch.testAccuracy) * testTotal));
}

TrainingSnapshot snapshotOf(const RunView& view, std::size_t model, const ModelHistory& history) {
    const ModelScale scale = view.scaleOf(model);
    TrainingSnapshot snapshot;
    snapshot.run = view.run;
    snapshot.model = model;
    snapshot.phase = phaseOf(history.outcome);
    snapshot.totalEpochs = scale.epochs;
    snapshot.totalSteps = scale.stepsPerEpoch * snapshot.totalEpochs;
    const auto epochsDone = static_cast<std::int64_t>(history.epochs.size());
    snapshot.step = epochsDone * scale.stepsPerEpoch;
    snapshot.epoch = static_cast<int>(epochsDone);
    if (!history.steps.empty()) {
        snapshot.step = std::max(snapshot.step, history.steps.back().step);
        snapshot.epoch = std::max(snapshot.epoch, history.steps.back().epoch);
    }
    if (const double seconds = secondsOf(history.epochs); seconds > 0.0) {
        snapshot.imagesPerSecond = scale.imagesPerEpoch * static_cast<double>(epochsDone) / seconds;
    }
    snapshot.steps = history.steps;
    snapshot.epochs = history.epochs;
    snapshot.percentiles = history.percentiles;
    snapshot.error = history.error;
    return snapshot;
}

QString phaseText(ModelPhase phase) {
    switch (phase) {
        case ModelPhase::Waiting:
            return Texts::tr("waiting");
        case ModelPhase::Training:
            return Texts::tr("training");
        case ModelPhase::Evaluating:
            return Texts::tr("testing");
        case ModelPhase::Paused:
            return Texts::tr("paused");
        case ModelPhase::Stopped:
            return Texts::tr("stopped");
        case ModelPhase::Finished:
            return Texts::tr("finished");
        case ModelPhase::Failed:
            return Texts::tr("failed");
    }
    return {};
}

QString durationText(double seconds) {
    const auto total = static_cast<qint64>(std::llround(seconds));
    const auto twoDigits = [](qint64 value) {
        return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
    };
    const qint64 minutes = total / 60;
    const QString rest = ':' + twoDigits(total % 60);
    return minutes < 60 ? QString::number(minutes) + rest
                        : QString::number(minutes / 60) + ':' + twoDigits(minutes % 60) + rest;
}

}  // namespace normscope
