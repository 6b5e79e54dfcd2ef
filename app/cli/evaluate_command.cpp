#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "core/evaluation.h"

namespace normscope {

int runEvaluate(const QStringList& arguments) {
    CommandLine line("evaluate", "Has a trained network read the test images.");
    line.addOption("model", "A model.pt, written by this program or by PyTorch.", "FILE");
    line.addNetworkOptions();
    line.addOption("data",
                   "Folder with the four IDX files, gzipped or not. Default: the MNIST that "
                   "comes with the program.",
                   "DIR");
    if (!line.parse(arguments)) {
        return 0;
    }
    const std::filesystem::path model = line.path("model");
    const NetworkSpec spec = line.networkSpec();
    const Dataset dataset = readDataset(dataFolder(line));
    const Evaluation evaluation = evaluateModel(model, spec, dataset.test, /*threads=*/1);
    const nlohmann::ordered_json json{{"wrong", evaluation.wrong},
                                      {"total", evaluation.total},
                                      {"accuracy", evaluation.accuracy()},
                                      {"loss", evaluation.loss}};
    std::puts(json.dump().c_str());
    return 0;
}

}  // namespace normscope
