#include "app/experiment_loader.h"

#include <utility>

#include "app/new_folder.h"
#include "app/save_elsewhere.h"
#include "core/run_writer.h"

namespace normscope {

ExperimentLoader::ExperimentLoader(std::shared_ptr<DatasetCache> datasets, TrainerFactory factory,
                                   QObject* parent)
    : QObject(parent),
      datasets_(std::move(datasets)),
      factory_(std::move(factory)),
      thread_(QStringLiteral("experiment")) {}

void ExperimentLoader::post(TaskThread::Task task) {
    thread_.post(std::move(task), [this](const QString& why) { emit failed(why); });
}

TaskThread::Answer ExperimentLoader::answer(Experiment experiment) {
    return [this, read = std::make_shared<const Experiment>(std::move(experiment))] {
        emit experimentRead(read);
    };
}

void ExperimentLoader::create(const ExperimentSpec& spec, const std::filesystem::path& parent) {
    post([this, spec, parent] {
        dataset_ = datasets_->read(spec.base.data);  // before anything is written
        TaskThread::turnTo(parent);
        return answer(createExperiment(spec, makeTimedFolder(parent)));
    });
}

void ExperimentLoader::read(const std::filesystem::path& folder) {
    post([this, folder] {
        TaskThread::turnTo(folder);
        return answer(readExperiment(folder));
    });
}

void ExperimentLoader::findInterrupted(const std::filesystem::path& parent) {
    thread_.post([this, parent]() -> TaskThread::Answer {
        TaskThread::turnTo(parent);
        const auto found = interruptedLast(parent);
        return !found
                   ? nullptr
                   : TaskThread::Answer([this, found = *found] { emit foundInterrupted(found); });
    });
}

void ExperimentLoader::refresh(std::shared_ptr<const Experiment> experiment, std::size_t run,
                               std::shared_ptr<RunWriter> writer) {
    post([this, experiment = std::move(experiment), run, writer = std::move(writer)] {
        TaskThread::turnTo(experiment->folder);
        if (!writer->problem().empty()) {
            writer->writeMissing();
        }
        Experiment refreshed = *experiment;
        refreshRun(refreshed, run);
        return answer(std::move(refreshed));
    });
}

void ExperimentLoader::saveElsewhere(std::shared_ptr<RunWriter> writer,
                                     const std::filesystem::path& parent) {
    post([this, writer = std::move(writer), parent]() -> TaskThread::Answer {
        TaskThread::turnTo(parent);
        return [this, folder = normscope::saveElsewhere(*writer, parent)] {
            emit savedElsewhere(folder);
        };
    });
}

void ExperimentLoader::prepare(std::shared_ptr<const Experiment> experiment, std::size_t run) {
    post([this, experiment = std::move(experiment), run]() -> TaskThread::Answer {
        dataset_ = datasets_->read(experiment->spec.base.data);
        TaskThread::turnTo(experiment->folder);
        auto ready = std::make_shared<const PreparedRun>(
            prepareExperimentRun(*experiment, run, dataset_, factory_));
        return [this, run, ready = std::move(ready)] { emit prepared(run, ready); };
    });
}

}  // namespace normscope
