#pragma once

#include <string>

namespace normscope {

/// "0.1.0"
std::string programVersion();

/// "1.13.1"
std::string torchVersion();

}  // namespace normscope
