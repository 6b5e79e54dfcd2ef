#include "core/versions.h"

#include <stdexcept>

#include "core/kernels/instruction_sets.h"

namespace normscope {

std::string programVersion() {
    return NORMSCOPE_VERSION;
}

std::string torchVersion() {
    return NORMSCOPE_TORCH_VERSION;
}

std::string kernelInstructions() {
    try {
        return kernels::instructionSetFor(/*batchSize=*/64).name;
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

}  // namespace normscope
