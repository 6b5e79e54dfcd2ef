#pragma once

#include <fstream>
#include <string>

#include "tests/core/support.h"

namespace normscope::testing {

/// A figure of /proc/self/status, in bytes.
inline std::size_t processMemory(const std::string& figure) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(figure + ":")) {
            return std::stoul(line.substr(figure.size() + 1)) << 10;
        }
    }
    return 0;
}

/// How much more memory than before the process has in use at most while `run` runs.
template <typename Function>
std::size_t peakGrowthOf(Function run) {
    writeAll("/proc/self/clear_refs", "5");  // the peak is the memory in use from here on
    const std::size_t before = processMemory("VmRSS");
    run();
    return processMemory("VmHWM") - before;
}

/// ThreadSanitizer notes several times what the program uses.
#ifdef __SANITIZE_THREAD__
inline constexpr std::size_t kMemoryOfAByte = 5;
#else
inline constexpr std::size_t kMemoryOfAByte = 1;
#endif

/// More than a reader takes that refuses at once, and far less than what is asked of it here.
inline constexpr std::size_t kLittleMemory = (48 << 20) * kMemoryOfAByte;

}  // namespace normscope::testing
