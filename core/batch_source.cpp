#include "core/batch_source.h"

#include <algorithm>
#include <numeric>

#include "core/augmentation.h"

namespace normscope {

BatchSource::BatchSource(const TrainingConfig& config, const DigitSet& set)
    : set_(set),
      seed_(config.seed),
      batchSize_(static_cast<std::size_t>(config.batchSize)),
      augmentation_(config.augmentation),
      order_(static_cast<std::size_t>(trainingImages(config, set.size()))),
      random_(config.seed, RandomPurpose::Augmentation, /*epoch=*/0) {}

void BatchSource::beginEpoch(int epoch) {
    given_ = 0;
    std::iota(order_.begin(), order_.end(), 0);
    RandomStream random(seed_, RandomPurpose::Order, epoch);
    for (std::size_t left = order_.size(); left > 1; --left) {
        std::swap(order_[left - 1], order_[random.below(left)]);
    }
    random_ = RandomStream(seed_, RandomPurpose::Augmentation, epoch);
}

MiniBatch BatchSource::next() {
    const std::size_t first = given_;
    const std::size_t count = std::min(batchSize_, order_.size() - first);
    given_ += count;
    images_.resize(count);
    labels_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const int index = order_[first + i];
        images_[i] = set_.image(index).data();
        labels_[i] = set_.labels[static_cast<std::size_t>(index)];
    }
    if (augmentation_ != Augmentation::None) {
        change(count);
    }
    return {images_, labels_};
}

void BatchSource::change(std::size_t count) {
    changed_.resize(count * kImagePixels);
    for (std::size_t i = 0; i < count; ++i) {
        const std::span<std::uint8_t, kImagePixels> changed(&changed_[i * kImagePixels],
                                                            kImagePixels);
        const std::span<const std::uint8_t, kImagePixels> image(images_[i], kImagePixels);
        applyChange(randomChange(augmentation_, random_), image, changed);
        images_[i] = changed.data();
    }
}

}  // namespace normscope
