#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/element_type.h"

namespace normscope {

/// How torch.save describes a tensor: where in a storage, an array of numbers that lies beside the
/// pickle, its cells are. Nothing here has been held against the storage.
struct StoredTensor {
    std::string name;
    ElementType type{};
    std::string storage;         ///< its name
    std::int64_t available = 0;  ///< numbers in it, as the pickle has it
    std::int64_t first = 0;      ///< number in it that is the first cell
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;  ///< as many as there are sides, in numbers
};

/// The dict of strings to tensors that data.pkl in a file of torch.save describes; an OrderedDict,
/// as state_dict() returns it, too. A pickle is a program that may call anything. This reader can
/// call nothing: it knows the few words that such dicts are written with and refuses all others.
/// Throws FormatError.
std::vector<StoredTensor> readTensorPickle(std::string_view pickle);

}  // namespace normscope
