#pragma once

namespace normscope {

/// Loads a library of the program that is not linked, and returns what its `entry` is. The library
/// lies beside the one that this code lies in: a bare name would be looked for in the RUNPATH of
/// the caller, which sanitizers, who stand between, do not have. Throws std::runtime_error with a
/// sentence that begins with `what`.
void* loadLate(const char* library, const char* entry, const char* what);

}  // namespace normscope
