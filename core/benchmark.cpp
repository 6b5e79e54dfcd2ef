#include "core/benchmark.h"

#include <barrier>
#include <exception>
#include <numeric>
#include <span>
#include <thread>

#include "core/trainer.h"

namespace normscope {
namespace {

constexpr double kWarmUpShare = 0.2;  // of the measured time

/// Training images per second of one model, on the calling thread. Evaluations do not count.
double measureSpeed(Trainer& trainer, double seconds) {
    const auto trainFor = [&](double budget) {
        double images = 0.0;
        double spent = 0.0;
        while (spent < budget) {
            const Slice slice = trainer.step();
            images += slice.images;
            spent += slice.seconds;
        }
        return images / spent;
    };
    trainFor(seconds * kWarmUpShare);
    return trainFor(seconds);
}

/// The speeds of these models at once, each on a fresh thread: torch settles a thread's number of
/// cores at its first operation.
std::vector<double> measureSpeeds(const TrainingConfig& config, std::span<const std::size_t> models,
                                  const std::shared_ptr<const Dataset>& dataset, double seconds) {
    std::vector<double> speeds(models.size());
    std::vector<std::exception_ptr> errors(models.size());
    std::barrier allReady(static_cast<std::ptrdiff_t>(models.size()));
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < models.size(); ++i) {
        threads.emplace_back([&, i] {
            try {
                const auto trainer = makeTrainer({config, models[i], dataset, std::nullopt});
                allReady.arrive_and_wait();  // none is measured while another still starts
                speeds[i] = measureSpeed(*trainer, seconds);
            } catch (...) {
                errors[i] = std::current_exception();
            }
        });
    }
    threads.clear();
    for (const std::exception_ptr& error : errors) {
        if (error) {
            std::rethrow_exception(error);
        }
    }
    return speeds;
}

}  // namespace

BenchmarkResult runBenchmark(TrainingConfig config, const std::shared_ptr<const Dataset>& dataset,
                             double seconds, int cores) {
    // More epochs than the time can hold: a benchmark never comes to the end of its schedule.
    config.cycles = {1'000'000};
    std::vector<std::size_t> models(config.models.size());
    std::iota(models.begin(), models.end(), std::size_t{0});
    BenchmarkResult result;
    config.threads = cores;
    for (const std::size_t model : models) {
        result.alone.push_back(measureSpeeds(config, {&model, 1}, dataset, seconds).front());
    }
    config.threads = 1;
    const auto speeds = measureSpeeds(config, models, dataset, seconds);
    result.together = std::accumulate(speeds.begin(), speeds.end(), 0.0);
    return result;
}

}  // namespace normscope
