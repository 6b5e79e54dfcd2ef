#include "app/late_room.h"

#include "core/late_library.h"

namespace normscope {

const LateRoom& lateRoom() {
    static const LateRoom& room = *reinterpret_cast<LateRoomEntry*>(
        loadLate("libnormscope_app.so", "normscopeLateRoom", "The rest of the program"))();
    return room;
}

}  // namespace normscope
