#include "app/dataset_cache.h"

#include <QDir>

#include "app/task_thread.h"

namespace normscope {

std::shared_ptr<const Dataset> DatasetCache::read(const std::filesystem::path& folder) {
    const std::filesystem::path& wanted = folder.empty() ? bundled_ : folder;
    if (wanted.empty()) {
        throw DatasetError(
            "The MNIST files that come with Normscope are missing; open a data folder that holds "
            "them.");
    }
    TaskThread::turnTo(wanted);
    Place& place = placeOf(wanted);
    const std::scoped_lock lock(place.reading);
    std::shared_ptr<const Dataset> dataset = place.dataset.lock();
    if (!dataset) {
        dataset = std::make_shared<const Dataset>(readDataset(wanted));
        place.dataset = dataset;
    }
    return dataset;
}

DatasetCache::Place& DatasetCache::placeOf(const std::filesystem::path& folder) {
    const std::scoped_lock lock(mutex_);
    return places_[folder];
}

std::shared_ptr<const Dataset> DatasetCache::readImages(const DatasetInfo& images) {
    std::string problem =
        "The images in " + images.folder + " are not those that the run was made with.";
    for (const std::filesystem::path& folder : {std::filesystem::path(images.folder), bundled_}) {
        try {
            auto dataset = read(folder);
            if (dataset->checksum == images.checksum) {
                return dataset;
            }
        } catch (const DatasetError& error) {
            if (folder == images.folder) {
                problem = error.what();
            }
        }
    }
    throw DatasetError(problem);
}

QString nameOfData(const std::filesystem::path& folder, const std::filesystem::path& bundled) {
    return folder.empty() || folder == bundled
               ? QStringLiteral("MNIST")
               : QDir(QString::fromStdString(folder.string())).dirName();
}

}  // namespace normscope
