#include "app/run_loader.h"

#include <utility>

#include "app/new_folder.h"
#include "app/save_elsewhere.h"
#include "core/failure_text.h"
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

void RunLoader::prepareNew(const TrainingConfig& config, const std::filesystem::path& parent) {
    post([this, config, parent] {
        PreparedRun run = prepareNewRun(config, {}, dataset(config.data));
        TaskThread::turnTo(parent);
        try {
            run.run.folder = makeTimedFolder(parent);
            run.run.command = trainCommand(config, run.run.folder);
            run.writer = RunWriter::create(run.run);
        } catch (const std::exception& error) {
            std::error_code none;
            std::filesystem::remove_all(run.run.folder, none);  // half made, and by us
            run.run.folder.clear();
            run.writer = RunWriter::inMemory(run.run, failureText(error));
        }
        return answer(std::move(run));
    });
}

void RunLoader::prepareContinuation(const std::filesystem::path& folder, int moreEpochs) {
    post([this, folder, moreEpochs] {
        TaskThread::turnTo(folder);
        auto [lock, kept] = readLocked(folder);
        auto images = dataset(kept.config.data);
        TaskThread::turnTo(folder);
        PreparedRun run = normscope::prepareContinuation(std::move(kept), moreEpochs,
                                                         std::move(images), factory_);
        try {
            run.writer = RunWriter::reopen(run.run, std::move(lock));
        } catch (const std::exception& error) {
            run.writer = RunWriter::inMemory(run.run, failureText(error));
            run.run.folder.clear();
        }
        return answer(std::move(run));
    });
}

TaskThread::Answer RunLoader::answer(PreparedRun run) {
    return
        [this, run = std::make_shared<const PreparedRun>(std::move(run))] { emit prepared(run); };
}

void RunLoader::saveElsewhere(std::shared_ptr<RunWriter> writer,
                              const std::filesystem::path& parent) {
    postSaving([writer = std::move(writer), parent] {
        TaskThread::turnTo(parent);
        return normscope::saveElsewhere(*writer, parent);
    });
}

void RunLoader::saveAgain(std::shared_ptr<RunWriter> writer) {
    postSaving([writer = std::move(writer)] {
        TaskThread::turnTo(writer->folder());
        writer->writeMissing();
        return writer->folder();
    });
}

void RunLoader::postSaving(std::function<std::filesystem::path()> save) {
    thread_.post(
        [this, save = std::move(save)]() -> TaskThread::Answer {
            return [this, folder = save()] { emit saved(folder, {}); };
        },
        [this](const QString& why) { emit saved({}, why); });
}

}  // namespace normscope
