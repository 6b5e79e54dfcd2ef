// data.pkl in model.pt and checkpoint.pt, without the zip archive and its checksums around it.

#include "core/byte_reader.h"
#include "core/tensor_pickle.h"
#include "tests/fuzz/reader.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        for (const StoredTensor& tensor : readTensorPickle(textOf(data, size))) {
            expect(tensor.shape.size() == tensor.strides.size(), "every side has its stride");
        }
    } catch (const FormatError& error) {
        expectSentence(kFile + " " + error.what() + ".");
    }
    return 0;
}
