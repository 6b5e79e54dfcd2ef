#pragma once

#include <string>
#include <string_view>

namespace normscope {

/// A text as one field of a CSV file (RFC 4180): quoted where it has to be, quotes within doubled.
std::string csvField(std::string_view text);

}  // namespace normscope
