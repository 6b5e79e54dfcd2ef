#include "core/batch_source.h"

#include <algorithm>
#include <numeric>

namespace normscope {

BatchSource::BatchSource(const TrainingConfig& config, const DigitSet& set, ThreadTeam& team)
    : set_(set),
      team_(team),
      config_(config),
      order_(static_cast<std::size_t>(trainingImages(config, set.size()))),
      random_(config.seed, RandomPurpose::Augmentation, /*epoch=*/0) {}

void BatchSource::beginEpoch(int epoch) {
    given_ = 0;
    std::iota(order_.begin(), order_.end(), 0);
    RandomStream random(config_.seed, RandomPurpose::Order, epoch);
    for (std::size_t left = order_.size(); left > 1; --left) {
        std::swap(order_[left - 1], order_[random.below(left)]);
    }
    changing_ = changesImages(config_, epoch);
    random_ = RandomStream(config_.seed, RandomPurpose::Augmentation, epoch);
}

MiniBatch BatchSource::next() {
    const std::size_t first = given_;
    const std::size_t count =
        std::min(static_cast<std::size_t>(config_.batchSize), order_.size() - first);
    given_ += count;
    images_.resize(count);
    labels_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const int index = order_[first + i];
        images_[i] = set_.image(index).data();
        labels_[i] = set_.labels[static_cast<std::size_t>(index)];
    }
    if (changing_) {
        change();
    }
    return {images_, labels_};
}

/// Drawn in the order of the images, so that it does not matter who makes them.
void BatchSource::change() {
    changes_.resize(images_.size());
    for (ImageChange& change : changes_) {
        change = randomChange(config_.augmentation, random_);
    }
    changed_.resize(images_.size() * kImagePixels);
    team_.run(static_cast<int>(images_.size()), [&](int image, int /*thread*/) {
        const auto i = static_cast<std::size_t>(image);
        const std::span<std::uint8_t, kImagePixels> changed(&changed_[i * kImagePixels],
                                                            kImagePixels);
        applyChange(changes_[i],
                    std::span<const std::uint8_t, kImagePixels>(images_[i], kImagePixels), changed);
        images_[i] = changed.data();
    });
}

}  // namespace normscope
