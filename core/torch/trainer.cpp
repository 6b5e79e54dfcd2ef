#include <torch/optim/sgd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "core/batch_source.h"
#include "core/evaluation_pass.h"
#include "core/meters.h"
#include "core/numbers.h"
#include "core/one_cycle.h"
#include "core/torch/engine.h"
#include "core/torch/room.h"

namespace normscope {
namespace {

// Entries of checkpoint.pt beside those of model.pt. The order of the images and their changes are
// drawn from the seed and the epoch, so that no state of a generator has to be kept.
constexpr auto kMomentumEntry = "momentum";
constexpr auto kEpochEntry = "epochs_finished";
constexpr auto kSeedEntry = "seed";

/// The schedule of the cycle that mini-batch `step` (from 0, over all cycles) lies in.
struct Pace {
    double learningRate;
    double momentum;
};
Pace paceAt(const TrainingConfig& config, std::int64_t stepsPerEpoch, std::int64_t step) {
    for (const int epochs : config.cycles) {
        const std::int64_t steps = epochs * stepsPerEpoch;
        if (step < steps) {
            const OneCycle cycle(steps, config.learningRate);
            return {cycle.learningRate(step), cycle.momentum(step)};
        }
        step -= steps;
    }
    throw std::logic_error("A mini-batch after the last cycle has no learning rate.");
}

/// Torch has threads of its own. Under the kernel a model that trains alone takes the cores that
/// nothing else would use: no result depends on it.
int teamSizeFor(const TrainingConfig& config) {
    if (config.engine == EngineKind::Torch) {
        return 1;
    }
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    return config.models.size() == 1 ? std::max(config.threads, cores) : config.threads;
}

std::unique_ptr<Engine> makeEngine(DigitNet& net, const TrainingConfig& config,
                                   const NetworkSpec& network, ThreadTeam& team) {
    if (config.engine == EngineKind::Torch) {
        return makeTorchEngine(net);
    }
    return makeKernelEngine(net, network, config.batchSize, team);
}

/// Leads an engine through the epochs with torch::optim::SGD.
class EngineTrainer final : public Trainer {
  public:
    explicit EngineTrainer(const TrainerStart& start)
        : config_(start.config),
          model_(config_.models.at(start.model)),
          dataset_(start.dataset),
          samplesLayers_(start.samplesLayers),
          stepsPerEpoch_(normscope::stepsPerEpoch(config_, dataset_->train.size())),
          net_(model_.network, config_.seed),
          team_(teamSizeFor(config_)),
          engine_(makeEngine(net_, config_, model_.network, team_)),
          optimizer_({net_.parameters()}, torch::optim::SGDOptions(config_.learningRate)),
          batches_(config_, dataset_->train, team_) {}

    void restore(const std::string& checkpoint) {
        TensorDict state = unpackTensors(checkpoint, "The checkpoint of " + model_.label);
        const auto take = [&](const char* name) {
            const auto found =
                std::ranges::find(state, name, [](const auto& e) { return e.first; });
            if (found == state.end()) {
                throw std::runtime_error("The checkpoint of " + model_.label + " has no entry " +
                                         name + ".");
            }
            const torch::Tensor tensor = found->second;
            state.erase(found);
            return tensor;
        };
        const torch::Tensor momentum = take(kMomentumEntry);
        const torch::Tensor epochs = take(kEpochEntry);
        const torch::Tensor seed = take(kSeedEntry);
        const bool fits = momentum.sizes() == net_.parameters().sizes() &&
                          momentum.scalar_type() == torch::kFloat && epochs.numel() == 1 &&
                          epochs.scalar_type() == torch::kLong && seed.numel() == 1 &&
                          seed.scalar_type() == torch::kLong && epochs.item<std::int64_t>() >= 1 &&
                          epochs.item<std::int64_t>() <= config_.epochs() &&
                          static_cast<std::uint64_t>(seed.item<std::int64_t>()) == config_.seed;
        if (!fits) {
            throw std::runtime_error("The checkpoint of " + model_.label +
                                     " is of another training than comparison.json tells.");
        }
        try {
            net_.load(state);
        } catch (const std::runtime_error& error) {
            throw std::runtime_error("The checkpoint of " + model_.label +
                                     " does not fit: " + error.what() + ".");
        }
        auto kept = std::make_unique<torch::optim::SGDParamState>();
        kept->momentum_buffer(momentum.clone());
        optimizer_.state()[optimizerKey()] = std::move(kept);
        epochsFinished_ = epochs.item<int>();
        stepsDone_ = epochsFinished_ * stepsPerEpoch_;
    }

    Slice step() override {
        try {
            return evaluation_ ? evaluate() : trainMiniBatch();
        } catch (const c10::Error& error) {
            // what() would carry a backtrace.
            throw std::runtime_error(error.what_without_backtrace());
        }
    }

    int epochsFinished() const override { return epochsFinished_; }

    std::string model() const override { return packTensors(net_.state()); }

    std::string checkpoint() const override {
        TensorDict state = net_.state();
        const auto& kept =
            static_cast<const torch::optim::SGDParamState&>(*optimizer_.state().at(optimizerKey()));
        state.emplace_back(kMomentumEntry, kept.momentum_buffer().clone());
        state.emplace_back(kEpochEntry, torch::tensor(std::int64_t{epochsFinished_}));
        state.emplace_back(kSeedEntry, torch::tensor(static_cast<std::int64_t>(config_.seed)));
        return packTensors(state);
    }

  private:
    std::string optimizerKey() const {
        return c10::guts::to_string(net_.parameters().unsafeGetTensorImpl());
    }

