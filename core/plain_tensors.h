#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/element_type.h"

namespace normscope {

/// A tensor without torch.
struct PlainTensor {
    std::string name;
    ElementType type{};
    std::vector<std::int64_t> shape;
    std::string bytes;  ///< of its cells, the last side of the shape first
};

/// The dict of tensors in a file of torch.save, with everything in it checked and nothing
/// executed; see StoredZip and readTensorPickle(). Throws std::runtime_error with a sentence that
/// starts with `name` when the content is anything else.
std::vector<PlainTensor> readPlainTensors(std::string_view content, const std::string& name);

}  // namespace normscope
