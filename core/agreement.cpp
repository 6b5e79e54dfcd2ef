#include "core/agreement.h"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <tuple>
#include <unordered_map>

namespace normscope {

int Agreement::wrongIn(std::size_t model) const {
    int images = 0;
    for (const SharedMistakes& set : sets) {
        images += (set.models & modelSetOf(model)) != 0 ? set.images : 0;
    }
    return images;
}

int Agreement::wrongInExactly(int count) const {
    int images = 0;
    for (const SharedMistakes& set : sets) {
        images += std::popcount(set.models) == count ? set.images : 0;
    }
    return images;
}

Agreement agreementOf(std::span<const std::uint8_t> labels,
                      std::span<const std::span<const std::uint8_t>> predictions) {
    if (predictions.size() > kMaxAgreementModels) {
        throw std::invalid_argument("More models than can be held against each other.");
    }
    Agreement agreement;
    agreement.models = predictions.size();
    agreement.misreaders.resize(labels.size());
    for (std::size_t model = 0; model < predictions.size(); ++model) {
        const std::span<const std::uint8_t> read = predictions[model];
        if (read.size() != labels.size()) {
            throw std::invalid_argument("The models read different images.");
        }
        for (std::size_t image = 0; image < labels.size(); ++image) {
            agreement.misreaders[image] |= ModelSet{read[image] != labels[image]} << model;
        }
    }

    std::unordered_map<ModelSet, int> counts;
    for (const ModelSet models : agreement.misreaders) {
        if (models != 0) {
            ++counts[models];
        }
    }
    for (const auto& [models, images] : counts) {
        agreement.sets.push_back({models, images});
    }
    std::ranges::sort(agreement.sets, {}, [](const SharedMistakes& set) {
        return std::tuple(-set.images, std::popcount(set.models), set.models);
    });
    return agreement;
}

}  // namespace normscope
