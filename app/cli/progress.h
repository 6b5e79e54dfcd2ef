#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/training_config.h"
#include "core/training_records.h"

namespace normscope {

/// How a training goes, on standard error: on a terminal a bar for each model, drawn over itself;
/// otherwise a line for each finished epoch.
class Progress {
  public:
    Progress(const TrainingConfig& config, int testTotal);

    void show(const TrainingSnapshot& snapshot);

    /// A line of its own.
    void note(const std::string& sentence);

    /// Leaves the last state of the bars standing.
    void finish();

  private:
    void printEnded(const TrainingSnapshot& snapshot) const;
    void drawBars();
    std::string bar(std::size_t model) const;

    TrainingConfig config_;
    int testTotal_;
    bool terminal_;
    std::vector<TrainingSnapshot> latest_;
    std::vector<std::string> results_;  ///< of each model's last epoch
    std::chrono::steady_clock::time_point drawn_;
    bool drawnOnce_ = false;
};

}  // namespace normscope
