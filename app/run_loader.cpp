#include "app/run_loader.h"

#include <utility>

#include "core/run_writer.h"

namespace normscope {

RunLoader::RunLoader(std::shared_ptr<DatasetCache> datasets, TrainerFactory factory,
                     QObject* parent)
    : QObject(parent),
      datasets_(std::move(datasets)),
      factory_(std::move(factory)),
      thread_(QStringLiteral("files")) {}

void RunLoader::post(TaskThread::Task task) {
    thread_.post(std::move(task), [this](const QString& why) { emit failed(why); });
}

std::shared_ptr<const Dataset> RunLoader::dataset(const std::filesystem::path& folder) {
    dataset_ = datasets_->read(folder);
    return dataset_;
}

void RunLoader::readData(const std::filesystem::path& folder) {
    post([this, folder]() -> TaskThread::Answer {
        return [this, info = describe(*dataset(folder))] { emit dataRead(info); };
    });
}

void RunLoader::prepareNew(const TrainingConfig& config, const std::filesystem::path& folder) {
    post([this, config, folder] {
        return answer(prepareNewRun(config, folder, dataset(config.data)), &RunWriter::create);
    });
}

void RunLoader::prepareContinuation(const std::filesystem::path& folder, int moreEpochs) {
    post([this, folder, moreEpochs] {
        Run run = readRun(folder);
        auto images = dataset(run.config.data);
        return answer(
            normscope::prepareContinuation(std::move(run), moreEpochs, std::move(images), factory_),
            &RunWriter::reopen);
    });
}

TaskThread::Answer RunLoader::answer(PreparedRun run,
                                     std::shared_ptr<RunWriter> (*makeWriter)(Run)) {
    QString problem;
    try {
        run.writer = makeWriter(run.run);
    } catch (const std::exception& error) {
        problem = tr("%1 The training goes on, but nothing of it is saved.")
                      .arg(QString::fromStdString(error.what()));
    }
    return [this, run = std::make_shared<const PreparedRun>(std::move(run)), problem] {
        emit prepared(run, problem);
    };
}

}  // namespace normscope
