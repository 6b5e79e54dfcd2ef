#include "core/kernels/instruction_sets.h"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace normscope {

// digit_group.cpp, compiled for each.
namespace avx512 {
extern const kernels::InstructionSet kInstructions;
}
namespace avx2 {
extern const kernels::InstructionSet kInstructions;
}
namespace baseline {
extern const kernels::InstructionSet kInstructions;
}

namespace kernels {
namespace {

#ifdef __x86_64__
// What the levels of x86-64 ask for beyond those below them, as far as our code could meet it.
bool hasLevel3() {
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
           __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("bmi2") != 0;
}
bool hasLevel4() {
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
           __builtin_cpu_supports("avx512cd") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
           __builtin_cpu_supports("avx512vl") != 0;
}
#endif

}  // namespace

const std::vector<const InstructionSet*>& instructionSets() {
    static const auto available = [] {
        std::vector<const InstructionSet*> sets;
#ifdef __x86_64__
        if (hasLevel3() && hasLevel4()) {
            sets.push_back(&avx512::kInstructions);
        }
        if (hasLevel3()) {
            sets.push_back(&avx2::kInstructions);
        }
#endif
        sets.push_back(&baseline::kInstructions);
        return sets;
    }();
    return available;
}

namespace {

/// Empty lanes cost as much as full ones: eight images are faster in eight lanes than in sixteen.
/// The baseline is never faster.
const InstructionSet& fastestFor(int batchSize) {
    const auto& sets = instructionSets();
    std::size_t fastest = 0;
    while (fastest + 2 < sets.size() && batchSize <= sets[fastest + 1]->lanes) {
        ++fastest;
    }
    return *sets[fastest];
}

}  // namespace

const InstructionSet& instructionSetFor(int batchSize) {
    const char* const wanted = std::getenv("NORMSCOPE_INSTRUCTIONS");
    if (wanted == nullptr) {
        return fastestFor(batchSize);
    }
    std::string names;
    for (const InstructionSet* set : instructionSets()) {
        if (set->name == std::string_view(wanted)) {
            return *set;
        }
        names += (names.empty() ? "" : ", ") + std::string(set->name);
    }
    throw std::runtime_error("This processor has no instructions \"" + std::string(wanted) +
                             "\" (NORMSCOPE_INSTRUCTIONS); choose one of " + names + ".");
}

std::string kernelInstructions() {
    try {
        return instructionSetFor(/*batchSize=*/64).name;
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

}  // namespace kernels
}  // namespace normscope
