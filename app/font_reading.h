#pragma once

#include <pthread.h>

#include <optional>

namespace normscope {

/// Reads how the fonts of the computer are set up, on a thread: it takes as long as to connect to
/// the display. Where there can be no thread, Qt reads it later.
class FontReading {
  public:
    FontReading();
    ~FontReading() { wait(); }
    FontReading(const FontReading&) = delete;
    FontReading& operator=(const FontReading&) = delete;

    void wait();

  private:
    std::optional<pthread_t> thread_;
};

}  // namespace normscope
