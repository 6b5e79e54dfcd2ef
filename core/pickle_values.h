#pragma once

// Internal to tensor_pickle.cpp: what lies on the stack of its machine.

#include <cstdint>
#include <string_view>
#include <variant>

#include "core/byte_reader.h"
#include "core/element_type.h"

namespace normscope {

struct None {};
enum class Callable { OrderedDict, RebuildTensor };
struct StorageClass {
    ElementType type;
};
struct Storage {
    ElementType type;
    std::string_view name;
    std::int64_t available;
};

// Places in lists of the machine's, so that values are small, may be named any number of times and
// leave in any order.
struct TupleAt {
    std::size_t place;
};
struct TensorAt {
    std::size_t place;
};
struct DictAt {
    std::size_t place;
};

using Value = std::variant<None, bool, std::int64_t, std::string_view, Callable, StorageClass,
                           Storage, TupleAt, TensorAt, DictAt>;

inline constexpr auto kNoDictOfTensors = "does not hold a dict of tensors";

/// Throws FormatError where it is of another kind.
template <typename Kind>
const Kind& as(const Value& value) {
    const auto* const held = std::get_if<Kind>(&value);
    if (held == nullptr) {
        throw FormatError(kNoDictOfTensors);
    }
    return *held;
}

/// What Python would import as `module`.`name`. Throws FormatError for all but the few that a dict
/// of tensors is written with.
Value valueOfWord(std::string_view module, std::string_view name);

}  // namespace normscope
