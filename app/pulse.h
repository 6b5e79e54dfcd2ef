#pragma once

#include <atomic>
#include <chrono>

namespace normscope {

/// A thread that is at one thing for longer than this is said not to answer.
inline constexpr std::chrono::milliseconds kPatience{30'000};

/// Tells one thread for how long another one has been at what it does in one go.
class Pulse {
  public:
    /// Busy for as long as it lives.
    class Beat {
      public:
        explicit Beat(Pulse& pulse) : pulse_(pulse) { pulse_.startAnew(); }
        ~Beat() { pulse_.since_ = kIdle; }
        Beat(const Beat&) = delete;
        Beat& operator=(const Beat&) = delete;

      private:
        Pulse& pulse_;
    };

    /// It turns to another thing without having been idle.
    void startAnew() { since_ = Clock::now(); }

    /// 0 where it is idle.
    std::chrono::nanoseconds busyFor() const {
        const Clock::time_point since = since_;
        return since == kIdle ? std::chrono::nanoseconds(0) : Clock::now() - since;
    }

  private:
    using Clock = std::chrono::steady_clock;
    static constexpr Clock::time_point kIdle = Clock::time_point::min();

    std::atomic<Clock::time_point> since_ = kIdle;
};

}  // namespace normscope
