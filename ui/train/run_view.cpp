#include "ui/train/run_view.h"

#include <algorithm>

namespace normscope {

ModelScale RunView::scaleOf(std::size_t model) const {
    if (!scales.empty()) {
        return scales.at(model);
    }
    const double images = static_cast<double>(stepsPerEpoch) * config.batchSize;
    return {
        .stepsPerEpoch = stepsPerEpoch,
        .testTotal = testTotal,
        .batchSize = config.batchSize,
        .imagesPerEpoch = config.trainLimit ? std::min<double>(images, *config.trainLimit) : images,
        .epochs = config.epochs()};
}

}  // namespace normscope
