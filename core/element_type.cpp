#include "core/element_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace normscope {

std::size_t sizeOf(ElementType type) {
    switch (type) {
        case ElementType::Float64:
        case ElementType::Int64:
            return 8;
        case ElementType::Float32:
        case ElementType::Int32:
            return 4;
        case ElementType::Float16:
        case ElementType::BFloat16:
            return 2;
    }
    return 0;
}

std::optional<ElementType> elementTypeOfStorage(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, ElementType>, 6> kClasses{
        {{"FloatStorage", ElementType::Float32},
         {"DoubleStorage", ElementType::Float64},
         {"HalfStorage", ElementType::Float16},
         {"BFloat16Storage", ElementType::BFloat16},
         {"LongStorage", ElementType::Int64},
         {"IntStorage", ElementType::Int32}}};
    const auto* const found =
        std::ranges::find(kClasses, name, [](const auto& known) { return known.first; });
    return found == kClasses.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace normscope
