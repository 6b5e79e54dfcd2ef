#include "app/font_reading.h"

#include <fontconfig/fontconfig.h>
#include <sched.h>

#include <utility>

namespace normscope {
namespace {

/// The cores that the program may use but the one that it is on; none if that is unknown.
cpu_set_t otherCores() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    const int own = sched_getcpu();
    if (own >= 0 && sched_getaffinity(0, sizeof(cores), &cores) == 0) {
        CPU_CLR(static_cast<std::size_t>(own), &cores);
    }
    return cores;
}

void* readFonts(void* /*nothing*/) {
    FcInit();
    return nullptr;
}

}  // namespace

FontReading::FontReading() {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    // Born on the core of the thread that makes it, it would take turns with that one until the
    // kernel next evens out its loads: all the milliseconds it lives.
    const cpu_set_t cores = otherCores();
    if (CPU_COUNT(&cores) > 0) {
        pthread_attr_setaffinity_np(&attributes, sizeof(cores), &cores);
    }
    pthread_t thread{};
    if (pthread_create(&thread, &attributes, readFonts, nullptr) == 0) {
        thread_ = thread;
    }
    pthread_attr_destroy(&attributes);
}

void FontReading::wait() {
    if (const auto thread = std::exchange(thread_, std::nullopt)) {
        pthread_join(*thread, nullptr);
    }
}

}  // namespace normscope
