#include "core/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace normscope {
namespace {

int openLocked(const Run& run) {
    const std::filesystem::path folder = run.folder / run.config.models.front().label;
    return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/// False where somebody else has it.
bool lock(int descriptor, int operation) {
    int result = 0;
    do {
        result = ::flock(descriptor, operation | LOCK_NB);
    } while (result != 0 && errno == EINTR);
    return result == 0 || errno != EWOULDBLOCK;
}

}  // namespace

RunLock RunLock::take(const Run& run) {
    RunLock taken(openLocked(run));
    // Whoever only asks isTaken() has it for a moment.
    constexpr int kTries = 20;
    constexpr std::chrono::milliseconds kPause{10};
    for (int tries = 1; taken.descriptor_ >= 0 && !lock(taken.descriptor_, LOCK_EX); ++tries) {
        if (tries == kTries) {
            throw RunInUse("The run in " + run.folder.string() +
                           " is being trained by another window or command; stop it there first.");
        }
        std::this_thread::sleep_for(kPause);
    }
    return taken;
}

bool RunLock::isTaken(const Run& run) {
    const RunLock probe(openLocked(run));
    return probe.descriptor_ >= 0 && !lock(probe.descriptor_, LOCK_SH);
}

RunLock::~RunLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

LockedRun readLocked(const std::filesystem::path& folder) {
    // Labels never change: those read before the lock name the folder to lock.
    RunLock taken = RunLock::take(readComparison(folder));
    return {.lock = std::move(taken), .run = readRun(folder)};
}

}  // namespace normscope
