#include "core/norm_spec.h"

#include <algorithm>

namespace normscope {
namespace {

// In the order of NormKind.
constexpr std::array<std::string_view, kNormKinds.size()> kNames{"none", "batch", "layer", "group",
                                                                 "instance"};

}  // namespace

std::string_view nameOf(NormKind kind) {
    return kNames.at(static_cast<std::size_t>(kind));
}

std::optional<NormKind> normKindNamed(std::string_view name) {
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) {
        return std::nullopt;
    }
    return kNormKinds.at(static_cast<std::size_t>(found - kNames.begin()));
}

}  // namespace normscope
