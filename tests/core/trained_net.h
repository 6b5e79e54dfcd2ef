#pragma once

#include <ATen/CPUGeneratorImpl.h>

#include <numeric>
#include <string>
#include <vector>

#include "core/torch/digit_net.h"
#include "tests/core/support.h"

namespace normscope::testing {

inline constexpr int kBatchesSeen = 17;

/// A network none of whose numbers is what it starts from, and which has seen some batches.
inline DigitNet trainedNet(const NetworkSpec& spec) {
    DigitNet net(spec, /*seed=*/3);
    torch::NoGradGuard noGrad;
    auto generator = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{5});
    net.parameters().add_(0.1 * torch::rand(net.parameters().sizes(), generator));
    const DigitSet digits = makeDigits(/*count=*/16, /*seed=*/4);
    std::vector<int> batch(16);
    std::iota(batch.begin(), batch.end(), 0);
    net.train(true);
    for (int i = 0; i < kBatchesSeen; ++i) {
        net.forward(networkInput(digits, batch));
    }
    return net;
}

inline std::string modelOf(const DigitNet& net) {
    return packTensors(net.state());
}

}  // namespace normscope::testing
