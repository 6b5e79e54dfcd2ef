#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/json_fields.h"
#include "core/run_formats.h"
#include "core/versions.h"

namespace normscope {
namespace {

// In the order of Outcome.
constexpr std::array kOutcomeNames{"running", "stopped", "finished", "failed"};

template <typename Value>
Json orNull(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json modelJson(const ModelConfig& model, const ModelHistory& history, const ModelSummary& summary) {
    Json json;
    json["label"] = model.label;
    json["norm"] = nameOf(model.network.kind);
    json["groups"] = model.network.kind == NormKind::Group ? Json(model.network.groups) : Json();
    json["l1"] = model.l1;
    json["epochs"] = summary.epochs;
    json["parameters"] = parameterCount(model.network);
    json["wrong"] = orNull(summary.wrong);
    json["test_accuracy"] = orNull(summary.testAccuracy);
    json["test_loss"] = orNull(summary.testLoss);
    json["best_wrong"] = orNull(summary.bestWrong);
    json["train_seconds"] = summary.trainSeconds;
    json["images_per_second"] = orNull(summary.imagesPerSecond);
    json["outcome"] = kOutcomeNames.at(static_cast<std::size_t>(history.outcome));
    if (!history.error.empty()) {
        json["error"] = history.error;
    }
    return json;
}

template <typename Value>
Value named(const JsonFields& fields, const char* field,
            std::optional<Value> (*valueNamed)(std::string_view)) {
    const auto value = valueNamed(fields.get<std::string>(field));
    if (!value) {
        fields.fail(field, "holds an unknown name");
    }
    return *value;
}

template <typename Value>
std::optional<Value> optional(const JsonFields& fields, const char* field) {
    return fields.isGiven(field) ? std::optional(fields.get<Value>(field)) : std::nullopt;
}

ModelSummary parseSummary(const JsonFields& fields) {
    const auto count = [&](const char* field) {
        return fields.isGiven(field) ? std::optional(fields.count(field)) : std::nullopt;
    };
    return {.epochs = fields.count("epochs"),
            .wrong = count("wrong"),
            .testAccuracy = optional<double>(fields, "test_accuracy"),
            .testLoss = optional<double>(fields, "test_loss"),
            .bestWrong = count("best_wrong"),
            .trainSeconds = fields.getOr("train_seconds", 0.0),
            .imagesPerSecond = optional<double>(fields, "images_per_second")};
}

/// Nothing but the report asks for them: a run without them is as good as any other.
RunVersions parseVersions(const Json& json) {
    const auto version = [&](const char* name) -> std::string {
        if (!json.is_object() || !json.contains(name) || !json.at(name).is_string()) {
            return {};
        }
        return json.at(name).get<std::string>();
    };
    return {.normscope = version("normscope"), .libtorch = version("libtorch")};
}

/// A folder name need not be UTF-8; what is not is replaced rather than lost with the file.
std::string textOf(const Json& json) {
    return json.dump(/*indent=*/2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) +
           "\n";
}

void parseModelInto(Run& run, const JsonFields& fields) {
    ModelConfig model;
    model.label = fields.get<std::string>("label");
    model.network.kind = named(fields, "norm", &normKindNamed);
    if (model.network.kind == NormKind::Group) {
        const std::vector<int> groups = fields.integers("groups");
        if (groups.size() != model.network.groups.size()) {
            fields.fail("groups", "does not hold " + std::to_string(kNormLayerCount) + " numbers");
        }
        std::ranges::copy(groups, model.network.groups.begin());
    }
    model.l1 = fields.get<double>("l1");
    ModelHistory history;
    const auto outcome = std::ranges::find(kOutcomeNames, fields.get<std::string>("outcome"));
    if (outcome == kOutcomeNames.end()) {
        fields.fail("outcome", "holds an unknown name");
    }
    history.outcome = static_cast<Outcome>(outcome - kOutcomeNames.begin());
    history.error = fields.getOr<std::string>("error", "");
    run.config.models.push_back(std::move(model));
    run.models.push_back(std::move(history));
}

}  // namespace

std::string formatComparison(const Run& run, const std::vector<ModelSummary>& summaries) {
    const TrainingConfig& config = run.config;
    Json json;
    json["command"] = run.command;
    json["versions"] = {{"normscope", programVersion()}, {"libtorch", torchVersion()}};
    json["dataset"] = {{"folder", run.dataset.folder},
                       {"checksum", run.dataset.checksum},
                       {"train_total", run.dataset.trainTotal},
                       {"test_total", run.dataset.testTotal}};
    json["seed"] = config.seed;
    json["threads"] = config.threads;
    json["engine"] = nameOf(config.engine);
    json["batch_size"] = config.batchSize;
    json["learning_rate"] = config.learningRate;
    json["augment"] = nameOf(config.augmentation);
    json["train_limit"] = orNull(config.trainLimit);
    json["cycles"] = config.cycles;
    json["notes"] = run.notes;
    json["models"] = Json::array();
    for (std::size_t i = 0; i < config.models.size(); ++i) {
        json["models"].push_back(modelJson(config.models[i], run.models.at(i), summaries.at(i)));
    }
    return textOf(json);
}

Run parseComparison(std::string_view text, const std::string& file) {
    const Json json = parseJson(text, file);
    const JsonFields fields(json, file + ":");
    Run run;
    run.command = fields.get<std::string>("command");
    run.notes = fields.getOr<std::string>("notes", "");
    const JsonFields dataset = fields.object("dataset");
    run.dataset.folder = dataset.get<std::string>("folder");
    run.dataset.checksum = dataset.get<std::string>("checksum");
    run.dataset.trainTotal = dataset.count("train_total");
    run.dataset.testTotal = dataset.count("test_total");
    run.versions = parseVersions(json.value("versions", Json()));
    run.config.data = run.dataset.folder;
    run.config.seed = fields.seed("seed");
    run.config.threads = fields.integer("threads");
    run.config.engine = named(fields, "engine", &engineNamed);
    run.config.batchSize = fields.integer("batch_size");
    run.config.learningRate = fields.get<double>("learning_rate");
    run.config.augmentation = named(fields, "augment", &augmentationNamed);
    if (fields.isGiven("train_limit")) {
        run.config.trainLimit = fields.integer("train_limit");
    }
    run.config.cycles = fields.integers("cycles");
    const Json& models = fields.at("models");
    if (!models.is_array()) {
        fields.fail("models", "is not an array");
    }
    for (const Json& model : models) {
        const std::string place = "model " + std::to_string(run.models.size() + 1) + ":";
        parseModelInto(run, JsonFields(model, file + ", " + place));
    }
    try {
        validate(run.config);
    } catch (const ConfigError& error) {
        throw std::runtime_error(file + ": " + error.what());
    }
    return run;
}

std::vector<ModelSummary> parseSummaries(std::string_view text, const std::string& file) {
    const Json json = parseJson(text, file);
    std::vector<ModelSummary> summaries;
    for (const Json& model : JsonFields(json, file + ":").at("models")) {
        const std::string place = "model " + std::to_string(summaries.size() + 1) + ":";
        summaries.push_back(parseSummary(JsonFields(model, file + ", " + place)));
    }
    return summaries;
}

std::string parseNotes(std::string_view text, const std::string& file) {
    const Json json = parseJson(text, file);
    return JsonFields(json, file + ":").getOr<std::string>("notes", "");
}

std::string withNotes(std::string_view text, const std::string& file, const std::string& notes) {
    Json json = parseJson(text, file);
    if (!json.is_object()) {
        throw std::runtime_error(file + " is not a JSON object.");
    }
    json["notes"] = notes;
    return textOf(json);
}

}  // namespace normscope
