#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "core/runs.h"

namespace normscope {

/// Another window or command trains the run. The message is one sentence.
class RunInUse : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Held by whoever trains a run, so that no two write into its folder at the same time, and nobody
/// renames it or throws it away meanwhile. A process lets go of it however it ends, SIGKILL
/// included. Where the file system knows no locks it holds nothing, and nothing is said.
///
/// What is locked is the folder of the first model: it is there as long as the run is, it keeps its
/// name, and FolderLock has the folder of the run.
class RunLock {
  public:
    /// Throws RunInUse.
    static RunLock take(const Run& run);
    /// Whether somebody trains the run, this process included.
    static bool isTaken(const Run& run);

    RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    RunLock& operator=(RunLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~RunLock();

  private:
    explicit RunLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

/// A run as it is on the disk, and the right to go on with it: what is read under the lock stays
/// true until it is given back.
struct LockedRun {
    RunLock lock;
    Run run;
};
/// Throws RunInUse, and as readRun() does.
LockedRun readLocked(const std::filesystem::path& folder);

}  // namespace normscope
