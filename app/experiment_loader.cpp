#include "app/experiment_loader.h"

#include <utility>

namespace normscope {

ExperimentLoader::ExperimentLoader(std::shared_ptr<DatasetCache> datasets, TrainerFactory factory,
                                   QObject* parent)
    : QObject(parent),
      datasets_(std::move(datasets)),
      factory_(std::move(factory)),
      thread_(QStringLiteral("experiment")) {}

template <typename Task>
void ExperimentLoader::post(Task task) {
    thread_.post([this, task = std::move(task)] {
        // The signals are queued to the window's thread; no exception leaves this one.
        try {
            task();
        } catch (const std::exception& error) {
            emit failed(QString::fromStdString(error.what()));
        }
    });
}

void ExperimentLoader::create(const ExperimentSpec& spec, const std::filesystem::path& folder) {
    post([this, spec, folder] {
        dataset_ = datasets_->read(spec.base.data);  // before anything is written
        emit experimentRead(std::make_shared<const Experiment>(createExperiment(spec, folder)));
    });
}

void ExperimentLoader::read(const std::filesystem::path& folder) {
    post([this, folder] {
        emit experimentRead(std::make_shared<const Experiment>(readExperiment(folder)));
    });
}

void ExperimentLoader::refresh(std::shared_ptr<const Experiment> experiment, std::size_t run) {
    post([this, experiment = std::move(experiment), run] {
        auto refreshed = std::make_shared<Experiment>(*experiment);
        refreshRun(*refreshed, run);
        emit experimentRead(std::move(refreshed));
    });
}

void ExperimentLoader::prepare(std::shared_ptr<const Experiment> experiment, std::size_t run) {
    post([this, experiment = std::move(experiment), run] {
        dataset_ = datasets_->read(experiment->spec.base.data);
        emit prepared(run, std::make_shared<const PreparedRun>(
                               prepareExperimentRun(*experiment, run, dataset_, factory_)));
    });
}

}  // namespace normscope
