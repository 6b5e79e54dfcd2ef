#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/core/support.h"
#include "ui/compared_model.h"
#include "ui/reading_source.h"

namespace normscope::testing {

/// One run with a model of each of these kinds, which are named by their kinds.
inline Comparison comparedModels(const std::vector<NormKind>& kinds) {
    auto run = std::make_shared<Run>();
    run->folder = "/runs/a run";
    for (const NormKind kind : kinds) {
        run->config.models.push_back(
            {.label = std::string(nameOf(kind)), .network = {.kind = kind}});
        ModelHistory history;
        history.epochs.emplace_back().epoch = 1;
        run->models.push_back(history);
    }
    Comparison models;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        ComparedModel model;
        model.run = run;
        model.model = i;
        model.label = QString::fromStdString(run->config.models[i].label);
        models.push_back(std::move(model));
    }
    return models;
}

/// A network that gives `digit` this probability and shares the rest out among the others.
inline ModelReading readingOf(int digit, double probability, double amongCompanions) {
    ModelReading answer;
    answer.reading.digit = digit;
    for (int i = 0; i < kClassCount; ++i) {
        const auto place = static_cast<std::size_t>(i);
        answer.reading.probabilities[place] = i == digit ? probability : (1.0 - probability) / 9.0;
        answer.amongCompanions[place] =
            i == digit ? amongCompanions : (1.0 - amongCompanions) / 9.0;
    }
    constexpr std::array kSides{26, 24, 10, 8, 4, 4};
    for (std::size_t layer = 0; layer < answer.reading.layers.size(); ++layer) {
        LayerMaps& maps = answer.reading.layers[layer];
        maps.before.shape = {1, kNormLayerChannels[layer], kSides[layer], kSides[layer]};
        for (std::int64_t i = 0; i < maps.before.shape.count(); ++i) {
            maps.before.values.push_back(static_cast<double>(i % 7));
        }
        maps.after = maps.before;
        for (double& value : maps.after.values) {
            value = (value - 3.0) / 2.0;
        }
    }
    return answer;
}

}  // namespace normscope::testing
