#include "core/late_library.h"

#include <dlfcn.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace normscope {

void* loadLate(const char* library, const char* entry, const char* what) {
    Dl_info here{};
    ::dladdr(reinterpret_cast<const void*>(&loadLate), &here);
    const auto path = std::filesystem::path(here.dli_fname).parent_path() / library;
    void* const loaded = ::dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
    void* const found = loaded != nullptr ? ::dlsym(loaded, entry) : nullptr;
    if (found == nullptr) {
        throw std::runtime_error(std::string(what) + " cannot be loaded: " + ::dlerror() +
                                 ". Install Normscope again, with the packages it asks for.");
    }
    return found;
}

}  // namespace normscope
