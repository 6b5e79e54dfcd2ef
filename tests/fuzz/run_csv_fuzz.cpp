// The csv files of a run folder: their first line tells which is which.

#include "core/run_formats.h"
#include "tests/fuzz/reader.h"

using namespace normscope;
using namespace normscope::fuzz;

namespace {

/// What is read and written is, written once more, the same.
void check(std::string_view csv, auto parse, auto format) {
    readOrRefuse([&] {
        const std::string written = format(parse(csv, kFile));
        expect(format(parse(written, kFile)) == written, "rows come back");
    });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view csv = textOf(data, size);
    check(csv, &parseEpochs, &formatEpochs);
    check(csv, &parseSteps, &formatSteps);
    check(csv, &parsePredictions, &formatPredictions);
    check(csv, &parseEpochPredictions, &formatEpochPredictions);
    check(csv, &parsePercentiles, &formatPercentiles);
    return 0;
}
