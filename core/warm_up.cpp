#include "core/warm_up.h"

#include <memory>

#include "core/trainer.h"

namespace normscope {
namespace {

DigitSet blankDigits(int count) {
    DigitSet digits;
    digits.pixels.assign(static_cast<std::size_t>(count) * kImagePixels, 0);
    for (int image = 0; image < count; ++image) {
        digits.labels.push_back(static_cast<std::uint8_t>(image % kClassCount));
    }
    return digits;
}

}  // namespace

void warmUp() {
    TrainingConfig config;
    config.models = {parseModel("batch=batch")};
    auto digits = std::make_shared<Dataset>();
    digits->train = blankDigits(config.batchSize);
    digits->test = blankDigits(1);
    const std::optional<std::string> fromTheBeginning;
    makeTrainer({config, 0, std::move(digits), fromTheBeginning})->step();
}

}  // namespace normscope
