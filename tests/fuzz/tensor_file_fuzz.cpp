// model.pt and checkpoint.pt, up to where torch takes over: plain tensors.

#include <functional>
#include <numeric>

#include "core/plain_tensors.h"
#include "tests/fuzz/reader.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    readOrRefuse([&] {
        for (const PlainTensor& tensor : readPlainTensors(textOf(data, size), kFile)) {
            const auto cells = std::accumulate(tensor.shape.begin(), tensor.shape.end(),
                                               std::int64_t{1}, std::multiplies());
            expect(tensor.bytes.size() == static_cast<std::size_t>(cells) * sizeOf(tensor.type),
                   "a tensor has all its cells");
        }
    });
    return 0;
}
