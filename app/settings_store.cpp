#include "app/settings_store.h"

#include <QFile>
#include <QStandardPaths>
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "app/settings_file.h"
#include "core/files.h"
#include "core/numbers.h"

namespace normscope {
namespace {

constexpr std::array kThemeNames{std::pair{Settings::Theme::System, "system"},
                                 std::pair{Settings::Theme::Light, "light"},
                                 std::pair{Settings::Theme::Dark, "dark"}};

// The file's own names; changing one forgets what people had set.
constexpr auto kTheme = "appearance/theme";
constexpr auto kTextScale = "appearance/textScale";
constexpr auto kMotion = "appearance/motion";
constexpr auto kWindowGeometry = "window/geometry";
constexpr auto kOpenedRuns = "runs/opened";
constexpr auto kPage = "window/page";
constexpr auto kThreads = "training/threads";
constexpr auto kModels = "training/models";
constexpr auto kCycles = "training/cycles";
constexpr auto kBatchSize = "training/batchSize";
constexpr auto kLearningRate = "training/learningRate";
constexpr auto kAugmentation = "training/augmentation";
constexpr auto kEngine = "training/engine";
constexpr auto kSeed = "training/seed";
constexpr auto kTrainLimit = "training/trainLimit";
constexpr auto kData = "training/data";

constexpr std::size_t kMostBytes = 1 << 20;
constexpr auto kNoLimit = "all";

std::filesystem::path pathOf(const QString& file) {
    return QFile::encodeName(file).toStdString();
}

std::optional<int> wholeNumberOf(const std::string& text) {
    const auto number = parseInteger(text);
    return number && std::in_range<int>(*number) ? std::optional(static_cast<int>(*number))
                                                 : std::nullopt;
}

std::optional<int> numberWithin(const SettingsFile& file, const char* key, int smallest,
                                int largest) {
    const auto number = wholeNumberOf(file.text(key));
    return number && *number >= smallest && *number <= largest ? number : std::nullopt;
}

Settings loadSettings(const SettingsFile& file, const Settings& defaults, int cores) {
    Settings settings = defaults;
    const std::string theme = file.text(kTheme);
    for (const auto& [value, name] : kThemeNames) {
        if (theme == name) {
            settings.theme = value;
        }
    }
    const std::string motion = file.text(kMotion);
    if (motion == "true" || motion == "false") {
        settings.motion = motion == "true";
    }
    settings.textScale = numberWithin(file, kTextScale, kSmallestTextScale, kLargestTextScale)
                             .value_or(defaults.textScale);
    settings.threads = numberWithin(file, kThreads, 1, cores).value_or(defaults.threads);
    return settings;
}

/// Readers of one field each; they throw ConfigError or leave the field as it is when the text
/// makes no sense, and leave its range to validate().
void readModels(const SettingsFile& file, TrainingConfig& config) {
    if (file.contains(kModels)) {
        config.models.clear();
        for (const std::string& text : file.texts(kModels)) {
            config.models.push_back(parseModel(text));
        }
    }
}

void readCycles(const SettingsFile& file, TrainingConfig& config) {
    std::vector<int> cycles;
    for (const std::string& text : file.texts(kCycles)) {
        const auto epochs = wholeNumberOf(text);
        if (!epochs) {
            return;
        }
        cycles.push_back(*epochs);
    }
    if (file.contains(kCycles)) {
        config.cycles = cycles;
    }
}

void readBatchSize(const SettingsFile& file, TrainingConfig& config) {
    config.batchSize = wholeNumberOf(file.text(kBatchSize)).value_or(config.batchSize);
}

void readLearningRate(const SettingsFile& file, TrainingConfig& config) {
    config.learningRate = parseNumber(file.text(kLearningRate)).value_or(config.learningRate);
}

void readAugmentation(const SettingsFile& file, TrainingConfig& config) {
    config.augmentation = augmentationNamed(file.text(kAugmentation)).value_or(config.augmentation);
}

void readEngine(const SettingsFile& file, TrainingConfig& config) {
    config.engine = engineNamed(file.text(kEngine)).value_or(config.engine);
}

void readSeed(const SettingsFile& file, TrainingConfig& config) {
    config.seed = parseUnsigned(file.text(kSeed)).value_or(config.seed);
}

void readTrainLimit(const SettingsFile& file, TrainingConfig& config) {
    const std::string text = file.text(kTrainLimit);
    if (text == kNoLimit) {
        config.trainLimit.reset();
    } else if (const auto limit = wholeNumberOf(text)) {
        config.trainLimit = limit;
    }
}

void readData(const SettingsFile& file, TrainingConfig& config) {
    if (file.contains(kData)) {
        config.data = file.text(kData);
    }
}

TrainingConfig loadTraining(const SettingsFile& file, const TrainingConfig& defaults) {
    TrainingConfig config = defaults;
    for (const auto read : {readModels, readCycles, readBatchSize, readLearningRate,
                            readAugmentation, readEngine, readSeed, readTrainLimit, readData}) {
        TrainingConfig candidate = config;
        try {
            read(file, candidate);
            validate(candidate);
            config = candidate;
        } catch (const ConfigError&) {
            continue;  // the field keeps its default
        }
    }
    return config;
}

std::vector<std::filesystem::path> loadOpenedRuns(const SettingsFile& file) {
    const std::vector<std::string> folders = file.texts(kOpenedRuns);
    return {folders.begin(), folders.end()};
}

void saveOpenedRuns(SettingsFile& file, const std::vector<std::filesystem::path>& folders) {
    file.set(kOpenedRuns, std::vector<std::string>(folders.begin(), folders.end()));
}

void saveSettings(SettingsFile& file, const Settings& settings) {
    const auto* const theme = std::ranges::find(kThemeNames, settings.theme,
                                                [](const auto& named) { return named.first; });
    file.set(kTheme, theme->second);
    file.set(kTextScale, std::to_string(settings.textScale));
    file.set(kMotion, settings.motion ? "true" : "false");
    file.set(kThreads, std::to_string(settings.threads));
}

void saveTraining(SettingsFile& file, const TrainingConfig& config) {
    std::vector<std::string> models;
    for (const ModelConfig& model : config.models) {
        models.push_back(formatModel(model));
    }
    std::vector<std::string> cycles;
    for (const int epochs : config.cycles) {
        cycles.push_back(std::to_string(epochs));
    }
    file.set(kModels, models);
    file.set(kCycles, cycles);
    file.set(kBatchSize, std::to_string(config.batchSize));
    file.set(kLearningRate, formatNumber(config.learningRate));
    file.set(kAugmentation, std::string(nameOf(config.augmentation)));
    file.set(kEngine, std::string(nameOf(config.engine)));
    file.set(kSeed, std::to_string(config.seed));
    file.set(kTrainLimit, config.trainLimit ? std::to_string(*config.trainLimit) : kNoLimit);
    file.set(kData, config.data.string());
}

/// Throws std::runtime_error with a sentence that names the file.
SettingsFile readSettings(const std::filesystem::path& path) {
    return SettingsFile::parse(readFile(path, kMostBytes), path.string());
}

/// Nothing where it cannot be read, as at the first start.
SettingsFile readableSettings(const std::filesystem::path& path) {
    try {
        return readSettings(path);
    } catch (const std::runtime_error&) {
        return {};
    }
}

}  // namespace

QString SettingsStore::defaultFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/normscope/settings.json");
}

