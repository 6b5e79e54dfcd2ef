#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace normscope {

/// The threads of one training: they share the tasks of one loop after the other, some hundred
/// microseconds each.
/// Between loops they spin for a moment and then sleep, so that a team that waits takes nothing
/// from the window or from other programs. Nobody waits for a thread that has not begun: whoever
/// is awake takes the tasks that are left.
class ThreadTeam {
  public:
    /// `threads` counts the caller of run().
    explicit ThreadTeam(int threads);
    ~ThreadTeam();
    ThreadTeam(const ThreadTeam&) = delete;
    ThreadTeam& operator=(const ThreadTeam&) = delete;

    int size() const { return static_cast<int>(helpers_.size()) + 1; }

    /// Calls task(index, thread) once for each index 0 .. count - 1, with thread 0 .. size() - 1,
    /// and returns when all are done. Which thread does what is left to chance, so a task must not
    /// throw, and what it leaves must not depend on `thread`.
    using Task = std::function<void(int index, int thread)>;
    void run(int count, const Task& task);

  private:
    void help(int thread);
    void workOn(std::uint32_t round, int thread);

    /// The number of the loop in the upper half, how many of its tasks nobody has taken yet in the
    /// lower: taken together, so that a thread that overslept takes no task of another loop.
    std::atomic<std::uint64_t> open_{0};
    std::atomic<std::uint32_t> round_{0};  ///< what sleepers wait on
    std::atomic<std::uint32_t> unfinished_{0};
    std::atomic<bool> ending_{false};
    const Task* task_ = nullptr;
    std::vector<std::jthread> helpers_;
};

}  // namespace normscope
