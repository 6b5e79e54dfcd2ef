#include "core/experiment_json.h"

#include "core/json_fields.h"
#include "core/versions.h"

namespace normscope {
namespace {

Json baseJson(const TrainingConfig& base) {
    Json json;
    json["models"] = Json::array();
    for (const ModelConfig& model : base.models) {
        json["models"].push_back(formatModel(model));
    }
    json["epochs"] = base.epochs();
    json["batch_size"] = base.batchSize;
    json["learning_rate"] = base.learningRate;
    json["augment"] = nameOf(base.augmentation);
    json["seed"] = base.seed;
    json["threads"] = base.threads;
    json["engine"] = nameOf(base.engine);
    json["train_limit"] = base.trainLimit ? Json(*base.trainLimit) : Json();
    json["data"] = base.data.string();
    return json;
}

TrainingConfig parseBase(const JsonFields& fields) {
    TrainingConfig base;
    for (const auto& model : fields.get<std::vector<std::string>>("models")) {
        base.models.push_back(parseModel(model));
    }
    base.cycles = {fields.integer("epochs")};
    base.batchSize = fields.integer("batch_size");
    base.learningRate = fields.get<double>("learning_rate");
    const auto augmentation = augmentationNamed(fields.get<std::string>("augment"));
    if (!augmentation) {
        fields.fail("augment", "holds an unknown name");
    }
    base.augmentation = *augmentation;
    base.seed = fields.seed("seed");
    base.threads = fields.integer("threads");
    const auto engine = engineNamed(fields.get<std::string>("engine"));
    if (!engine) {
        fields.fail("engine", "holds an unknown name");
    }
    base.engine = *engine;
    if (fields.isGiven("train_limit")) {
        base.trainLimit = fields.integer("train_limit");
    }
    base.data = fields.get<std::string>("data");
    return base;
}

ExperimentSpec parseSpec(const JsonFields& fields) {
    ExperimentSpec spec;
    const auto kind = experimentKindNamed(fields.get<std::string>("kind"));
    if (!kind) {
        fields.fail("kind", "holds an unknown name");
    }
    spec.kind = *kind;
    spec.base = parseBase(fields.object("base"));
    if (spec.kind == ExperimentKind::Seeds) {
        spec.seeds = fields.integer("seeds");
    } else {
        spec.sizes = fields.integers("sizes");
    }
    return spec;
}

}  // namespace

std::string formatExperiment(const Experiment& experiment) {
    const ExperimentSpec& spec = experiment.spec;
    Json json;
    json["kind"] = nameOf(spec.kind);
    json["command"] = experiment.command;
    json["versions"] = {{"normscope", programVersion()}, {"libtorch", torchVersion()}};
    json["base"] = baseJson(spec.base);
    if (spec.kind == ExperimentKind::Seeds) {
        json["seeds"] = spec.seeds;
    } else {
        json["sizes"] = spec.sizes;
    }
    json["runs"] = Json::array();
    for (const ExperimentRun& run : experiment.runs) {
        json["runs"].push_back(run.name);
    }
    // A folder name need not be UTF-8; what is not is replaced rather than lost with the file.
    return json.dump(/*indent=*/2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) +
           "\n";
}

Experiment parseExperiment(std::string_view text, const std::string& file) {
    const Json json = parseJson(text, file);
    const JsonFields fields(json, file + ":");
    Experiment experiment;
    experiment.command = fields.get<std::string>("command");
    try {
        experiment.spec = parseSpec(fields);
        experiment.runs = planRuns(experiment.spec);
    } catch (const ConfigError& error) {
        throw std::runtime_error(file + ": " + error.what());
    }
    return experiment;
}

}  // namespace normscope
