#pragma once

#include <cstdint>
#include <random>

namespace normscope {

/// What random numbers are drawn for. Each purpose and epoch has a stream of its own, derived from
/// the seed alone: no state has to be kept, and a model draws the same numbers whether it trains
/// alone, beside others or after being read from a checkpoint.
enum class RandomPurpose : std::uint32_t { Weights, Order, Augmentation, Sample };

/// A std::mt19937_64, whose numbers the standard fixes, with distributions of our own, since those
/// of the standard library differ between implementations.
class RandomStream {
  public:
    RandomStream(std::uint64_t seed, RandomPurpose purpose, int epoch) {
        std::seed_seq sequence{
            static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
            static_cast<std::uint32_t>(purpose), static_cast<std::uint32_t>(epoch)};
        engine_.seed(sequence);
    }

    /// Uniform in [0, 1).
    double unit() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }

    double between(double low, double high) { return low + (high - low) * unit(); }

    /// Uniform in 0 .. count - 1, for count > 0; the bias at these counts is below 1e-12.
    std::uint64_t below(std::uint64_t count) {
        return static_cast<std::uint64_t>(unit() * static_cast<double>(count));
    }

  private:
    std::mt19937_64 engine_;
};

}  // namespace normscope
