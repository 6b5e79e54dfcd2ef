#pragma once

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>

#include "core/dataset.h"
#include "core/tensor4.h"
#include "tests/temporary_folder.h"

namespace normscope::testing {

/// Images that can be told apart: label k is a bright bar at row 2k over noise.
inline DigitSet makeDigits(int count, unsigned seed) {
    std::mt19937 random(seed);
    DigitSet set;
    for (int i = 0; i < count; ++i) {
        const auto label = static_cast<std::uint8_t>(random() % 10);
        for (int pixel = 0; pixel < kImagePixels; ++pixel) {
            const bool inBar = pixel / kImageSide / 2 == label + 2;
            set.pixels.push_back(
                static_cast<std::uint8_t>(inBar ? 200 + random() % 56 : random() % 64));
        }
        set.labels.push_back(label);
    }
    return set;
}

inline std::shared_ptr<const Dataset> makeDataset(int train, int test) {
    auto dataset = std::make_shared<Dataset>();
    dataset->folder = "made up";
    dataset->checksum = "0123456789abcdef";
    dataset->train = makeDigits(train, 1);
    dataset->test = makeDigits(test, 2);
    return dataset;
}

/// The largest |a - b| over all cells of two tensors of one shape.
inline double largestDifference(const Tensor4& a, const Tensor4& b) {
    double largest = 0.0;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        largest = std::max(largest, std::abs(a.values[i] - b.values[i]));
    }
    return largest;
}

inline std::string readAll(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void writeAll(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

/// What `run` throws, as text; empty if it throws nothing.
template <typename Function>
std::string thrownBy(Function run) {
    try {
        run();
    } catch (const std::exception& error) {
        return error.what();
    }
    return {};
}

}  // namespace normscope::testing
