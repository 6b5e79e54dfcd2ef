#pragma once

#include <filesystem>
#include <string>

#include "core/dataset.h"
#include "tests/core/support.h"

namespace normscope::testing {

inline std::string bigEndian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
            static_cast<char>(value >> 8), static_cast<char>(value)};
}

inline void writeSet(const std::filesystem::path& folder, const DigitSet& set, std::uint32_t count,
                     std::size_t firstFile) {
    writeAll(folder / kIdxFiles[firstFile],
             bigEndian(0x803) + bigEndian(count) + bigEndian(28) + bigEndian(28) +
                 std::string(set.pixels.begin(),
                             set.pixels.begin() + std::ptrdiff_t{count} * kImagePixels));
    writeAll(folder / kIdxFiles[firstFile + 1],
             bigEndian(0x801) + bigEndian(count) +
                 std::string(set.labels.begin(), set.labels.begin() + std::ptrdiff_t{count}));
}

/// The first 640 training and 200 test images of MNIST.
inline void writeSmallMnist(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    static const Dataset mnist = readDataset(NORMSCOPE_MNIST);
    writeSet(folder, mnist.train, /*count=*/640, /*firstFile=*/0);
    writeSet(folder, mnist.test, /*count=*/200, /*firstFile=*/2);
}

}  // namespace normscope::testing
