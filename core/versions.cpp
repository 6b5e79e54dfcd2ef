#include "core/versions.h"

#include <torch/version.h>

namespace normscope {

std::string programVersion() {
    return NORMSCOPE_VERSION;
}

std::string torchVersion() {
    return std::to_string(TORCH_VERSION_MAJOR) + "." + std::to_string(TORCH_VERSION_MINOR) + "." +
           std::to_string(TORCH_VERSION_PATCH);
}

}  // namespace normscope
