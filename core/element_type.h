#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace normscope {

/// What the numbers of a tensor are, of those that torch has.
enum class ElementType {
    Float32,
    Float64,
    Float16,
    BFloat16,
    Int64,
    Int32,
};

/// Bytes of one.
std::size_t sizeOf(ElementType type);

/// Of the numbers in a storage of this class of Python's torch, such as "FloatStorage".
std::optional<ElementType> elementTypeOfStorage(std::string_view name);

}  // namespace normscope
