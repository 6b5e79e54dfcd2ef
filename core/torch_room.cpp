#include "core/torch_room.h"

#include "core/late_library.h"

namespace normscope {

const TorchRoom& torchRoom() {
    static const TorchRoom& room = *reinterpret_cast<TorchRoomEntry*>(
        loadLate("libnormscope_torch.so", "normscopeTorchRoom", "LibTorch"))();
    return room;
}

}  // namespace normscope
