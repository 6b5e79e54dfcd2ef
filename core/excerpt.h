#pragma once

#include <string>
#include <string_view>

namespace normscope {

/// Text from outside for a sentence: in quotes, on one line, whatever bytes it holds, and not
/// longer than a glance.
std::string excerpt(std::string_view text);

}  // namespace normscope
