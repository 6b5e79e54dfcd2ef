#include "core/trainer.h"

#include <torch/optim/sgd.h>

#include <chrono>
#include <cmath>
#include <numeric>

#include "core/augmentation.h"
#include "core/evaluation_pass.h"
#include "core/meters.h"
#include "core/numbers.h"
#include "core/one_cycle.h"
#include "core/random.h"

namespace normscope {
namespace {

// Entries of checkpoint.pt beside those of model.pt. The order of the images and their changes are
// drawn from the seed and the epoch, so that no state of a generator has to be kept.
constexpr auto kMomentumEntry = "momentum";
constexpr auto kEpochEntry = "epochs_finished";
constexpr auto kSeedEntry = "seed";

std::vector<int> shuffled(int count, std::uint64_t seed, int epoch) {
    std::vector<int> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    RandomStream random(seed, RandomPurpose::Order, epoch);
    for (std::size_t left = order.size(); left > 1; --left) {
        std::swap(order[left - 1], order[random.below(left)]);
    }
    return order;
}

torch::Tensor augmentedInput(const DigitSet& set, std::span<const int> indices,
                             RandomStream& random) {
    torch::Tensor input = torch::empty(
        {static_cast<std::int64_t>(indices.size()), 1, kImageSide, kImageSide}, torch::kFloat);
    float* out = input.data_ptr<float>();
    for (const int index : indices) {
        const std::span<float, kImagePixels> changed(out, kImagePixels);
        applyAffineChange(randomAffineChange(random), set.image(index), changed);
        for (float& grey : changed) {
            grey = (grey / 255.0F - kPixelMean) / kPixelStandardDeviation;
        }
        out += kImagePixels;
    }
    return input;
}

std::span<const float> valuesOf(const torch::Tensor& dense) {
    return {dense.data_ptr<float>(), static_cast<std::size_t>(dense.numel())};
}

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

/// The reference engine: autograd and torch::optim::SGD.
class TorchTrainer final : public Trainer {
  public:
    explicit TorchTrainer(const TrainerStart& start)
        : config_(start.config),
          model_(config_.models.at(start.model)),
          dataset_(start.dataset),
          samplesLayers_(start.samplesLayers),
          images_(trainingImages(config_, dataset_->train.size())),
          stepsPerEpoch_(normscope::stepsPerEpoch(config_, dataset_->train.size())),
          net_(model_.network, config_.seed),
          optimizer_({net_.parameters()}, torch::optim::SGDOptions(config_.learningRate)),
          augmentation_(config_.seed, RandomPurpose::Augmentation, /*epoch=*/0) {}

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
                          seed.numel() == 1 && epochs.item<std::int64_t>() >= 1 &&
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
        const int epoch = epochsFinished_ + 1;
        order_ = shuffled(images_, config_.seed, epoch);
        augmentation_ = RandomStream(config_.seed, RandomPurpose::Augmentation, epoch);
        lossMeter_ = {};
        accuracyMeter_ = {};
        penaltyMeter_ = {};
        epochSeconds_ = 0.0;
    }

    Slice trainMiniBatch() {
        const auto started = std::chrono::steady_clock::now();
        const std::int64_t inEpoch = stepsDone_ % stepsPerEpoch_;
        if (inEpoch == 0) {
            beginEpoch();
        }
        const auto first = static_cast<std::size_t>(inEpoch * config_.batchSize);
        const auto batch = std::span(order_).subspan(
            first, std::min(static_cast<std::size_t>(config_.batchSize), order_.size() - first));
        Slice slice;
        const StepRecord record = learn(batch, slice.sample);
        const double weight = static_cast<double>(batch.size());
        lossMeter_.add(record.loss, weight);
        accuracyMeter_.add(record.accuracy, weight);
        penaltyMeter_.add(record.l1Penalty, weight);

        slice.step = record;
        slice.images = static_cast<int>(batch.size());
        if (stepsDone_ % stepsPerEpoch_ == 0) {
            evaluation_.emplace(dataset_->test);
            slice.phase = ModelPhase::Evaluating;
        }
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - started;
        slice.seconds = spent.count();
        epochSeconds_ += spent.count();
        return slice;
    }

