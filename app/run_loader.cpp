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

template <typename Task>
void RunLoader::post(Task task) {
    thread_.post([this, task = std::move(task)] {
        // The signals are queued to the window's thread; no exception leaves this one.
        try {
            task();
        } catch (const std::exception& error) {
            emit failed(QString::fromStdString(error.what()));
        }
    });
}

std::shared_ptr<const Dataset> RunLoader::dataset(const std::filesystem::path& folder) {
    dataset_ = datasets_->read(folder);
    return dataset_;
}

void RunLoader::readData(const std::filesystem::path& folder) {
    post([this, folder] { emit dataRead(describe(*dataset(folder))); });
}

void RunLoader::prepareNew(const TrainingConfig& config, const std::filesystem::path& folder) {
    post([this, config, folder] {
        answer(prepareNewRun(config, folder, dataset(config.data)), &RunWriter::create);
    });
}

void RunLoader::prepareContinuation(const std::filesystem::path& folder, int moreEpochs) {
    post([this, folder, moreEpochs] {
        Run run = readRun(folder);
        auto images = dataset(run.config.data);
        answer(
            normscope::prepareContinuation(std::move(run), moreEpochs, std::move(images), factory_),
            &RunWriter::reopen);
    });
}

void RunLoader::answer(PreparedRun run, std::shared_ptr<RunWriter> (*makeWriter)(Run)) {
    QString problem;
    try {
        run.writer = makeWriter(run.run);
    } catch (const std::exception& error) {
        problem = tr("%1 The training goes on, but nothing of it is saved.")
                      .arg(QString::fromStdString(error.what()));
    }
    emit prepared(std::make_shared<const PreparedRun>(std::move(run)), problem);
}

}  // namespace normscope
