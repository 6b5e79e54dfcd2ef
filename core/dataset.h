#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/network.h"

namespace normscope {

inline constexpr int kImagePixels = kImageSide * kImageSide;

/// Labelled grey images of 28 x 28, as bytes: 0 is paper, 255 is ink.
struct DigitSet {
    std::vector<std::uint8_t> pixels;  ///< image after image, row by row
    std::vector<std::uint8_t> labels;  ///< 0..9

    int size() const { return static_cast<int>(labels.size()); }
    std::span<const std::uint8_t, kImagePixels> image(int index) const;
};

struct Dataset {
    std::filesystem::path folder;
    DigitSet train;
    DigitSet test;
    std::string checksum;  ///< MD5, in hex, over the four unpacked files in the order of kIdxFiles
};

/// What the network sees of a pixel: (p / 255 - mean) / standardDeviation, the figures of MNIST
/// whatever the set, so that a model file reads the same input everywhere.
inline constexpr float kPixelMean = 0.1307F;
inline constexpr float kPixelStandardDeviation = 0.3081F;

/// That, for every grey value.
const std::array<float, 256>& networkInputOfGrey();

/// Names of the four files, each of which may also end in ".gz".
inline constexpr std::array kIdxFiles{"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                      "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};

/// A file that is not what it should be; the message is one sentence that names it.
class DatasetError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads the four IDX files (http://yann.lecun.com/exdb/mnist), plain or gzipped. All or nothing:
/// throws DatasetError when one is missing, damaged or does not fit the others.
Dataset readDataset(const std::filesystem::path& folder);

/// The MNIST files that come with the program whose executable this is: installed beside it, or in
/// the source tree that it was built from. Throws DatasetError when neither is there.
std::filesystem::path bundledDataset(const std::filesystem::path& executable);

}  // namespace normscope
