#pragma once

#include <string>
#include <vector>

#include "core/kernels/image_group.h"

namespace normscope::kernels {

/// Those that were compiled and that this processor has, the fastest first: "avx512", "avx2" and
/// "baseline" on x86-64, which stand for its levels v4, v3 and v1; "baseline" elsewhere.
const std::vector<const InstructionSet*>& instructionSets();

/// The fastest for mini-batches of this size, or the one that the environment variable
/// NORMSCOPE_INSTRUCTIONS names. Throws std::runtime_error when that is not among
/// instructionSets().
const InstructionSet& instructionSetFor(int batchSize);

/// The name of what this processor computes most mini-batches with, or why it cannot.
std::string kernelInstructions();

}  // namespace normscope::kernels
