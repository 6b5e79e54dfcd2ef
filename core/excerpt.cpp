#include "core/excerpt.h"

#include <nlohmann/json.hpp>

namespace normscope {

std::string excerpt(std::string_view text) {
    constexpr std::size_t kGlance = 40;
    const bool cut = text.size() > kGlance;
    const std::string shown = std::string(text.substr(0, kGlance)) + (cut ? "..." : "");
    return nlohmann::json(shown).dump(/*indent=*/-1, ' ', /*ensure_ascii=*/false,
                                      nlohmann::json::error_handler_t::replace);
}

}  // namespace normscope
