#include "core/versions.h"

namespace normscope {

std::string programVersion() {
    return NORMSCOPE_VERSION;
}

std::string torchVersion() {
    return NORMSCOPE_TORCH_VERSION;
}

}  // namespace normscope
