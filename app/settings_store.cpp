#include "app/settings_store.h"

#include <QFile>
#include <QSettings>
#include <QStandardPaths>
#include <QStringList>
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/numbers.h"

namespace normscope {
namespace {

constexpr std::array kThemeNames{std::pair{Settings::Theme::System, "system"},
                                 std::pair{Settings::Theme::Light, "light"},
                                 std::pair{Settings::Theme::Dark, "dark"}};

// The file's own names; changing one forgets what people had set.
const auto kTheme = QStringLiteral("appearance/theme");
const auto kTextScale = QStringLiteral("appearance/textScale");
const auto kMotion = QStringLiteral("appearance/motion");
const auto kWindowGeometry = QStringLiteral("window/geometry");
const auto kOpenedRuns = QStringLiteral("runs/opened");
const auto kPage = QStringLiteral("window/page");
const auto kThreads = QStringLiteral("training/threads");
const auto kModels = QStringLiteral("training/models");
const auto kCycles = QStringLiteral("training/cycles");
const auto kBatchSize = QStringLiteral("training/batchSize");
const auto kLearningRate = QStringLiteral("training/learningRate");
const auto kAugmentation = QStringLiteral("training/augmentation");
const auto kEngine = QStringLiteral("training/engine");
const auto kSeed = QStringLiteral("training/seed");
const auto kTrainLimit = QStringLiteral("training/trainLimit");
const auto kData = QStringLiteral("training/data");

const auto kNoLimit = QStringLiteral("all");

std::optional<int> wholeNumberOf(const QVariant& value) {
    bool isNumber = false;
    const int number = value.toString().toInt(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

std::optional<int> numberWithin(const QSettings& file, const QString& key, int smallest,
                                int largest) {
    const auto number = wholeNumberOf(file.value(key));
    return number && *number >= smallest && *number <= largest ? number : std::nullopt;
}

Settings loadSettings(const QSettings& file, const Settings& defaults, int cores) {
    Settings settings = defaults;
    const QString theme = file.value(kTheme).toString();
    for (const auto& [value, name] : kThemeNames) {
        if (theme == QLatin1String(name)) {
            settings.theme = value;
        }
    }
    const QString motion = file.value(kMotion).toString();
    if (motion == QLatin1String("true") || motion == QLatin1String("false")) {
        settings.motion = motion == QLatin1String("true");
    }
    settings.textScale = numberWithin(file, kTextScale, kSmallestTextScale, kLargestTextScale)
                             .value_or(defaults.textScale);
    settings.threads = numberWithin(file, kThreads, 1, cores).value_or(defaults.threads);
    return settings;
}

/// Readers of one field each; they throw ConfigError or leave the field as it is when the text
/// makes no sense, and leave its range to validate().
void readModels(const QSettings& file, TrainingConfig& config) {
    if (file.contains(kModels)) {
        config.models.clear();
        for (const QString& text : file.value(kModels).toStringList()) {
            config.models.push_back(parseModel(text.toStdString()));
        }
    }
}

void readCycles(const QSettings& file, TrainingConfig& config) {
    std::vector<int> cycles;
    for (const QString& text : file.value(kCycles).toStringList()) {
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

void readBatchSize(const QSettings& file, TrainingConfig& config) {
    config.batchSize = wholeNumberOf(file.value(kBatchSize)).value_or(config.batchSize);
}

void readLearningRate(const QSettings& file, TrainingConfig& config) {
    const std::string text = file.value(kLearningRate).toString().toStdString();
    config.learningRate = parseNumber(text).value_or(config.learningRate);
}

void readAugmentation(const QSettings& file, TrainingConfig& config) {
    const std::string name = file.value(kAugmentation).toString().toStdString();
    config.augmentation = augmentationNamed(name).value_or(config.augmentation);
}

void readEngine(const QSettings& file, TrainingConfig& config) {
    const std::string name = file.value(kEngine).toString().toStdString();
    config.engine = engineNamed(name).value_or(config.engine);
}

void readSeed(const QSettings& file, TrainingConfig& config) {
    bool isNumber = false;
    const quint64 seed = file.value(kSeed).toString().toULongLong(&isNumber);
    config.seed = isNumber ? seed : config.seed;
}

void readTrainLimit(const QSettings& file, TrainingConfig& config) {
    const QVariant value = file.value(kTrainLimit);
    if (value.toString() == kNoLimit) {
        config.trainLimit.reset();
    } else if (const auto limit = wholeNumberOf(value)) {
        config.trainLimit = limit;
    }
}

void readData(const QSettings& file, TrainingConfig& config) {
    if (file.contains(kData)) {
        config.data = QFile::encodeName(file.value(kData).toString()).toStdString();
    }
}

TrainingConfig loadTraining(const QSettings& file, const TrainingConfig& defaults) {
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

std::vector<std::filesystem::path> loadOpenedRuns(const QSettings& file) {
    std::vector<std::filesystem::path> folders;
    for (const QString& folder : file.value(kOpenedRuns).toStringList()) {
        folders.emplace_back(QFile::encodeName(folder).toStdString());
    }
    return folders;
}

void saveOpenedRuns(QSettings& file, const std::vector<std::filesystem::path>& folders) {
    QStringList names;
    for (const std::filesystem::path& folder : folders) {
        names << QFile::decodeName(folder.string().c_str());
    }
    file.setValue(kOpenedRuns, names);
}

void saveSettings(QSettings& file, const Settings& settings) {
    const auto* const theme = std::ranges::find(kThemeNames, settings.theme,
                                                [](const auto& named) { return named.first; });
    file.setValue(kTheme, QLatin1String(theme->second));
    file.setValue(kTextScale, settings.textScale);
    file.setValue(kMotion, settings.motion);
    file.setValue(kThreads, settings.threads);
}

void saveTraining(QSettings& file, const TrainingConfig& config) {
    QStringList models;
    for (const ModelConfig& model : config.models) {
        models << QString::fromStdString(formatModel(model));
    }
    QStringList cycles;
    for (const int epochs : config.cycles) {
        cycles << QString::number(epochs);
    }
    const std::string augmentation(nameOf(config.augmentation));
    file.setValue(kModels, models);
    file.setValue(kCycles, cycles);
    file.setValue(kBatchSize, config.batchSize);
    file.setValue(kLearningRate, QString::fromStdString(formatNumber(config.learningRate)));
    file.setValue(kAugmentation, QString::fromStdString(augmentation));
    file.setValue(kEngine, QString::fromStdString(std::string(nameOf(config.engine))));
    file.setValue(kSeed, QString::number(config.seed));
    file.setValue(kTrainLimit, config.trainLimit ? QString::number(*config.trainLimit) : kNoLimit);
    file.setValue(kData, QFile::decodeName(config.data.string().c_str()));
}

}  // namespace

QString SettingsStore::defaultFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/normscope/settings.ini");
}

SettingsStore::SettingsStore(QString file, int cores) : file_(std::move(file)), cores_(cores) {}

StoredState SettingsStore::load(const StoredState& defaults) const {
    const QSettings file(file_, QSettings::IniFormat);
    StoredState state{
        .settings = loadSettings(file, defaults.settings, cores_),
        .windowGeometry = file.value(kWindowGeometry, defaults.windowGeometry).toByteArray(),
        .page = pageNamed(file.value(kPage).toString().toStdString()).value_or(defaults.page),
        .training = loadTraining(file, defaults.training),
        .openedRuns = loadOpenedRuns(file)};
    state.training.threads = state.settings.threads;
    return state;
}

bool SettingsStore::save(const StoredState& state) const {
    QSettings file(file_, QSettings::IniFormat);
    saveSettings(file, state.settings);
    saveTraining(file, state.training);
    saveOpenedRuns(file, state.openedRuns);
    const std::string page(nameOf(state.page));
    file.setValue(kWindowGeometry, state.windowGeometry);
    file.setValue(kPage, QString::fromStdString(page));
    file.sync();
    return file.status() == QSettings::NoError;
}

}  // namespace normscope
