#pragma once

#include <string>
#include <vector>

namespace normscope {

/// Which BLAS computes the matrix products of LibTorch: the reference one is many times slower than
/// any other.
struct Blas {
    enum class Kind { None, Reference, Fast };
    Kind kind = Kind::None;  ///< None: none is loaded, or it is part of LibTorch itself
    std::string file;        ///< that is loaded, with no symbolic link left
};

/// The files of the shared libraries that this process has loaded by now, with no symbolic links.
std::vector<std::string> loadedLibraries();

/// That among these.
Blas blasAmong(const std::vector<std::string>& libraries);

}  // namespace normscope
