#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "core/excerpt.h"
#include "core/numbers.h"
#include "core/run_formats.h"
#include "core/training_config.h"

namespace normscope {
namespace {

constexpr std::string_view kEpochsHeader =
    "epoch,train_loss,train_accuracy,test_loss,test_accuracy,learning_rate,seconds,l1_penalty";
constexpr std::string_view kStepsHeader = "step,epoch,loss,accuracy,l1_penalty";
constexpr std::string_view kPredictionsHeader =
    "index,label,predicted,probability_predicted,probability_label";
constexpr std::string_view kEpochPredictionsHeader = "epoch,predictions";
constexpr std::string_view kPercentilesHeader =
    "step,epoch,norm_layer,channel,input_15,input_50,input_85,output_15,output_50,output_85";

std::string text(std::integral auto number) {
    return std::to_string(number);
}
std::string text(std::floating_point auto number) {
    return formatNumber(number);
}

void appendRow(std::string& csv, const auto&... fields) {
    std::size_t left = sizeof...(fields);
    ((csv += text(fields), csv += --left == 0 ? '\n' : ','), ...);
}

/// The fields of one line, taken from left to right.
class Row {
  public:
    Row(std::string_view line, std::size_t fields, std::string where)
        : rest_(line), where_(std::move(where)) {
        const auto found = static_cast<std::size_t>(std::ranges::count(line, ',')) + 1;
        if (found != fields) {
            fail("has " + std::to_string(found) + " fields instead of " + std::to_string(fields));
        }
    }

    double number() { return checked(parseNumber(next())); }
    /// What counts are made of again.
    double fraction() {
        const double value = number();
        if (value < 0.0 || value > 1.0) {
            fail("holds " + excerpt(field_) + " where a number from 0 to 1 belongs");
        }
        return value;
    }
    float single() { return checked(parseFloat(next())); }
    std::int64_t integer(std::int64_t low, std::int64_t high) {
        const auto value = parseInteger(next());
        if (!value || *value < low || *value > high) {
            fail("holds " + excerpt(field_) + " where a whole number from " + std::to_string(low) +
                 " to " + std::to_string(high) + " belongs");
        }
        return *value;
    }
    int count() { return static_cast<int>(integer(0, kMaxCount)); }
    std::vector<std::uint8_t> digits() {
        std::vector<std::uint8_t> digits;
        for (const char character : next()) {
            if (character < '0' || character > '9') {
                fail("holds " + excerpt({&character, 1}) + " where a digit belongs");
            }
            digits.push_back(static_cast<std::uint8_t>(character - '0'));
        }
        return digits;
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error(where_ + " " + what + ".");
    }

  private:
    static constexpr std::int64_t kMaxCount = 1'000'000'000;

    std::string_view next() { return field_ = takeUntil(rest_, ','); }

    template <typename Number>
    Number checked(std::optional<Number> value) const {
        if (!value || !std::isfinite(*value)) {
            fail("holds " + excerpt(field_) + " where a number belongs");
        }
        return *value;
    }

