#include "core/training_config.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numeric>
#include <set>
#include <span>

#include "core/excerpt.h"
#include "core/numbers.h"

namespace normscope {
namespace {

constexpr std::size_t kMaxModels = 16;
constexpr std::size_t kMaxLabelLength = 40;
constexpr int kMaxBatchSize = 10'000;
constexpr int kMaxThreads = 256;

void require(bool holds, const std::string& field, const std::string& otherwise) {
    if (!holds) {
        throw ConfigError(field, otherwise);
    }
}

bool isOneOf(unsigned char c, std::string_view characters) {
    return characters.find(static_cast<char>(c)) != std::string_view::npos;
}

/// A label names a folder, so it holds nothing that a file system or a shell takes for its own.
void validateLabel(const std::string& label) {
    const auto isPlain = [](unsigned char c) {
        return std::isalnum(c) != 0 || c >= 0x80 || isOneOf(c, " -_+.()");
    };
    require(!label.empty(), "model", "A model needs a label.");
    require(label.size() <= kMaxLabelLength, "model",
            "The label " + excerpt(label) + " is longer than " + std::to_string(kMaxLabelLength) +
                " characters.");
    require(std::ranges::all_of(label, isPlain) && label.front() != '.' && label.front() != ' ' &&
                label.front() != '-' && label.back() != ' ' && label.back() != '.',
            "model",
            "The label " + excerpt(label) +
                " may hold letters, digits, spaces and -_+.() only, and starts with a letter or a "
                "digit.");
}

void validateModel(const ModelConfig& model) {
    validateLabel(model.label);
    require(std::isfinite(model.l1) && model.l1 >= 0.0 && model.l1 <= 1.0, "l1",
            "The L1 lambda of " + excerpt(model.label) + " is " + formatNumber(model.l1) +
                "; it must be between 0 and 1.");
    if (model.network.kind != NormKind::Group) {
        return;
    }
    for (std::size_t layer = 0; layer < kNormLayerCount; ++layer) {
        const int groups = model.network.groups[layer];
        const int channels = kNormLayerChannels[layer];
        require(groups >= 1 && channels % groups == 0, "groups",
                "Norm layer " + std::to_string(layer + 1) + " of " + excerpt(model.label) +
                    " has " + std::to_string(channels) + " channels, which " +
                    std::to_string(groups) + " groups do not divide.");
    }
}

/// As a POSIX shell reads it back.
std::string shellWord(const std::string& text) {
    const bool plain = std::ranges::all_of(
        text, [](unsigned char c) { return std::isalnum(c) != 0 || isOneOf(c, "=:,.-_/+"); });
    if (plain && !text.empty()) {
        return text;
    }
    std::string word = "'";
    for (const char c : text) {
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return word + "'";
}

double parseL1(std::string_view text) {
    const auto l1 = parseNumber(text);
    require(l1.has_value(), "model", "The L1 lambda " + excerpt(text) + " is not a number.");
    return *l1;
}

NormKind parseKind(std::string_view text) {
    const auto kind = normKindNamed(text);
    require(kind.has_value(), "model",
            "There is no normalization " + excerpt(text) +
                "; choose none, batch, layer, group or instance.");
    return *kind;
}

}  // namespace

std::string_view nameOf(Augmentation augmentation) {
    switch (augmentation) {
        case Augmentation::None:
            return "none";
        case Augmentation::Affine:
            return "affine";
        case Augmentation::Elastic:
            return "elastic";
    }
    return {};
}

std::optional<Augmentation> augmentationNamed(std::string_view name) {
    for (const Augmentation augmentation :
         {Augmentation::None, Augmentation::Affine, Augmentation::Elastic}) {
        if (name == nameOf(augmentation)) {
            return augmentation;
        }
    }
    return std::nullopt;
}

std::string_view nameOf(EngineKind engine) {
    return engine == EngineKind::Kernel ? "kernel" : "torch";
}

std::optional<EngineKind> engineNamed(std::string_view name) {
    for (const EngineKind engine : {EngineKind::Kernel, EngineKind::Torch}) {
        if (name == nameOf(engine)) {
            return engine;
        }
    }
    return std::nullopt;
}

int TrainingConfig::epochs() const {
    return std::accumulate(cycles.begin(), cycles.end(), 0);
}

int trainingImages(const TrainingConfig& config, int available) {
    return config.trainLimit ? std::min(*config.trainLimit, available) : available;
}

std::int64_t stepsPerEpoch(const TrainingConfig& config, int available) {
    const std::int64_t images = trainingImages(config, available);
    return (images + config.batchSize - 1) / config.batchSize;
}

bool changesImages(const TrainingConfig& config, int epoch) {
    if (config.augmentation == Augmentation::None) {
        return false;
    }
    for (const int epochs : config.cycles) {
        if (epoch <= epochs) {
            return epoch < epochs || epochs < kLongCycle;
        }
        epoch -= epochs;
    }
    throw std::logic_error("There is no epoch after the last cycle.");
}

void validate(const TrainingConfig& config) {
    require(!config.models.empty(), "norms", "Choose at least one model to train.");
    require(config.models.size() <= kMaxModels, "norms",
            "At most " + std::to_string(kMaxModels) + " models train at once.");
    std::set<std::string> labels;
    for (const ModelConfig& model : config.models) {
        validateModel(model);
        // Folders must stay apart on file systems that do not tell upper from lower case.
        std::string folder = model.label;
        std::ranges::transform(folder, folder.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        require(labels.insert(folder).second, "model",
                "Two models are labelled " + excerpt(model.label) + "; give each its own label.");
    }
    require(
        !config.cycles.empty() && config.cycles.size() <= kMaxEpochs &&
            std::ranges::all_of(config.cycles,
                                [](int epochs) { return epochs >= 1 && epochs <= kMaxEpochs; }) &&
            config.epochs() <= kMaxEpochs,
        "epochs", "The number of epochs must be between 1 and " + std::to_string(kMaxEpochs) + ".");
    require(config.batchSize >= 1 && config.batchSize <= kMaxBatchSize, "batch-size",
            "The batch size must be between 1 and " + std::to_string(kMaxBatchSize) + ".");
    require(std::isfinite(config.learningRate) && config.learningRate > 0.0, "learning-rate",
            "The learning rate must be a number above 0.");
    require(config.threads >= 1 && config.threads <= kMaxThreads, "threads",
            "The number of threads must be between 1 and " + std::to_string(kMaxThreads) + ".");
    require(!config.trainLimit || *config.trainLimit >= 1, "train-limit",
            "The number of training images must be 1 or more.");
}

GroupCounts parseGroups(std::string_view text) {
    const auto pieces = split(text, ',');
    require(pieces.size() == kNormLayerCount || pieces.size() == 1, "groups",
            "Groups are one number, or six for the six norm layers such as 2,2,2,2,3,3.");
    GroupCounts groups{};
    for (std::size_t layer = 0; layer < kNormLayerCount; ++layer) {
        std::string_view piece = pieces[pieces.size() == 1 ? 0 : layer];
        while (piece.starts_with(' ')) {
            piece.remove_prefix(1);
        }
        while (piece.ends_with(' ')) {
            piece.remove_suffix(1);
        }
        const auto count = parseInteger(piece);
        const int channels = kNormLayerChannels[layer];
        require(count && *count >= 1 && *count <= channels && channels % *count == 0, "groups",
                "Norm layer " + std::to_string(layer + 1) + " has " + std::to_string(channels) +
                    " channels, which " + excerpt(piece) + " groups do not divide.");
        groups[layer] = static_cast<int>(*count);
    }
    return groups;
}

std::string formatGroups(const GroupCounts& groups) {
    std::string text;
    for (const int count : groups) {
        text += (text.empty() ? "" : ",") + std::to_string(count);
    }
    return text;
}

ModelConfig parseModel(std::string_view text) try {
    const std::size_t equals = text.find('=');
    require(equals != std::string_view::npos, "model",
            excerpt(text) + " is not of the form LABEL=norm[:groups=...][:l1=...].");
    ModelConfig model;
    model.label = text.substr(0, equals);
    const auto parts = split(text.substr(equals + 1), ':');
    model.network.kind = parseKind(parts.front());
    for (const std::string_view part : std::span(parts).subspan(1)) {
        if (part.starts_with("groups=")) {
            require(model.network.kind == NormKind::Group, "model",
                    excerpt(part) + " is for group norm, not for " + std::string(parts.front()) +
                        " norm.");
            model.network.groups = parseGroups(part.substr(7));
        } else if (part.starts_with("l1=")) {
            model.l1 = parseL1(part.substr(3));
        } else {
            throw ConfigError("model", excerpt(part) + " is neither groups=... nor l1=....");
        }
    }
    return model;
} catch (const ConfigError& error) {
    throw ConfigError("model", error.what());  // the groups are a part of it
}

std::string formatModel(const ModelConfig& model) {
    std::string text = model.label + "=" + std::string(nameOf(model.network.kind));
    if (model.network.kind == NormKind::Group) {
        text += ":groups=" + formatGroups(model.network.groups);
    }
    if (model.l1 > 0.0) {
        text += ":l1=" + formatNumber(model.l1);
    }
    return text;
}

std::string trainCommand(const TrainingConfig& config, const std::filesystem::path& out) {
    std::string command = "normscope train";
    for (const ModelConfig& model : config.models) {
        command += " --model " + shellWord(formatModel(model));
    }
    command += " --epochs " + std::to_string(config.cycles.front()) + " --batch-size " +
               std::to_string(config.batchSize) + " --learning-rate " +
               formatNumber(config.learningRate) + " --seed " + std::to_string(config.seed);
    if (config.augmentation != Augmentation::None) {
        command += " --augment " + std::string(nameOf(config.augmentation));
    }
    if (config.engine != EngineKind::Kernel) {
        command += " --engine " + std::string(nameOf(config.engine));
    }
    if (config.threads != 1) {
        command += " --threads " + std::to_string(config.threads);
    }
    if (config.trainLimit) {
        command += " --train-limit " + std::to_string(*config.trainLimit);
    }
    if (!config.data.empty()) {
        command += " --data " + shellWord(config.data.string());
    }
    return command + " --out " + shellWord(out.string());
}

}  // namespace normscope
