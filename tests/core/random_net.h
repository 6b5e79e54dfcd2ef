#pragma once

#include <string>
#include <vector>

#include "core/mini_batch.h"
#include "core/random.h"
#include "core/torch/digit_net.h"
#include "tests/core/support.h"

namespace normscope::testing {

/// A mini-batch that owns its images.
class OwnBatch {
  public:
    OwnBatch(int count, unsigned seed) : digits_(makeDigits(count, seed)) {
        for (int i = 0; i < count; ++i) {
            images_.push_back(digits_.image(i).data());
        }
    }
    MiniBatch view() const { return {images_, digits_.labels}; }

  private:
    DigitSet digits_;
    std::vector<const std::uint8_t*> images_;
};

/// A network none of whose numbers is what it starts from.
inline DigitNet randomNet(const NetworkSpec& spec, std::uint64_t seed) {
    DigitNet net(spec, seed);
    RandomStream random(seed, RandomPurpose::Sample, /*epoch=*/0);
    float* parameter = net.parameters().data_ptr<float>();
    for (std::int64_t i = 0; i < net.parameters().numel(); ++i) {
        parameter[i] += static_cast<float>(random.between(-0.1, 0.1));
    }
    return net;
}

inline DigitNet copyOf(const DigitNet& net, const NetworkSpec& spec) {
    DigitNet copy(spec, /*seed=*/0);
    copy.load(net.state());
    return copy;
}

inline std::span<float> valuesOf(torch::Tensor& flat) {
    return {flat.data_ptr<float>(), static_cast<std::size_t>(flat.numel())};
}

}  // namespace normscope::testing
