#include "core/model_training.h"

#include <algorithm>

#include "core/failure_text.h"
#include "core/run_writer.h"

namespace normscope {

ModelTraining::ModelTraining(const PreparedRun& prepared, std::size_t model,
                             const TrainerFactory& factory)
    : model_(model), writer_(prepared.writer), history_(prepared.run.models.at(model)) {
    const TrainingConfig& config = prepared.run.config;
    const std::int64_t perEpoch = stepsPerEpoch(config, prepared.dataset->train.size());
    snapshot_.model = model;
    snapshot_.totalEpochs = config.epochs();
    snapshot_.totalSteps = perEpoch * config.epochs();
    try {
        trainer_ = factory({config, model, prepared.dataset, prepared.checkpoints.at(model)});
    } catch (const std::exception& error) {
        fail(error);
        return;
    }
    const int finished = trainer_->epochsFinished();
    history_.truncate(finished);
    history_.outcome = Outcome::Running;
    history_.error.clear();
    snapshot_.step = perEpoch * finished;
    snapshot_.epoch = std::min(finished + 1, config.epochs());
    snapshot_.phase = ModelPhase::Training;
    if (finished == config.epochs()) {
        end(Outcome::Finished, ModelPhase::Finished);
    }
}

bool ModelTraining::ended() const {
    return history_.outcome != Outcome::Running;
}

void ModelTraining::step() {
    try {
        take(trainer_->step());
    } catch (const std::exception& error) {
        fail(error);
    }
}

/// A model that has diverged would diverge again; with anything else it may go on another time.
void ModelTraining::fail(const std::exception& failure) {
    const bool diverged = dynamic_cast<const TrainingDiverged*>(&failure) != nullptr;
    snapshot_.canGoOn = !diverged;
    end(diverged ? Outcome::Failed : Outcome::Stopped, ModelPhase::Failed, failureText(failure));
}

void ModelTraining::stop() {
    end(Outcome::Stopped, ModelPhase::Stopped);
}

void ModelTraining::take(const Slice& slice) {
    trained_ = slice.step.has_value();
    snapshot_.phase = slice.phase;
    if (slice.step) {
        history_.steps.push_back(*slice.step);
        snapshot_.steps.push_back(*slice.step);
        snapshot_.step = slice.step->step;
        snapshot_.epoch = slice.step->epoch;
        speed_.add(slice.images, slice.seconds);
    }
    if (slice.sample) {
        history_.percentiles.push_back(slice.sample->record);
        snapshot_.percentiles.push_back(slice.sample->record);
        snapshot_.sample = slice.sample;
    }
    if (slice.epoch) {
        history_.epochs.push_back(*slice.epoch);
        history_.take(slice.evaluation);
        snapshot_.epochs.push_back(*slice.epoch);
        snapshot_.evaluations.push_back(slice.evaluation);
        if (slice.phase == ModelPhase::Finished) {
            history_.outcome = Outcome::Finished;
        }
        write([this] {
            writer_->writeEpoch(model_, history_, trainer_->model(), trainer_->checkpoint());
        });
    }
}

void ModelTraining::end(Outcome outcome, ModelPhase phase, const std::string& error) {
    history_.outcome = outcome;
    history_.error = error;
    snapshot_.phase = phase;
    snapshot_.error = error;
    write([this] { writer_->writeEnd(model_, history_); });
}

void ModelTraining::write(const std::function<void()>& writing) {
    if (!writer_) {
        return;
    }
    try {
        writing();
        snapshot_.writeProblem.clear();
    } catch (const std::exception& error) {
        snapshot_.writeProblem = failureText(error);
    }
}

TrainingSnapshot ModelTraining::takeSnapshot() {
    snapshot_.imagesPerSecond = speed_.imagesPerSecond();
    TrainingSnapshot taken = snapshot_;
    snapshot_.steps.clear();
    snapshot_.epochs.clear();
    snapshot_.evaluations.clear();
    snapshot_.percentiles.clear();
    snapshot_.sample.reset();
    snapshot_.writeProblem.clear();
    return taken;
}

}  // namespace normscope
