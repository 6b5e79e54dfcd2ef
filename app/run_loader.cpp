#include "app/run_loader.h"

#include <utility>

#include "core/run_writer.h"

namespace normscope {

class RunLoader::Reader : public QObject {
  public:
    explicit Reader(std::filesystem::path bundledData) : bundledData_(std::move(bundledData)) {}

    std::shared_ptr<const Dataset> dataset(const std::filesystem::path& folder) {
        const std::filesystem::path wanted = folder.empty() ? bundledData_ : folder;
        if (!dataset_ || dataset_->folder != wanted) {
            dataset_ = std::make_shared<const Dataset>(readDataset(wanted));
        }
        return dataset_;
    }

  private:
    std::filesystem::path bundledData_;
    std::shared_ptr<const Dataset> dataset_;
};

RunLoader::RunLoader(std::filesystem::path bundledData, TrainerFactory factory, QObject* parent)
    : QObject(parent),
      factory_(std::move(factory)),
      reader_(std::make_unique<Reader>(std::move(bundledData))) {
    reader_->moveToThread(&thread_);
    thread_.setObjectName("files");
    thread_.start();
}

RunLoader::~RunLoader() {
    thread_.quit();
    thread_.wait();
}

template <typename Task>
void RunLoader::post(Task task) {
    QMetaObject::invokeMethod(
        reader_.get(),
        [this, task = std::move(task)] {
            // The signals are queued to the window's thread; no exception leaves this one.
            try {
                task(*reader_);
            } catch (const std::exception& error) {
                emit failed(QString::fromStdString(error.what()));
            }
        },
        Qt::QueuedConnection);
}

void RunLoader::readData(const std::filesystem::path& folder) {
    post([this, folder](Reader& reader) { emit dataRead(describe(*reader.dataset(folder))); });
}

void RunLoader::prepareNew(const TrainingConfig& config, const std::filesystem::path& folder) {
    post([this, config, folder](Reader& reader) {
        answer(prepareNewRun(config, folder, reader.dataset(config.data)), &RunWriter::create);
    });
}

void RunLoader::prepareContinuation(const std::filesystem::path& folder, int moreEpochs) {
    post([this, folder, moreEpochs](Reader& reader) {
        Run run = normscope::readRun(folder);
        auto dataset = reader.dataset(run.config.data);
        answer(normscope::prepareContinuation(std::move(run), moreEpochs, std::move(dataset),
                                              factory_),
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

void RunLoader::readRun(const std::filesystem::path& folder) {
    post([this, folder](Reader&) {
        emit runRead(std::make_shared<const Run>(normscope::readRun(folder)));
    });
}

}  // namespace normscope
