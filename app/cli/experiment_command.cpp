#include <cstdio>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/kept_settings.h"
#include "app/cli/rescue.h"
#include "app/cli/visible_training.h"
#include "core/experiment_runner.h"
#include "core/numbers.h"
#include "core/trainer.h"
#include "ui/experiment/experiment_texts.h"

namespace normscope {
namespace {

/// Numbers on standard output have a decimal point everywhere.
const QLocale kPlain = QLocale::c();

void print(const QString& line) {
    std::puts(line.toUtf8().constData());
}

ExperimentKind kindOf(const CommandLine& line) {
    const std::string name = line.required("kind");
    const auto kind = experimentKindNamed(name);
    if (!kind) {
        throw UsageError("--kind: there is no experiment \"" + name +
                         "\"; choose seeds or batch-size.");
    }
    return *kind;
}

std::vector<int> sizesOf(const CommandLine& line) {
    std::vector<int> sizes;
    const std::string text = line.text("sizes");
    for (const std::string_view piece : split(text, ',')) {
        constexpr int kLargest = 1'000'000;
        const auto size = parseInteger(piece);
        if (!size || *size < 1 || *size > kLargest) {
            throw UsageError("--sizes: \"" + std::string(piece) + "\" is not a batch size.");
        }
        sizes.push_back(static_cast<int>(*size));
    }
    return sizes;
}

ExperimentSpec specOf(const CommandLine& line) {
    ExperimentSpec spec;
    spec.kind = kindOf(line);
    if (spec.kind == ExperimentKind::Seeds && line.isSet("sizes")) {
        throw UsageError("--sizes is of --kind batch-size.");
    }
    if (spec.kind == ExperimentKind::BatchSize && line.isSet("seeds")) {
        throw UsageError("--seeds is of --kind seeds.");
    }
    spec.base = line.trainingConfig();
    spec.seeds = line.integer("seeds", 0, 1'000'000);
    spec.sizes = sizesOf(line);
    try {
        planRuns(spec);
    } catch (const ConfigError& error) {
        throw UsageError("--" + error.field() + ": " + error.what());
    }
    return spec;
}

void refuseContradictions(const CommandLine& line, const ExperimentSpec& given,
                          const ExperimentSpec& kept) {
    const auto require = [](bool same, const char* option) {
        if (!same) {
            throw UsageError(std::string("--") + option +
                             ": the experiment in --out was begun with another value, which "
                             "stays.");
        }
    };
    require(given.kind == kept.kind, "kind");
    require(!line.isSet("seeds") || given.seeds == kept.seeds, "seeds");
    require(!line.isSet("sizes") || given.sizes == kept.sizes, "sizes");
    refuseContradictions(line, kept.base, "experiment");
}

std::shared_ptr<const Dataset> readImages(const CommandLine& line, const ExperimentSpec& spec) {
    const bool named = !line.isSet("data") && !spec.base.data.empty();
    return std::make_shared<const Dataset>(readDataset(named ? spec.base.data : dataFolder(line)));
}

void printSeeds(const Experiment& experiment) {
    const SeedResults results = seedResults(experiment);
    for (std::size_t model = 0; model < results.models.size(); ++model) {
        QStringList counts;
        for (const std::optional<int>& wrong : results.models[model].wrong) {
            counts << (wrong ? kPlain.toString(*wrong) : QStringLiteral("-"));
        }
        print(QStringLiteral("%1: %2 (%3)")
                  .arg(QString::fromStdString(experiment.spec.base.models[model].label),
                       seedSummary(results.models[model], results.testTotal, kPlain),
                       counts.join(QStringLiteral(", "))));
    }
    for (const QString& sentence : seedClaims(experiment, results, kPlain)) {
        print(sentence);
    }
}

void printSweep(const Experiment& experiment) {
    const SweepResults results = sweepResults(experiment);
    print(
        QStringLiteral("Test error in percent, median of the last %1 epochs:").arg(results.epochs));
    constexpr int kColumn = 10;
    QString heads = QStringLiteral("batch size");
    for (const ModelConfig& model : experiment.spec.base.models) {
        heads += "  " + QString::fromStdString(model.label).rightJustified(kColumn);
    }
    print(heads);
    for (std::size_t place = 0; place < results.sizes.size(); ++place) {
        QString row = kPlain.toString(results.sizes[place]).rightJustified(kColumn);
        for (std::size_t model = 0; model < results.models.size(); ++model) {
            const SweepPoint& point = results.models[model][place];
            const QString text = point.error      ? errorText(*point.error, kPlain)
                                 : point.diverged ? QStringLiteral("diverged")
                                                  : QStringLiteral("-");
            const int width = static_cast<int>(experiment.spec.base.models[model].label.size());
            row += "  " + text.rightJustified(std::max(kColumn, width));
        }
        print(row);
    }
    for (const QString& sentence : sweepFindings(experiment, results, kPlain)) {
        print(sentence);
    }
}

/// The experiment in --out, which goes on, or a new one there, with the images that it is about.
struct OpenedExperiment {
    Experiment experiment;
    std::shared_ptr<const Dataset> dataset;
};
OpenedExperiment openExperiment(const CommandLine& line) {
    const ExperimentSpec spec = specOf(line);
    const std::filesystem::path out = line.path("out");
    OpenedExperiment opened;
    std::error_code error;
    if (std::filesystem::exists(out / kExperimentFile, error)) {
        opened.experiment = readExperiment(out);
        refuseContradictions(line, spec, opened.experiment.spec);
        opened.dataset = readImages(line, opened.experiment.spec);
    } else {
        opened.dataset = readImages(line, spec);
        opened.experiment = createExperiment(spec, out);
    }
    return opened;
}

/// Whatever keeps a model from its epochs, but for divergence, would do so without end.
void refuseToGoOn(const std::string& run, const std::vector<ModelHistory>& histories) {
    for (const ModelHistory& history : histories) {
        if (history.outcome == Outcome::Stopped && !history.error.empty()) {
            throw std::runtime_error(run + ": " + history.error);
        }
    }
}

/// Trains what is left of it.
void runThrough(Experiment& experiment, const std::shared_ptr<const Dataset>& dataset) {
    while (const auto next = nextRun(experiment)) {
        const PreparedRun prepared = prepareExperimentRun(experiment, *next, dataset, &makeTrainer);
        std::fprintf(stderr, "%s (%zu of %zu)\n", experiment.runs[*next].name.c_str(), *next + 1,
                     experiment.runs.size());
        const VisibleTraining training = trainVisibly(prepared);
        if (!training.writeProblem.empty()) {
            saveSomewhere(*prepared.writer);
        }
        refreshRun(experiment, *next);
        refuseToGoOn(experiment.runs[*next].name, training.histories);
        if (training.interrupted && nextRun(experiment)) {
            throw std::runtime_error("Interrupted; what is finished is in " +
                                     experiment.folder.string() + ", go on with the same command.");
        }
    }
}

void reportFailures(const Experiment& experiment) {
    for (const ExperimentRun& run : experiment.runs) {
        for (const ModelHistory& history : run.run->models) {
            if (history.outcome == Outcome::Failed) {
                throw std::runtime_error(run.name + ": " + history.error);
            }
        }
    }
}

}  // namespace

int runExperiment(const QStringList& arguments) {
    CommandLine line("experiment",
                     "Trains the same comparison from several seeds or with several batch sizes.");
    line.addOption("kind", "seeds, or batch-size: the sweep of the Group Normalization paper.",
                   "KIND");
    const ExperimentSpec defaults;
    line.addOption("seeds", "How many seeds, counted on from --seed.", "K",
                   QString::number(defaults.seeds));
    line.addOption("sizes",
                   "The batch sizes. The learning rate is scaled with them from that of "
                   "--batch-size.",
                   "N,...", QStringLiteral("32,16,8,4,2"));
    line.addTrainingOptions();
    line.addOption("out",
                   "Folder of the experiment. The same command goes on with one that was "
                   "interrupted.",
                   "DIR");
    if (!line.parse(arguments)) {
        return 0;
    }
    catchInterrupts();
    auto [experiment, dataset] = openExperiment(line);
    runThrough(experiment, dataset);
    if (experiment.spec.kind == ExperimentKind::Seeds) {
        printSeeds(experiment);
    } else {
        printSweep(experiment);
    }
    reportFailures(experiment);
    return 0;
}

}  // namespace normscope
