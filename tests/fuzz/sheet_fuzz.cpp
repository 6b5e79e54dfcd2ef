// A sheet that was saved as JSON.

#include "core/normalization_json.h"
#include "tests/fuzz/reader.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    readOrRefuse([&] {
        const NormalizationRecord record =
            parseNormalization(textOf(data, size), {32, 32, 28, 28}, kFile);
        if (record.input.shape.count() > 4096) {
            return;  // no news, and slow
        }
        normalize(record.input, record.spec, record.affine);
        if (record.running) {
            normalizeWithRunning(record.input, record.spec, record.affine, *record.running);
        }
    });
    return 0;
}
