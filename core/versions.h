#pragma once

#include <string>

namespace normscope {

/// "0.1.0"
std::string programVersion();

/// "1.13.1"
std::string torchVersion();

/// "avx512": what the kernels compute with on this processor; or why they cannot.
std::string kernelInstructions();

}  // namespace normscope
