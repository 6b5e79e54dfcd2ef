#pragma once

#include <memory>

#include "core/run_preparation.h"

namespace normscope {

/// A run as it grows: collects what its workers report, and hands out the whole of it as of an
/// epoch. It needs no disk.
class LiveRun {
  public:
    /// With what was measured before, where the run goes on. One that is not saved has no folder.
    explicit LiveRun(const PreparedRun& prepared);

    /// Whether what pages show has grown: an epoch was finished or a model has come to its end.
    bool take(const TrainingSnapshot& snapshot);

    void setNotes(const std::string& notes) { run_.notes = notes; }
    void setFolder(const std::filesystem::path& folder) { run_.folder = folder; }
    const std::filesystem::path& folder() const { return run_.folder; }
    const Run& run() const { return run_; }

    /// As of now; what was handed out before stays as it was.
    std::shared_ptr<const Run> snapshot() const { return std::make_shared<const Run>(run_); }

  private:
    Run run_;
};

}  // namespace normscope
