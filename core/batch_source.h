#pragma once

#include <cstdint>
#include <vector>

#include "core/augmentation.h"
#include "core/dataset.h"
#include "core/mini_batch.h"
#include "core/random.h"
#include "core/thread_team.h"
#include "core/training_config.h"

namespace normscope {

/// Hands out the training images in mini-batches: shuffled anew in every epoch and, where
/// changesImages() says so, changed a little. Everything is drawn from the seed and the epoch, so
/// that a training which goes on sees what an uninterrupted one would.
class BatchSource {
  public:
    /// `set` and `team`, who changes the images, must outlive it.
    BatchSource(const TrainingConfig& config, const DigitSet& set, ThreadTeam& team);

    /// Epochs count from 1.
    void beginEpoch(int epoch);

    /// The next mini-batch of the epoch; the last one may be shorter. It stays valid until another
    /// is asked for.
    MiniBatch next();

  private:
    void change();

    const DigitSet& set_;
    ThreadTeam& team_;
    const TrainingConfig config_;
    std::vector<int> order_;
    std::size_t given_ = 0;  ///< images of this epoch
    bool changing_ = false;  ///< in this epoch
    RandomStream random_;
    std::vector<const std::uint8_t*> images_;
    std::vector<std::uint8_t> labels_;
    std::vector<ImageChange> changes_;
    std::vector<std::uint8_t> changed_;  ///< one image after the other
};

}  // namespace normscope