SettingsStore::SettingsStore(QString file, int cores) : file_(std::move(file)), cores_(cores) {}

StoredState SettingsStore::load(const StoredState& defaults) const {
    const SettingsFile file = readableSettings(pathOf(file_));
    StoredState state{.settings = loadSettings(file, defaults.settings, cores_),
                      .windowGeometry = defaults.windowGeometry,
                      .page = pageNamed(file.text(kPage)).value_or(defaults.page),
                      .training = loadTraining(file, defaults.training),
                      .openedRuns = loadOpenedRuns(file)};
    if (file.contains(kWindowGeometry)) {
        state.windowGeometry = QByteArray::fromBase64(file.text(kWindowGeometry).c_str());
    }
    state.training.threads = state.settings.threads;
    return state;
}

QString SettingsStore::moveDamagedAside() const {
    const std::filesystem::path path = pathOf(file_);
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return {};
    }
    try {
        readSettings(path);
        return {};
    } catch (const std::runtime_error& damage) {
        const std::string aside = path.string() + ".damaged";
        std::filesystem::rename(path, aside, error);
        return QString::fromStdString(
            std::string(damage.what()) +
            (error ? " It could not be moved to " + aside + ": " + error.message() + "."
                   : " It was moved to " + aside + "; all settings begin anew."));
    }
}

bool SettingsStore::save(const StoredState& state, QString* problem) const {
    SettingsFile file;
    saveSettings(file, state.settings);
    saveTraining(file, state.training);
    saveOpenedRuns(file, state.openedRuns);
    file.set(kWindowGeometry, state.windowGeometry.toBase64().toStdString());
    file.set(kPage, std::string(nameOf(state.page)));
    try {
        const std::filesystem::path path = pathOf(file_);
        createFolder(path.parent_path());
        writeFile(path, file.format());
        return true;
    } catch (const std::runtime_error& error) {
        if (problem != nullptr) {
            *problem = QString::fromStdString(error.what());
        }
        return false;
    }
}

}  // namespace normscope
