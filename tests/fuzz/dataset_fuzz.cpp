// The four IDX files, gzipped or not. The first byte tells which of them the others are.

#include "core/dataset.h"
#include "tests/fuzz/reader.h"
#include "tests/fuzz/scratch_file.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ScratchFolder folder;
    using namespace std::string_literals;
    const std::string images =
        "\0\0\x08\x03\0\0\0\x01\0\0\0\x1c\0\0\0\x1c"s + std::string(784, 'x');
    const std::string labels = "\0\0\x08\x01\0\0\0\x01\x07"s;
    const std::size_t which = size == 0 ? 0 : data[0] % kIdxFiles.size();
    for (std::size_t i = 0; i < kIdxFiles.size(); ++i) {
        folder.write(kIdxFiles[i], i == which   ? textOf(data, size).substr(size == 0 ? 0 : 1)
                                   : i % 2 == 0 ? std::string_view(images)
                                                : std::string_view(labels));
    }
    try {
        const Dataset dataset = readDataset(folder.path());
        expect(dataset.train.pixels.size() == dataset.train.labels.size() * kImagePixels,
               "as many images as labels");
        expect(dataset.test.pixels.size() == dataset.test.labels.size() * kImagePixels,
               "as many images as labels");
    } catch (const DatasetError& error) {
        expectSentence(error.what(), folder.path().string());
    }
    return 0;
}
