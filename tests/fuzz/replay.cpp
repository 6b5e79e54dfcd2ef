// Feeds every file of the folders named to the target that this is linked with: what libFuzzer has
// found before, and what real files look like, with any compiler.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/fuzz/reader.h"

int main(int count, char* arguments[]) {
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < count; ++i) {
        for (const auto& entry : std::filesystem::directory_iterator(arguments[i])) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    for (const std::filesystem::path& file : files) {
        std::puts(file.c_str());
        std::fflush(stdout);  // the last one named is the one that failed
        std::ifstream stream(file, std::ios::binary);
        const std::vector<char> bytes(std::istreambuf_iterator<char>(stream), {});
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    if (files.empty()) {
        std::fputs("There is nothing to replay.\n", stderr);
        return 1;
    }
    return 0;
}
