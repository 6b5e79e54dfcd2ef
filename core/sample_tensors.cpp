#include "core/sample_tensors.h"

#include "core/random.h"

namespace normscope {

Tensor4 smallIntegers(const Shape4& shape, std::uint64_t seed) {
    RandomStream random(seed, RandomPurpose::Sample, /*epoch=*/0);
    Tensor4 tensor{shape, std::vector<double>(static_cast<std::size_t>(shape.count()))};
    for (double& value : tensor.values) {
        value = static_cast<double>(random.below(7)) - 3.0;
    }
    return tensor;
}

Tensor4 classExample() {
    // Image by image, in each the channels one after the other, in each the rows.
    return {{4, 4, 2, 2},
            {
                1,  2, 3, 2, 0,  1, 1, 2, 4,  2, 2, 0,  3, 3, 1,  1,   //
                0,  2, 2, 0, -1, 1, 1, 3, 2,  2, 0, 0,  1, 3, -1, 1,   //
                3,  1, 1, 3, 2,  0, 0, 2, -2, 0, 2, 0,  2, 0, 0,  -2,  //
                -1, 1, 3, 1, 1,  1, 3, 3, 1,  3, 1, -1, 0, 2, 4,  2,   //
            }};
}

Tensor4 constantTensor(const Shape4& shape, double value) {
    return {shape, std::vector<double>(static_cast<std::size_t>(shape.count()), value)};
}

Tensor4 outlierTensor(const Shape4& shape, std::uint64_t seed, double outlier) {
    Tensor4 tensor = smallIntegers(shape, seed);
    tensor.values.front() = outlier;
    return tensor;
}

}  // namespace normscope