    std::string_view rest_;
    std::string_view field_;  ///< taken last
    std::string where_;
};

void readRows(std::string_view csv, std::string_view header, const std::string& file,
              const std::function<void(Row&)>& take) {
    const bool isWhole = csv.ends_with('\n');
    if (takeUntil(csv, '\n') != header) {
        throw std::runtime_error(file + " does not start with the line " + std::string(header) +
                                 ".");
    }
    if (!isWhole) {
        throw std::runtime_error(file + " is cut short: its last line has no end.");
    }
    const std::size_t fields = split(header, ',').size();
    for (std::size_t line = 2; !csv.empty(); ++line) {
        Row row(takeUntil(csv, '\n'), fields, file + ", line " + std::to_string(line) + ",");
        take(row);
    }
}

}  // namespace

std::string formatEpochs(const std::vector<EpochRecord>& epochs) {
    std::string csv = std::string(kEpochsHeader) + "\n";
    for (const EpochRecord& e : epochs) {
        appendRow(csv, e.epoch, e.trainLoss, e.trainAccuracy, e.testLoss, e.testAccuracy,
                  e.learningRate, e.seconds, e.l1Penalty);
    }
    return csv;
}

std::vector<EpochRecord> parseEpochs(std::string_view csv, const std::string& file) {
    std::vector<EpochRecord> epochs;
    readRows(csv, kEpochsHeader, file, [&](Row& row) {
        EpochRecord e{};
        e.epoch = row.count();
        e.trainLoss = row.number();
        e.trainAccuracy = row.number();
        e.testLoss = row.number();
        e.testAccuracy = row.fraction();
        e.learningRate = row.number();
        e.seconds = row.number();
        e.l1Penalty = row.number();
        if (e.epoch != static_cast<int>(epochs.size()) + 1) {
            row.fail("is of epoch " + std::to_string(e.epoch) + " instead of " +
                     std::to_string(epochs.size() + 1));
        }
        epochs.push_back(e);
    });
    return epochs;
}

std::string formatSteps(const std::vector<StepRecord>& steps) {
    std::string csv = std::string(kStepsHeader) + "\n";
    csv.reserve(csv.size() + steps.size() * 48);
    for (const StepRecord& s : steps) {
        appendRow(csv, s.step, s.epoch, s.loss, s.accuracy, s.l1Penalty);
    }
    return csv;
}

std::vector<StepRecord> parseSteps(std::string_view csv, const std::string& file) {
    std::vector<StepRecord> steps;
    readRows(csv, kStepsHeader, file, [&](Row& row) {
        StepRecord s{};
        s.step = row.count();
        s.epoch = row.count();
        s.loss = row.single();
        s.accuracy = row.single();
        s.l1Penalty = row.single();
        if (s.step != static_cast<std::int64_t>(steps.size()) + 1) {
            row.fail("is of mini-batch " + std::to_string(s.step) + " instead of " +
                     std::to_string(steps.size() + 1));
        }
        steps.push_back(s);
    });
    return steps;
}

std::string formatPredictions(const Evaluation& evaluation) {
    std::string csv = std::string(kPredictionsHeader) + "\n";
    csv.reserve(csv.size() + evaluation.labels.size() * 32);
    for (std::size_t i = 0; i < evaluation.labels.size(); ++i) {
        appendRow(csv, i, int{evaluation.labels[i]}, int{evaluation.predictions[i]},
                  evaluation.probabilityOfPrediction[i], evaluation.probabilityOfLabel[i]);
    }
    return csv;
}

Evaluation parsePredictions(std::string_view csv, const std::string& file) {
    Evaluation evaluation;
    readRows(csv, kPredictionsHeader, file, [&](Row& row) {
        const auto index = row.integer(evaluation.total, evaluation.total);
        const auto label = static_cast<std::uint8_t>(row.integer(0, kClassCount - 1));
        const auto predicted = static_cast<std::uint8_t>(row.integer(0, kClassCount - 1));
        evaluation.labels.push_back(label);
        evaluation.predictions.push_back(predicted);
        evaluation.probabilityOfPrediction.push_back(row.single());
        evaluation.probabilityOfLabel.push_back(row.single());
        ++evaluation.confusion[label][predicted];
        evaluation.wrong += label == predicted ? 0 : 1;
        evaluation.total = static_cast<int>(index) + 1;
    });
    return evaluation;
}

std::string formatEpochPredictions(const std::vector<std::vector<std::uint8_t>>& predictions) {
    std::string csv = std::string(kEpochPredictionsHeader) + "\n";
    for (std::size_t epoch = 0; epoch < predictions.size(); ++epoch) {
        if (predictions[epoch].empty()) {
            continue;
        }
        csv += text(epoch + 1) + ",";
        for (const std::uint8_t digit : predictions[epoch]) {
            csv += static_cast<char>('0' + digit);
        }
        csv += '\n';
    }
    return csv;
}

std::vector<std::vector<std::uint8_t>> parseEpochPredictions(std::string_view csv,
                                                             const std::string& file) {
    std::vector<std::vector<std::uint8_t>> predictions;
    readRows(csv, kEpochPredictionsHeader, file, [&](Row& row) {
        const auto before = static_cast<std::int64_t>(predictions.size());
        const auto epoch = static_cast<std::size_t>(row.integer(before + 1, kMaxEpochs));
        predictions.resize(epoch);
        predictions.back() = row.digits();
    });
    return predictions;
}

std::string formatPercentiles(const std::vector<PercentileRecord>& percentiles) {
    std::string csv = std::string(kPercentilesHeader) + "\n";
    csv.reserve(csv.size() + percentiles.size() * kNormChannelCount * 64);
    for (const PercentileRecord& record : percentiles) {
        for (int layer = 0; layer < kNormLayerCount; ++layer) {
            const int channels = kNormLayerChannels[static_cast<std::size_t>(layer)];
            for (int channel = 0; channel < channels; ++channel) {
                const auto& [in, out] = record.channels[normChannel(layer, channel)];
                appendRow(csv, record.step, record.epoch, layer, channel, in.p15, in.p50, in.p85,
                          out.p15, out.p50, out.p85);
            }
        }
    }
    return csv;
}

std::vector<PercentileRecord> parsePercentiles(std::string_view csv, const std::string& file) {
    std::vector<PercentileRecord> percentiles;
    std::size_t place = kNormChannelCount;  // of the row to come within its mini-batch
    readRows(csv, kPercentilesHeader, file, [&](Row& row) {
        const std::int64_t step = row.count();
        const int epoch = row.count();
        if (place == kNormChannelCount) {
            if (!percentiles.empty() && step <= percentiles.back().step) {
                row.fail("is of a mini-batch before the one above it");
            }
            percentiles.push_back({.step = step, .epoch = epoch});
            place = 0;
        }
        PercentileRecord& record = percentiles.back();
        const auto layer = static_cast<int>(row.integer(0, kNormLayerCount - 1));
        const auto channel = static_cast<int>(
            row.integer(0, kNormLayerChannels[static_cast<std::size_t>(layer)] - 1));
        if (step != record.step || epoch != record.epoch || normChannel(layer, channel) != place) {
            row.fail("is not of the next channel of mini-batch " + std::to_string(record.step));
        }
        for (Percentiles* side : {&record.channels[place].input, &record.channels[place].output}) {
            side->p15 = row.single();
            side->p50 = row.single();
            side->p85 = row.single();
        }
        ++place;
    });
    if (place != kNormChannelCount) {
        throw std::runtime_error(file + " is cut short: its last mini-batch is not complete.");
    }
    return percentiles;
}

}  // namespace normscope
