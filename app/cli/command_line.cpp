#include "app/cli/command_line.h"

#include <QCoreApplication>
#include <algorithm>
#include <cstdio>
#include <limits>

#include "core/dataset.h"
#include "core/numbers.h"

namespace normscope {
namespace {

std::string named(const QString& option) {
    return "--" + option.toStdString();
}

}  // namespace

CommandLine::CommandLine(const QString& command, const QString& summary) : command_(command) {
    parser_.setApplicationDescription(summary);
    parser_.addOption({{"h", "help"}, "Shows this help."});
}

void CommandLine::addOption(const QString& name, const QString& help, const QString& valueName,
                            const QString& defaultValue) {
    parser_.addOption({name, help, valueName, defaultValue});
}

void CommandLine::addTrainingOptions() {
    const TrainingConfig defaults;
    addOption("norms",
              "Models to train, each labelled by its normalization: none, batch, layer, "
              "group or instance. Default: batch,layer,group.",
              "NAMES");
    addOption("model",
              "One model, for instance group4=group:groups=4,4,4,4,5,5:l1=1e-4. May be "
              "given several times; replaces --norms unless that is given too.",
              "LABEL=NORM[:groups=...][:l1=...]");
    addOption("epochs", "Times that each training image is seen.", "N",
              QString::number(defaults.epochs()));
    addOption("batch-size", "Images of a mini-batch.", "N", QString::number(defaults.batchSize));
    addOption("learning-rate", "Peak of the one-cycle schedule.", "RATE",
              QString::fromStdString(formatNumber(defaults.learningRate)));
    addOption("l1", "Lambda of the L1 penalty of one model. May be given several times.",
              "LABEL=LAMBDA");
    addOption("augment",
              "none; affine: small rotations, shifts and scaling; or elastic: those, weaker, and "
              "small random bends. The last of ten or more epochs leaves the images as they are.",
              "KIND", "none");
    addOption("seed", "Decides the weights, the order of the images and their augmentation.", "N",
              QString::number(defaults.seed));
    addOption("threads", "Threads that each model computes on.", "N",
              QString::number(defaults.threads));
    addOption("engine",
              "What computes: kernel, the fast code of the program itself, or torch, LibTorch's "
              "autograd as reference.",
              "NAME", QString::fromStdString(std::string(nameOf(defaults.engine))));
    addOption("train-limit", "Trains on the first N images alone.", "N");
    addOption("data",
              "Folder with the four IDX files, gzipped or not. Default: the MNIST that "
              "comes with the program.",
              "DIR");
}

void CommandLine::addNetworkOptions() {
    addOption("norm", "Normalization of the network: none, batch, layer, group or instance.",
              "NAME");
    addOption("groups", "Groups of group norm: one number, or six for the six norm layers.",
              "N,...", QString::fromStdString(formatGroups(kReferenceGroups)));
}

NetworkSpec CommandLine::networkSpec() const {
    const std::string name = required("norm");
    const auto kind = normKindNamed(name);
    if (!kind) {
        throw UsageError("--norm: there is no normalization \"" + name +
                         "\"; choose none, batch, layer, group or instance.");
    }
    try {
        return {.kind = *kind, .groups = parseGroups(text("groups"))};
    } catch (const ConfigError& error) {
        throw UsageError("--" + error.field() + ": " + error.what());
    }
}

bool CommandLine::parse(const QStringList& arguments) {
    // parse() only lists options it knows; a value that starts with a dash belongs to its option.
    if (!parser_.parse(QStringList{"normscope " + command_} + arguments)) {
        throw UsageError(parser_.errorText().section('\n', 0, 0).toStdString());
    }
    if (parser_.isSet("help")) {
        // The parser names the executable; people call the command by its name.
        QString help = parser_.helpText();
        help.replace(0, help.indexOf('\n'), "Usage: normscope " + command_ + " [options]");
        std::fputs(help.toLocal8Bit().constData(), stdout);
        return false;
    }
    if (!parser_.positionalArguments().isEmpty()) {
        throw UsageError("There is no use for \"" +
                         parser_.positionalArguments().constFirst().toStdString() + "\".");
    }
    return true;
}

std::string CommandLine::text(const QString& option) const {
    return parser_.value(option).toStdString();
}

std::string CommandLine::required(const QString& option) const {
    if (!parser_.isSet(option) || parser_.value(option).isEmpty()) {
        throw UsageError(named(option) + " is missing.");
    }
    return text(option);
}

std::filesystem::path CommandLine::path(const QString& option) const {
    return {required(option)};
}

int CommandLine::integer(const QString& option, int low, int high) const {
    const auto value = parseInteger(text(option));
    if (!value || *value < low || *value > high) {
        throw UsageError(named(option) + ": \"" + text(option) + "\" is not a whole number from " +
                         std::to_string(low) + " to " + std::to_string(high) + ".");
    }
    return static_cast<int>(*value);
}

double CommandLine::number(const QString& option) const {
    const auto value = parseNumber(text(option));
    if (!value) {
        throw UsageError(named(option) + ": \"" + text(option) + "\" is not a number.");
    }
    return *value;
}

QSize CommandLine::size(const QString& option) const {
    const std::string given = text(option);
    const auto sides = split(given, 'x');
    const auto side = [&](std::size_t i) {
        const auto value = i < sides.size() ? parseInteger(sides[i]) : std::nullopt;
        constexpr long long kSmallest = 64;
        constexpr long long kLargest = 16'384;
        if (sides.size() != 2 || !value || *value < kSmallest || *value > kLargest) {
            throw UsageError(named(option) + ": \"" + given +
                             "\" is not a size such as 1600x1000, with sides from 64 to 16384.");
        }
        return static_cast<int>(*value);
    };
    return {side(0), side(1)};
}

std::vector<ModelConfig> CommandLine::models() const {
    std::vector<ModelConfig> models;
    if (isSet("norms") || !isSet("model")) {
        const std::string norms = isSet("norms") ? text("norms") : "batch,layer,group";
        for (const std::string_view name : split(norms, ',')) {
            const auto kind = normKindNamed(name);
            if (!kind) {
                throw ConfigError("norms", "There is no normalization \"" + std::string(name) +
                                               "\"; choose none, batch, layer, group or instance.");
            }
            models.push_back({.label = std::string(name), .network = {.kind = *kind}, .l1 = 0.0});
        }
    }
    for (const QString& model : parser_.values("model")) {
        models.push_back(parseModel(model.toStdString()));
    }
    for (const QString& value : parser_.values("l1")) {
        const std::string given = value.toStdString();
        const std::size_t equals = given.rfind('=');
        const auto l1 =
            equals == std::string::npos ? std::nullopt : parseNumber(given.substr(equals + 1));
        if (!l1) {
            throw ConfigError("l1", "\"" + given + "\" is not of the form LABEL=LAMBDA.");
        }
        const std::string label = given.substr(0, equals);
        const auto model = std::ranges::find(models, label, &ModelConfig::label);
        if (model == models.end()) {
            throw ConfigError("l1", "There is no model \"" + label + "\".");
        }
        model->l1 = *l1;
    }
    return models;
}

TrainingConfig CommandLine::trainingConfig() const {
    constexpr int kLargest = std::numeric_limits<int>::max();
    TrainingConfig config;
    try {
        config.models = models();
        config.cycles = {integer("epochs", 1, kLargest)};
        config.batchSize = integer("batch-size", 1, kLargest);
        config.learningRate = number("learning-rate");
        const auto augmentation = augmentationNamed(text("augment"));
        if (!augmentation) {
            throw ConfigError("augment",
                              "\"" + text("augment") + "\" is none of none, affine and elastic.");
        }
        config.augmentation = *augmentation;
        config.seed = static_cast<std::uint64_t>(integer("seed", 0, kLargest));
        config.threads = integer("threads", 1, kLargest);
        const auto engine = engineNamed(text("engine"));
        if (!engine) {
            throw ConfigError(
                "engine", "There is no engine \"" + text("engine") + "\"; choose kernel or torch.");
        }
        config.engine = *engine;
        if (isSet("train-limit")) {
            config.trainLimit = integer("train-limit", 1, kLargest);
        }
        if (isSet("data")) {
            config.data = path("data");
        }
        validate(config);
    } catch (const ConfigError& error) {
        throw UsageError("--" + error.field() + ": " + error.what());
    }
    return config;
}

std::filesystem::path dataFolder(const CommandLine& line) {
    if (line.isSet("data")) {
        return line.path("data");
    }
    return bundledDataset(QCoreApplication::applicationFilePath().toStdString());
}

}  // namespace normscope