    void beginEpoch() {
        batches_.beginEpoch(epochsFinished_ + 1);
        lossMeter_ = {};
        accuracyMeter_ = {};
        penaltyMeter_ = {};
        epochSeconds_ = 0.0;
    }

    Slice trainMiniBatch() {
        const auto started = std::chrono::steady_clock::now();
        if (stepsDone_ % stepsPerEpoch_ == 0) {
            beginEpoch();
        }
        const MiniBatch batch = batches_.next();
        Slice slice;
        const StepRecord record = learn(batch, slice.sample);
        const double weight = batch.size();
        lossMeter_.add(record.loss, weight);
        accuracyMeter_.add(record.accuracy, weight);
        penaltyMeter_.add(record.l1Penalty, weight);

        slice.step = record;
        slice.images = batch.size();
        if (stepsDone_ % stepsPerEpoch_ == 0) {
            evaluation_.emplace(dataset_->test);
            slice.phase = ModelPhase::Evaluating;
        }
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - started;
        slice.seconds = spent.count();
        epochSeconds_ += spent.count();
        return slice;
    }

    /// The gradients and one step of the optimizer. Fills `sample` on the way if it is time.
    StepRecord learn(const MiniBatch& batch, std::shared_ptr<const LayerSample>& sample) {
        setPace(paceAt(config_, stepsPerEpoch_, stepsDone_));
        StepRecord record{};
        record.step = stepsDone_ + 1;
        record.epoch = epochsFinished_ + 1;
        std::optional<LayerSampler> sampler;
        if (samplesLayers_ && isSampled(config_.cycles, stepsPerEpoch_, record.step)) {
            sampler.emplace();
        }
        const auto [loss, correct] = engine_->learn(batch, sampler ? &*sampler : nullptr);
        if (sampler) {
            if (auto taken = sampler->finish(record.step, record.epoch)) {
                sample = std::make_shared<const LayerSample>(std::move(*taken));
            }
        }
        record.loss = static_cast<float>(loss);
        record.accuracy = static_cast<float>(correct) / static_cast<float>(batch.size());
        record.l1Penalty = addL1Penalty();
        if (!std::isfinite(record.loss + record.l1Penalty)) {
            fail(record.step, record.epoch);
        }
        optimizer_.step();
        ++stepsDone_;
        return record;
    }

    /// d/dp (lambda * sum |p|) = lambda * sign(p), added to the gradient of the data loss: what
    /// backpropagating the sum of both would give.
    float addL1Penalty() {
        if (model_.l1 == 0.0) {
            return 0.0F;
        }
        const torch::NoGradGuard noGrad;
        torch::Tensor& parameters = net_.parameters();
        parameters.mutable_grad().add_(parameters.sign(), model_.l1);
        return static_cast<float>(model_.l1 * parameters.abs().sum().item<double>());
    }

    void setPace(const Pace& pace) {
        auto& options =
            static_cast<torch::optim::SGDOptions&>(optimizer_.param_groups().front().options());
        options.lr(pace.learningRate);
        options.momentum(pace.momentum);
        learningRate_ = pace.learningRate;
    }

    Slice evaluate() {
        evaluation_->step([&](const MiniBatch& batch, std::span<float> logProbabilities) {
            engine_->read(batch, logProbabilities);
        });
        Slice slice;
        slice.phase = ModelPhase::Evaluating;
        if (!evaluation_->finished()) {
            return slice;
        }
        auto evaluation = std::make_shared<const Evaluation>(evaluation_->take());
        evaluation_.reset();
        if (!std::isfinite(evaluation->loss)) {
            fail(stepsDone_, epochsFinished_ + 1);
        }
        ++epochsFinished_;
        slice.epoch = EpochRecord{.epoch = epochsFinished_,
                                  .trainLoss = lossMeter_.mean(),
                                  .trainAccuracy = accuracyMeter_.mean(),
                                  .testLoss = evaluation->loss,
                                  .testAccuracy = evaluation->accuracy(),
                                  .learningRate = learningRate_,
                                  .seconds = epochSeconds_,
                                  .l1Penalty = penaltyMeter_.mean()};
        slice.evaluation = std::move(evaluation);
        slice.phase =
            epochsFinished_ == config_.epochs() ? ModelPhase::Finished : ModelPhase::Training;
        return slice;
    }

    [[noreturn]] void fail(std::int64_t step, int epoch) const {
        throw TrainingDiverged(
            "The loss of \"" + model_.label + "\" is no longer a number (mini-batch " +
            std::to_string(step) + ", epoch " + std::to_string(epoch) +
            "); train it with a learning rate below " + formatNumber(config_.learningRate) + ".");
    }

    const TrainingConfig config_;
    const ModelConfig model_;
    const std::shared_ptr<const Dataset> dataset_;
    const bool samplesLayers_;
    const std::int64_t stepsPerEpoch_;
    DigitNet net_;
    ThreadTeam team_;
    std::unique_ptr<Engine> engine_;
    torch::optim::SGD optimizer_;
    BatchSource batches_;

    std::int64_t stepsDone_ = 0;
    int epochsFinished_ = 0;
    double learningRate_ = 0.0;
    double epochSeconds_ = 0.0;
    AverageMeter lossMeter_;
    AverageMeter accuracyMeter_;
    AverageMeter penaltyMeter_;
    std::optional<EvaluationPass> evaluation_;
};

}  // namespace

std::unique_ptr<Trainer> LoadedTorchRoom::makeTrainer(const TrainerStart& start) const {
    const bool torchComputes = start.config.engine == EngineKind::Torch;
    setTorchThreads(torchComputes ? start.config.threads : 1);
    auto trainer = std::make_unique<EngineTrainer>(start);
    if (start.checkpoint) {
        trainer->restore(*start.checkpoint);
    }
    return trainer;
}

}  // namespace normscope