    /// Forward, backward and one step of the optimizer. Fills `sample` on the way if it is time.
    StepRecord learn(std::span<const int> batch, std::shared_ptr<const LayerSample>& sample) {
        setPace(paceAt(config_, stepsPerEpoch_, stepsDone_));
        torch::Tensor labels =
            torch::empty({static_cast<std::int64_t>(batch.size())}, torch::kLong);
        std::ranges::transform(batch, labels.data_ptr<std::int64_t>(), [&](int index) {
            return dataset_->train.labels[static_cast<std::size_t>(index)];
        });
        net_.train(true);
        net_.parameters().mutable_grad().zero_();
        const torch::Tensor images = config_.augmentation == Augmentation::Affine
                                         ? augmentedInput(dataset_->train, batch, augmentation_)
                                         : networkInput(dataset_->train, batch);
        const bool sampled =
            samplesLayers_ && isSampled(config_.cycles, stepsPerEpoch_, stepsDone_ + 1);
        const torch::Tensor scores =
            sampled ? sampledForward(images, sample) : net_.forward(images);
        const torch::Tensor loss = torch::nll_loss(scores, labels);
        loss.backward();

        StepRecord record{};
        record.step = stepsDone_ + 1;
        record.epoch = epochsFinished_ + 1;
        record.loss = loss.item<float>();
        record.accuracy =
            static_cast<float>(scores.argmax(/*dim=*/1).eq(labels).sum().item<int>()) /
            static_cast<float>(batch.size());
        record.l1Penalty = addL1Penalty();
        if (!std::isfinite(record.loss + record.l1Penalty)) {
            fail(record.step, record.epoch);
        }
        optimizer_.step();
        ++stepsDone_;
        return record;
    }

    torch::Tensor sampledForward(const torch::Tensor& images,
                                 std::shared_ptr<const LayerSample>& sample) {
        LayerSampler sampler;
        torch::Tensor scores = net_.forward(
            images, [&](int normLayer, const torch::Tensor& input, const torch::Tensor& output) {
                const torch::Tensor in = input.contiguous();
                const torch::Tensor out = output.contiguous();
                sampler.take(normLayer, valuesOf(in), valuesOf(out),
                             static_cast<int>(in.size(2) * in.size(3)));
            });
        if (auto taken = sampler.finish(stepsDone_ + 1, epochsFinished_ + 1)) {
            sample = std::make_shared<const LayerSample>(std::move(*taken));
        }
        return scores;
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
        evaluation_->step(net_);
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
    const int images_;
    const std::int64_t stepsPerEpoch_;
    DigitNet net_;
    torch::optim::SGD optimizer_;
    RandomStream augmentation_;

    std::int64_t stepsDone_ = 0;
    int epochsFinished_ = 0;
    std::vector<int> order_;
    double learningRate_ = 0.0;
    double epochSeconds_ = 0.0;
    AverageMeter lossMeter_;
    AverageMeter accuracyMeter_;
    AverageMeter penaltyMeter_;
    std::optional<EvaluationPass> evaluation_;
};

}  // namespace

int trainingImages(const TrainingConfig& config, int available) {
    return config.trainLimit ? std::min(*config.trainLimit, available) : available;
}

std::int64_t stepsPerEpoch(const TrainingConfig& config, int available) {
    const std::int64_t images = trainingImages(config, available);
    return (images + config.batchSize - 1) / config.batchSize;
}

std::unique_ptr<Trainer> makeTrainer(const TrainerStart& start) {
    setTorchThreads(start.config.threads);
    auto trainer = std::make_unique<TorchTrainer>(start);
    if (start.checkpoint) {
        trainer->restore(*start.checkpoint);
    }
    return trainer;
}

}  // namespace normscope
