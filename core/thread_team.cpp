#include "core/thread_team.h"

namespace normscope {
namespace {

/// About 20 microseconds: longer than the gap between two loops of a step, much shorter than a
/// time slice.
constexpr int kSpins = 500;

void breathe() {
#ifdef __x86_64__
    __builtin_ia32_pause();
#endif
}

/// Returns when `value` is no longer `old`.
void waitWhile(const std::atomic<std::uint32_t>& value, std::uint32_t old) {
    for (int spin = 0; spin < kSpins; ++spin) {
        if (value.load(std::memory_order_acquire) != old) {
            return;
        }
        breathe();
    }
    value.wait(old, std::memory_order_acquire);
}

}  // namespace

ThreadTeam::ThreadTeam(int threads) {
    for (int thread = 1; thread < threads; ++thread) {
        helpers_.emplace_back([this, thread] { help(thread); });
    }
}

ThreadTeam::~ThreadTeam() {
    ending_.store(true, std::memory_order_relaxed);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
}

void ThreadTeam::run(int count, const Task& task) {
    task_ = &task;
    unfinished_.store(static_cast<std::uint32_t>(count), std::memory_order_relaxed);
    const std::uint32_t round = round_.load(std::memory_order_relaxed) + 1;
    open_.store(std::uint64_t{round} << 32 | static_cast<std::uint32_t>(count),
                std::memory_order_release);
    if (!helpers_.empty() && count > 1) {
        round_.store(round, std::memory_order_release);
        round_.notify_all();
    } else {
        round_.store(round, std::memory_order_relaxed);
    }
    workOn(round, /*thread=*/0);
    for (std::uint32_t left = unfinished_.load(std::memory_order_acquire); left != 0;
         left = unfinished_.load(std::memory_order_acquire)) {
        waitWhile(unfinished_, left);
    }
}

void ThreadTeam::help(int thread) {
    // The helpers of a thread that yields to others yield as well: Linux hands the priority on.
    std::uint32_t seen = 0;
    while (true) {
        waitWhile(round_, seen);
        seen = round_.load(std::memory_order_acquire);
        if (ending_.load(std::memory_order_relaxed)) {
            return;
        }
        workOn(seen, thread);
    }
}

void ThreadTeam::workOn(std::uint32_t round, int thread) {
    std::uint64_t open = open_.load(std::memory_order_acquire);
    while (open >> 32 == round && static_cast<std::uint32_t>(open) > 0) {
        if (!open_.compare_exchange_weak(open, open - 1, std::memory_order_acq_rel)) {
            continue;
        }
        (*task_)(static_cast<int>(static_cast<std::uint32_t>(open)) - 1, thread);
        if (unfinished_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            unfinished_.notify_one();
        }
        open = open_.load(std::memory_order_acquire);
    }
}

}  // namespace normscope
