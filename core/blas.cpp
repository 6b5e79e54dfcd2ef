#include "core/blas.h"

#include <link.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

namespace normscope {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kFast{"openblas", "blis",  "mkl",
                                                "atlas",    "armpl", "flexiblas"};

bool isFast(const std::string& file) {
    return std::ranges::any_of(
        kFast, [&](std::string_view name) { return file.find(name) != std::string::npos; });
}

/// What every BLAS of Debian is found as; which one it is, the folder behind the link tells.
bool isCommonName(const std::string& file) {
    return fs::path(file).filename().string().starts_with("libblas.so");
}

}  // namespace

std::vector<std::string> loadedLibraries() {
    std::vector<std::string> files;
    ::dl_iterate_phdr(
        [](dl_phdr_info* info, std::size_t, void* into) {
            std::error_code error;
            const fs::path file = fs::canonical(info->dlpi_name, error);
            if (!error) {
                static_cast<std::vector<std::string>*>(into)->push_back(file.string());
            }
            return 0;
        },
        &files);
    return files;
}

Blas blasAmong(const std::vector<std::string>& libraries) {
    // The one that is asked first: a fast one may be loaded for something else as well.
    const auto common = std::ranges::find_if(libraries, isCommonName);
    if (common != libraries.end()) {
        return {isFast(*common) ? Blas::Kind::Fast : Blas::Kind::Reference, *common};
    }
    const auto fast = std::ranges::find_if(libraries, [](const std::string& file) {
        return isFast(fs::path(file).filename().string());
    });
    return fast == libraries.end() ? Blas{} : Blas{Blas::Kind::Fast, *fast};
}

}  // namespace normscope
