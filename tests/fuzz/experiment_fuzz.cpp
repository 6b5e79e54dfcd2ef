// experiment.json.

#include "core/experiment_json.h"
#include "tests/fuzz/reader.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    readOrRefuse([&] {
        const Experiment experiment = parseExperiment(textOf(data, size), kFile);
        const Experiment again = parseExperiment(formatExperiment(experiment), kFile);
        expect(again.spec == experiment.spec, "what was planned comes back");
    });
    return 0;
}
