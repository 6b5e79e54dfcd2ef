#include "core/torch_room.h"

#include <dlfcn.h>

#include <stdexcept>

namespace normscope {
namespace {

/// Beside the library that this code lies in. A bare name would be looked for in the RUNPATH of
/// the caller, which sanitizers, who stand between, do not have.
std::filesystem::path libraryOfTorchRoom() {
    Dl_info here{};
    ::dladdr(reinterpret_cast<const void*>(&torchRoom), &here);
    return std::filesystem::path(here.dli_fname).parent_path() / "libnormscope_torch.so";
}

const TorchRoom& loadTorchRoom() {
    void* const library = ::dlopen(libraryOfTorchRoom().c_str(), RTLD_NOW | RTLD_LOCAL);
    void* const entry = library != nullptr ? ::dlsym(library, "normscopeTorchRoom") : nullptr;
    if (entry == nullptr) {
        throw std::runtime_error(std::string("LibTorch cannot be loaded: ") + ::dlerror() +
                                 ". Install Normscope again, with the packages it asks for.");
    }
    return *reinterpret_cast<TorchRoomEntry*>(entry)();
}

}  // namespace

const TorchRoom& torchRoom() {
    static const TorchRoom& room = loadTorchRoom();
    return room;
}

}  // namespace normscope
