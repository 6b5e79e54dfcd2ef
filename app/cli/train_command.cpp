#include <cstdio>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/kept_settings.h"
#include "app/cli/rescue.h"
#include "app/cli/visible_training.h"
#include "core/run_lock.h"
#include "core/run_writer.h"
#include "core/trainer.h"

namespace normscope {
namespace {

PreparedRun prepare(const CommandLine& line) {
    const std::filesystem::path out = line.path("out");
    const bool continues = line.isSet("resume") || line.isSet("more-epochs");
    std::error_code error;
    const bool holdsRun = std::filesystem::exists(out / kComparisonFile, error);
    if (!continues) {
        const TrainingConfig config = line.trainingConfig();
        if (holdsRun) {
            throw std::runtime_error("The folder " + out.string() +
                                     " already holds a run; choose another, or go on with it by "
                                     "--resume or --more-epochs.");
        }
        auto dataset = std::make_shared<const Dataset>(readDataset(dataFolder(line)));
        PreparedRun prepared = prepareNewRun(config, out, std::move(dataset));
        prepared.writer = RunWriter::create(prepared.run);
        return prepared;
    }
    const int moreEpochs = line.isSet("more-epochs") ? line.integer("more-epochs", 1, 1000) : 0;
    if (!holdsRun) {
        throw std::runtime_error("The folder " + out.string() + " holds no run to go on with.");
    }
    auto [lock, run] = readLocked(out);
    refuseContradictions(line, run.config, "run");
    const std::filesystem::path data = line.isSet("data") ? line.path("data") : run.config.data;
    auto dataset = std::make_shared<const Dataset>(readDataset(data));
    PreparedRun prepared =
        prepareContinuation(std::move(run), moreEpochs, std::move(dataset), &makeTrainer);
    prepared.writer = RunWriter::reopen(prepared.run, std::move(lock));
    return prepared;
}

void printResults(const PreparedRun& prepared, const std::vector<ModelHistory>& histories) {
    const int testTotal = prepared.dataset->test.size();
    const int images = trainingImages(prepared.run.config, prepared.dataset->train.size());
    for (std::size_t i = 0; i < histories.size(); ++i) {
        const ModelSummary summary = summarize(histories[i], images, testTotal);
        const char* label = prepared.run.config.models[i].label.c_str();
        if (!summary.wrong) {
            std::printf("%s: no epoch finished\n", label);
            continue;
        }
        std::printf("%s: %d of %d wrong (accuracy %.2f %%), test loss %.4f, %d epochs in %.1f s\n",
                    label, *summary.wrong, testTotal, 100 * *summary.testAccuracy,
                    *summary.testLoss, summary.epochs, summary.trainSeconds);
    }
}

}  // namespace

int runTrain(const QStringList& arguments) {
    CommandLine line("train", "Trains networks that differ in their normalization, side by side.");
    line.addTrainingOptions();
    line.addOption("resume", "Goes on with the run in --out from its last finished epoch.");
    line.addOption("more-epochs", "Gives the run in --out another cycle of N epochs.", "N");
    line.addOption("out", "Folder of the run.", "DIR");
    if (!line.parse(arguments)) {
        return 0;
    }
    catchInterrupts();
    const PreparedRun prepared = prepare(line);
    const VisibleTraining training = trainVisibly(prepared);
    printResults(prepared, training.histories);

    if (!training.writeProblem.empty()) {
        saveSomewhere(*prepared.writer);
    }
    for (const ModelHistory& history : training.histories) {
        if (!history.error.empty()) {
            throw std::runtime_error(history.error);
        }
    }
    if (training.interrupted) {
        throw std::runtime_error("Interrupted; the finished epochs are in " +
                                 prepared.run.folder.string() + ", go on with --resume.");
    }
    return 0;
}

}  // namespace normscope
