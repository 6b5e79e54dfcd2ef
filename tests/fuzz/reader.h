#pragma once

// What every target under tests/fuzz demands of a reader, whatever bytes it is given.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

/// The entry that libFuzzer calls (https://llvm.org/docs/LibFuzzer.html), and replay.cpp.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace normscope::fuzz {

inline const std::string kFile = "the file";

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

inline void expect(bool holds, std::string_view what) {
    if (!holds) {
        std::fprintf(stderr, "Not so: %.*s\n", static_cast<int>(what.size()), what.data());
        std::abort();
    }
}

/// A refusal is one short sentence on one line that names the file.
inline void expectSentence(std::string_view said, std::string_view file = kFile) {
    expect(said.find(file) != std::string_view::npos && said.ends_with('.') &&
               said.find_first_of("\r\n") == std::string_view::npos && said.size() < 600,
           said);
}

/// Reads, or refuses with std::runtime_error and such a sentence. Any other exception is a defect.
template <typename Read>
void readOrRefuse(Read read) {
    try {
        read();
    } catch (const std::runtime_error& error) {
        expectSentence(error.what());
    }
}

}  // namespace normscope::fuzz
