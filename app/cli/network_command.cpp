#include <cstdio>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"

namespace normscope {

int runNetwork(const QStringList& arguments) {
    CommandLine line("network", "Prints the layers of the network.");
    line.addNetworkOptions();
    line.addOption("batch-size", "Images of a mini-batch.", "N", "64");
    if (!line.parse(arguments)) {
        return 0;
    }
    const NetworkSpec spec = line.networkSpec();
    constexpr int kLargestBatch = 10'000;
    const auto rows = layerTable(spec, line.integer("batch-size", 1, kLargestBatch));
    constexpr int kNameWidth = 24;
    constexpr int kShapeWidth = 22;
    const std::string rule(64, '=');
    std::printf("%s\n%-*s%-*s%s\n%s\n", rule.c_str(), kNameWidth, "Layer (type:depth-idx)",
                kShapeWidth, "Output Shape", "Param #", rule.c_str());
    for (const LayerRow& row : rows) {
        const std::string parameters = row.parameters == 0 ? "--" : std::to_string(row.parameters);
        std::printf("%-*s%-*s%s\n", kNameWidth, row.name.c_str(), kShapeWidth,
                    row.outputShape.c_str(), parameters.c_str());
    }
    std::printf("%s\nTotal params: %lld\n%s\n", rule.c_str(),
                static_cast<long long>(parameterCount(spec)), rule.c_str());
    return 0;
}

}  // namespace normscope
