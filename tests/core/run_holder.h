#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

#include "core/run_lock.h"

namespace normscope::testing {

/// A process that holds the lock of a run until it is killed.
class RunHolder {
  public:
    explicit RunHolder(const Run& run) {
        std::array<int, 2> ready{};
        if (::pipe(ready.data()) != 0) {
            throw std::runtime_error("no pipe");
        }
        process_ = ::fork();
        if (process_ == 0) {
            const RunLock lock = RunLock::take(run);
            [[maybe_unused]] const ssize_t told = ::write(ready[1], "x", 1);
            while (true) {
                ::pause();
            }
        }
        char byte = 0;
        if (::read(ready[0], &byte, 1) != 1) {
            throw std::runtime_error("the other process has no lock");
        }
        ::close(ready[0]);
        ::close(ready[1]);
    }
    ~RunHolder() { kill(); }
    RunHolder(const RunHolder&) = delete;
    RunHolder& operator=(const RunHolder&) = delete;

    void kill() {
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
            process_ = 0;
        }
    }

  private:
    pid_t process_ = 0;
};

}  // namespace normscope::testing
