#include "ui/train/presets.h"

#include <QCoreApplication>
#include <algorithm>

namespace normscope {
namespace {

constexpr char kContext[] = "Presets";
constexpr int kBatchSize = 64;
constexpr double kLearningRate = 0.05;
constexpr int kTinyBatchSize = 2;
// From tests/bench/best_accuracy.csv.
constexpr int kBestBatchSize = 32;
constexpr double kBestLearningRate = 0.2;

std::vector<ModelConfig> batchLayerGroup(double batchL1 = 0.0) {
    return {{.label = "batch", .network = {.kind = NormKind::Batch}, .l1 = batchL1},
            {.label = "layer", .network = {.kind = NormKind::Layer}},
            {.label = "group", .network = {.kind = NormKind::Group}}};
}

}  // namespace

QString Preset::title() const {
    return QCoreApplication::translate(kContext, name);
}

QString Preset::reason() const {
    return QCoreApplication::translate(kContext, why);
}

const std::vector<Preset>& presets() {
    static const std::vector<Preset> all{
        {.name = QT_TRANSLATE_NOOP("Presets", "Quick look"),
         .why = QT_TRANSLATE_NOOP("Presets",
                                  "A tenth of the images for three epochs: curves in seconds."),
         .models = batchLayerGroup(),
         .epochs = 3,
         .batchSize = kBatchSize,
         .learningRate = kLearningRate,
         .augmentation = Augmentation::None,
         .trainLimit = 6000},
        {.name = QT_TRANSLATE_NOOP("Presets", "Fair comparison"),
         .why = QT_TRANSLATE_NOOP("Presets",
                                  "The models differ in their normalization and in nothing else."),
         .models = batchLayerGroup(),
         .epochs = 20,
         .batchSize = kBatchSize,
         .learningRate = kLearningRate,
         .augmentation = Augmentation::None,
         .trainLimit = std::nullopt},
        {.name = QT_TRANSLATE_NOOP("Presets", "Original assignment"),
         .why =
             QT_TRANSLATE_NOOP("Presets",
                               "Batch norm alone carries an L1 penalty, as in the course work that "
                               "asked the question."),
         .models = batchLayerGroup(/*batchL1=*/1e-4),
         .epochs = 20,
         .batchSize = kBatchSize,
         .learningRate = kLearningRate,
         .augmentation = Augmentation::None,
         .trainLimit = std::nullopt},
        {.name = QT_TRANSLATE_NOOP("Presets", "Best accuracy"),
         .why = QT_TRANSLATE_NOOP(
             "Presets",
             "Every image is moved and bent a little, anew in every epoch but the last; the "
             "mini-batches are smaller and the learning rate is higher: what a search on held-out "
             "training images found best."),
         .models = batchLayerGroup(),
         .epochs = 20,
         .batchSize = kBestBatchSize,
         .learningRate = kBestLearningRate,
         .augmentation = Augmentation::Elastic,
         .trainLimit = std::nullopt},
        {.name = QT_TRANSLATE_NOOP("Presets", "Tiny batches"),
         .why = QT_TRANSLATE_NOOP(
             "Presets",
             "Two images make a poor estimate of mean and variance, so batch norm "
             "suffers; layer and group norm look at one image at a time. The "
             "learning rate shrinks with the batch."),
         .models = batchLayerGroup(),
         .epochs = 6,
         .batchSize = kTinyBatchSize,
         .learningRate = kLearningRate * kTinyBatchSize / kBatchSize,
         .augmentation = Augmentation::None,
         .trainLimit = 2000},
    };
    return all;
}

TrainingConfig withPreset(TrainingConfig config, const Preset& preset) {
    config.models = preset.models;
    config.cycles = {preset.epochs};
    config.batchSize = preset.batchSize;
    config.learningRate = preset.learningRate;
    config.augmentation = preset.augmentation;
    config.trainLimit = preset.trainLimit;
    return config;
}

std::optional<std::size_t> presetMatching(const TrainingConfig& config) {
    const auto found = std::ranges::find_if(
        presets(), [&](const Preset& preset) { return withPreset(config, preset) == config; });
    if (found == presets().end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - presets().begin());
}

}  // namespace normscope
