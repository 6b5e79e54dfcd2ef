#include "core/normalization_json.h"

#include <array>
#include <cmath>

#include "core/json_fields.h"
#include "core/numbers.h"

namespace normscope {
namespace {

// --- writing: by hand, for a number a line would make the file unreadable, and a tree of millions
// of values would take much of the memory ---------------------------------------------------------

/// Minus zero as an integer would be read back as zero.
std::string number(double value) {
    return value == 0.0 && std::signbit(value) ? "-0.0" : formatNumber(value);
}

std::string list(const std::vector<double>& values) {
    std::string text = "[";
    for (const double value : values) {
        text += text.size() > 1 ? ", " : "";
        text += number(value);
    }
    return text + "]";
}

std::string statisticsLine(const StatisticsSet& set, double mean, double variance) {
    std::string channels;
    for (int channel = set.firstChannel; channel < set.firstChannel + set.channels; ++channel) {
        channels += (channels.empty() ? "" : ", ") + std::to_string(channel);
    }
    return R"({"image": )" + (set.image ? std::to_string(*set.image) : "null") +
           R"(, "channels": [)" + channels + R"(], "mean": )" + number(mean) + R"(, "variance": )" +
           number(variance) + R"(, "count": )" + std::to_string(set.count) + "}";
}

std::string statisticsList(const NormTrace& trace) {
    std::string text = "[";
    for (std::size_t i = 0; i < trace.sets.size(); ++i) {
        text += i > 0 ? ",\n    " : "\n    ";
        text += statisticsLine(trace.sets[i], trace.mean[i], trace.variance[i]);
    }
    return text + "\n  ]";
}

/// An object with a field a line.
class ObjectText {
  public:
    void add(const char* name, const std::string& value) {
        text_ += text_.empty() ? "{\n  \"" : ",\n  \"";
        text_ += name;
        text_ += "\": ";
        text_ += value;
    }
    std::string take() { return std::move(text_) + "\n}\n"; }

  private:
    std::string text_;
};

// --- reading -------------------------------------------------------------------------------------

double finite(const JsonFields& fields, const char* name, const Json& value) {
    if (!value.is_number() || !std::isfinite(value.get<double>())) {
        fields.fail(name, "holds something that is not a number");
    }
    return value.get<double>();
}

double finite(const JsonFields& fields, const char* name) {
    return finite(fields, name, fields.at(name));
}

std::vector<double> numbers(const JsonFields& fields, const char* name, std::int64_t count) {
    const Json& array = fields.at(name);
    if (!array.is_array()) {
        fields.fail(name, "is not a list of numbers");
    }
    if (static_cast<std::int64_t>(array.size()) != count) {
        fields.fail(name, "holds " + std::to_string(array.size()) + " numbers instead of " +
                              std::to_string(count));
    }
    std::vector<double> values;
    values.reserve(array.size());
    for (const Json& value : array) {
        values.push_back(finite(fields, name, value));
    }
    return values;
}

Shape4 readShape(const JsonFields& fields, const Shape4& largest) {
    const auto sides = numbers(fields, "shape", 4);
    const std::array limits{largest.images, largest.channels, largest.height, largest.width};
    std::array<int, 4> shape{};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (!(sides[i] >= 1.0 && sides[i] <= limits[i]) || sides[i] != std::floor(sides[i])) {
            fields.fail("shape", "holds " + formatNumber(sides[i]) +
                                     ", which is not a whole number from 1 to " +
                                     std::to_string(limits[i]));
        }
        shape[i] = static_cast<int>(sides[i]);
    }
    return {shape[0], shape[1], shape[2], shape[3]};
}

NormSpec readSpec(const JsonFields& fields, const Shape4& shape) {
    NormSpec spec;
    const auto kind = normKindNamed(fields.get<std::string>("norm"));
    if (!kind || *kind == NormKind::None) {
        fields.fail("norm", "is neither batch nor layer, group or instance");
    }
    spec.kind = *kind;
    if (spec.kind == NormKind::Group) {
        spec.groups = fields.integer("groups");
        if (spec.groups < 1 || shape.channels % spec.groups != 0) {
            fields.fail("groups",
                        "does not divide the " + std::to_string(shape.channels) + " channels");
        }
    }
    spec.eps = finite(fields, "eps");
    if (!(spec.eps > 0.0)) {
        fields.fail("eps", "is not greater than 0");
    }
    return spec;
}

/// The running statistics and what goes with them; left as they are where the file has none.
void readRunning(const JsonFields& fields, NormalizationRecord& record) {
    if (record.spec.kind != NormKind::Batch || !fields.isGiven("running_mean")) {
        return;
    }
    const int channels = record.input.shape.channels;
    RunningStatistics running;
    running.mean = numbers(fields, "running_mean", channels);
    running.variance = numbers(fields, "running_variance", channels);
    for (const double variance : running.variance) {
        if (variance < 0.0) {
            fields.fail("running_variance", "holds a negative number");
        }
    }
    running.batches = fields.isGiven("batches") ? fields.integer("batches") : 0;
    if (running.batches < 0) {
        fields.fail("batches", "is negative");
    }
    record.running = std::move(running);
    record.training = fields.getOr<bool>("training", true);
    if (fields.isGiven("momentum")) {
        record.spec.momentum = finite(fields, "momentum");
        if (!(record.spec.momentum >= 0.0 && record.spec.momentum <= 1.0)) {
            fields.fail("momentum", "is not from 0 to 1");
        }
    }
}

/// x = x_hat * sqrt(variance + eps) + mean, where the file does not hold x itself.
Tensor4 recoverInput(const JsonFields& fields, const Shape4& shape, const NormSpec& spec) {
    Tensor4 input{shape, numbers(fields, "normalized", shape.count())};
    const auto sets = statisticsSets(shape, spec);
    const Json& statistics = fields.at("statistics");
    if (!statistics.is_array() || statistics.size() != sets.size()) {
        fields.fail("statistics", "is not a list of " + std::to_string(sets.size()) +
                                      " means and variances, as this norm has them");
    }
    std::vector<double> mean;
    std::vector<double> deviation;
    for (const Json& of : statistics) {
        const JsonFields set = fields.element("statistics", of, mean.size());
        mean.push_back(finite(set, "mean"));
        const double variance = finite(set, "variance");
        if (variance < 0.0) {
            set.fail("variance", "is negative");
        }
        deviation.push_back(std::sqrt(variance + spec.eps));
    }
    std::size_t cell = 0;
    for (int image = 0; image < shape.images; ++image) {
        for (int channel = 0; channel < shape.channels; ++channel) {
            const auto set = static_cast<std::size_t>(statisticsSetOf(shape, spec, image, channel));
            for (std::int64_t i = 0; i < shape.plane(); ++i, ++cell) {
                input.values[cell] = input.values[cell] * deviation[set] + mean[set];
            }
        }
    }
    return input;
}

}  // namespace

