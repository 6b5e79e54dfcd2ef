#include "ui/misclassified/gallery_filter.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace normscope {
namespace {

/// Sorted upwards; images of equal rank stay in their order.
template <typename Rank>
void sortBy(std::vector<int>& images, Rank rank) {
    std::ranges::stable_sort(images, {}, rank);
}

}  // namespace

bool MisreaderFilter::takes(ModelSet misreaders) const {
    return (!exactly || misreaders == *exactly) && (!count || std::popcount(misreaders) == *count);
}

std::vector<int> shownImages(const GalleryAnswers& answers, std::span<const ModelSet> misreaders,
                             const GalleryFilter& filter, GalleryOrder order) {
    std::vector<int> images;
    for (int image = 0; image < answers.size(); ++image) {
        const bool wanted = (filter.correctToo || answers.isWrong(image)) &&
                            (!filter.label || answers.label(image) == *filter.label) &&
                            (!filter.prediction || answers.prediction(image) == *filter.prediction);
        const bool byThem = misreaders.empty() ||
                            filter.misreaders.takes(misreaders[static_cast<std::size_t>(image)]);
        if (wanted && byThem) {
            images.push_back(image);
        }
    }
    if (order == GalleryOrder::Label) {
        sortBy(images, [&](int image) { return answers.label(image); });
    } else if (order == GalleryOrder::Loss && answers.hasProbabilities()) {
        sortBy(images, [&](int image) { return *answers.labelProbability(image); });
    } else if (order == GalleryOrder::Confidence && answers.hasProbabilities()) {
        sortBy(images, [&](int image) {
            const double confidence = *answers.confidence(image);
            return answers.isWrong(image) ? -confidence : confidence;
        });
    }
    return images;
}

}  // namespace normscope
