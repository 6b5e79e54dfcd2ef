// What sampling the norm layers costs the training: for each normalization two trainers on the same
// digits, one that samples and one that does not, take turns mini-batch by mini-batch over one
// epoch of MNIST in mini-batches of 64, the schedule with the most samples. Prints JSON: the time
// of the one over that of the other, less 1, of the processor and on the wall.
//
//     build/release/percentiles_cost [DATA FOLDER] [MINI-BATCHES]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "core/trainer.h"

using namespace normscope;
using Json = nlohmann::ordered_json;

namespace {

double processorSeconds() {
    std::timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// A trainer and the time that its mini-batches took.
class Clocked {
  public:
    explicit Clocked(const TrainerStart& start) : trainer_(makeTrainer(start)) {}

    void step() {
        const double before = processorSeconds();
        const Slice slice = trainer_->step();
        processor_ += processorSeconds() - before;
        wall_ += slice.seconds;
        samples_ += slice.sample ? 1 : 0;
    }

    double processor() const { return processor_; }
    double wall() const { return wall_; }
    int samples() const { return samples_; }

  private:
    std::unique_ptr<Trainer> trainer_;
    double processor_ = 0.0;
    double wall_ = 0.0;
    int samples_ = 0;
};

Json measure(const TrainingConfig& config, const std::shared_ptr<const Dataset>& dataset,
             int steps) {
    const std::optional<std::string> fromTheBeginning;
    const TrainerStart start{config, 0, dataset, fromTheBeginning};
    TrainerStart plainStart = start;
    plainStart.samplesLayers = false;
    {
        Clocked warmUp(start);
        for (int i = 0; i < 10; ++i) {
            warmUp.step();
        }
    }
    Clocked sampled(start);
    Clocked plain(plainStart);
    for (int i = 0; i < steps; ++i) {
        // Neither always has the caches warmed by the other.
        (i % 2 == 0 ? sampled : plain).step();
        (i % 2 == 0 ? plain : sampled).step();
    }
    return {{"samples", sampled.samples()},
            {"milliseconds_a_mini_batch", 1e3 * plain.processor() / steps},
            {"milliseconds_a_sample",
             1e3 * (sampled.processor() - plain.processor()) / sampled.samples()},
            {"cost_processor", sampled.processor() / plain.processor() - 1.0},
            {"cost_wall", sampled.wall() / plain.wall() - 1.0}};
}

}  // namespace

int main(int argc, char* argv[]) {
    const auto dataset =
        std::make_shared<const Dataset>(readDataset(argc > 1 ? argv[1] : NORMSCOPE_MNIST));
    Json all;
    for (const char* model :
         {"none=none", "batch=batch", "layer=layer", "group=group", "instance=instance"}) {
        TrainingConfig config;
        config.models = {parseModel(model)};
        config.cycles = {1};
        const auto most = static_cast<int>(stepsPerEpoch(config, dataset->train.size()));
        const int steps = argc > 2 ? std::clamp(std::atoi(argv[2]), 20, most) : most;
        std::thread([&] { all[config.models[0].label] = measure(config, dataset, steps); }).join();
        std::fprintf(stderr, "%s\n", all[config.models[0].label].dump().c_str());
    }
    std::puts(all.dump(2).c_str());
    return 0;
}
