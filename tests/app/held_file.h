#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>

namespace normscope::testing {

/// Keeps whoever opens a file waiting, as a network folder that is away does: until this ends, or
/// for the 45 seconds that Linux lets the holder of a lease take.
class HeldFile {
  public:
    explicit HeldFile(const std::filesystem::path& file)
        : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
        std::signal(SIGIO, SIG_IGN);  // somebody opens it
        if (descriptor_ < 0 || ::fcntl(descriptor_, F_SETLEASE, F_WRLCK) != 0) {
            throw std::runtime_error("no lease of " + file.string());
        }
    }
    ~HeldFile() { ::close(descriptor_); }
    HeldFile(const HeldFile&) = delete;
    HeldFile& operator=(const HeldFile&) = delete;

  private:
    const int descriptor_;
};

}  // namespace normscope::testing
