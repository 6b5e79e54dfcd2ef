#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "core/benchmark.h"

namespace normscope {

int runBenchmarkCommand(const QStringList& arguments) {
    CommandLine line("benchmark", "Measures how many images a second the networks train on.");
    line.addTrainingOptions();
    line.addOption("seconds", "How long each figure is measured.", "S", "5");
    if (!line.parse(arguments)) {
        return 0;
    }
    const TrainingConfig config = line.trainingConfig();
    const double seconds = line.number("seconds");
    if (!(seconds > 0.0 && seconds <= 3600.0)) {
        throw UsageError("--seconds must be above 0 and at most 3600.");
    }
    const auto dataset = std::make_shared<const Dataset>(readDataset(dataFolder(line)));
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const BenchmarkResult result = runBenchmark(config, dataset, seconds, cores);
    nlohmann::ordered_json json;
    for (std::size_t i = 0; i < config.models.size(); ++i) {
        json[config.models[i].label] = result.alone[i];
    }
    json["together"] = result.together;
    std::puts(json.dump().c_str());
    return 0;
}

}  // namespace normscope