std::string formatNormalization(const NormalizationRecord& record, const NormTrace& trace) {
    const Shape4& shape = record.input.shape;
    const bool isBatch = record.spec.kind == NormKind::Batch;
    ObjectText text;
    text.add("shape", "[" + std::to_string(shape.images) + ", " + std::to_string(shape.channels) +
                          ", " + std::to_string(shape.height) + ", " + std::to_string(shape.width) +
                          "]");
    text.add("norm", "\"" + std::string(nameOf(record.spec.kind)) + "\"");
    text.add("groups", std::to_string(groupCount(record.spec, shape.channels)));
    text.add("eps", number(record.spec.eps));
    text.add("statistics", statisticsList(trace));
    text.add("input", list(record.input.values));
    text.add("gamma", list(record.affine.gamma));
    text.add("beta", list(record.affine.beta));
    text.add("normalized", list(trace.normalized.values));
    text.add("output", list(trace.output.values));
    if (isBatch && record.running) {
        text.add("training", record.training ? "true" : "false");
        text.add("momentum", number(record.spec.momentum));
        text.add("running_mean", list(record.running->mean));
        text.add("running_variance", list(record.running->variance));
        text.add("batches", std::to_string(record.running->batches));
    }
    return text.take();
}

NormalizationRecord parseNormalization(std::string_view text, const Shape4& largest,
                                       const std::string& file) {
    const Json json = parseJson(text, file);
    const JsonFields fields(json, file + ":");
    NormalizationRecord record;
    const Shape4 shape = readShape(fields, largest);
    record.spec = readSpec(fields, shape);
    record.input = fields.isGiven("input") ? Tensor4{shape, numbers(fields, "input", shape.count())}
                                           : recoverInput(fields, shape, record.spec);
    record.affine = Affine::identity(shape.channels);
    if (fields.isGiven("gamma")) {
        record.affine.gamma = numbers(fields, "gamma", shape.channels);
    }
    if (fields.isGiven("beta")) {
        record.affine.beta = numbers(fields, "beta", shape.channels);
    }
    readRunning(fields, record);
    return record;
}

}  // namespace normscope
