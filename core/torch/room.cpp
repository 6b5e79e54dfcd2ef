#include "core/torch/room.h"

extern "C" const normscope::TorchRoom* normscopeTorchRoom() {
    static const normscope::LoadedTorchRoom room;
    return &room;
}
