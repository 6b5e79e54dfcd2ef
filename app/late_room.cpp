#include "app/late_room.h"

#include <dlfcn.h>

#include <stdexcept>

namespace normscope {
namespace {

/// Beside the library that this code lies in; see libraryOfTorchRoom() in core.
std::filesystem::path libraryOfLateRoom() {
    Dl_info here{};
    ::dladdr(reinterpret_cast<const void*>(&lateRoom), &here);
    return std::filesystem::path(here.dli_fname).parent_path() / "libnormscope_app.so";
}

const LateRoom& loadLateRoom() {
    void* const library = ::dlopen(libraryOfLateRoom().c_str(), RTLD_LAZY | RTLD_LOCAL);
    void* const entry = library != nullptr ? ::dlsym(library, "normscopeLateRoom") : nullptr;
    if (entry == nullptr) {
        throw std::runtime_error(std::string("The pages cannot be loaded: ") + ::dlerror() +
                                 ". Install Normscope again, with the packages it asks for.");
    }
    return *reinterpret_cast<LateRoomEntry*>(entry)();
}

}  // namespace

const LateRoom& lateRoom() {
    static const LateRoom& room = loadLateRoom();
    return room;
}

}  // namespace normscope
