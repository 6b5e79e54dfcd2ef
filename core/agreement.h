#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace normscope {

/// Which of several models: bit m stands for model m.
using ModelSet = std::uint64_t;
inline constexpr std::size_t kMaxAgreementModels = 64;

constexpr ModelSet modelSetOf(std::size_t model) {
    return ModelSet{1} << model;
}

/// Images that exactly these models misread.
struct SharedMistakes {
    ModelSet models = 0;  ///< never empty
    int images = 0;       ///< at least one

    friend bool operator==(const SharedMistakes&, const SharedMistakes&) = default;
};

/// Who misreads what, of several models that read the same images.
struct Agreement {
    std::size_t models = 0;
    std::vector<ModelSet> misreaders;  ///< of each image; empty where all read it rightly
    std::vector<SharedMistakes> sets;  ///< the most images first, then the fewest models

    int wrongIn(std::size_t model) const;  ///< images, whoever else misreads them
    /// Images that exactly `count` models misread.
    int wrongInExactly(int count) const;
};

/// `predictions`: the digit that each model reads in each image, as many as there are labels.
Agreement agreementOf(std::span<const std::uint8_t> labels,
                      std::span<const std::span<const std::uint8_t>> predictions);

}  // namespace normscope
