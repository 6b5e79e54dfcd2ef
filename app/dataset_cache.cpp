#include "app/dataset_cache.h"

#include <QDir>

namespace normscope {

std::shared_ptr<const Dataset> DatasetCache::read(const std::filesystem::path& folder) {
    const std::filesystem::path& wanted = folder.empty() ? bundled_ : folder;
    if (wanted.empty()) {
        throw DatasetError(
            "The MNIST files that come with Normscope are missing; open a data folder that holds "
            "them.");
    }
    // Held while reading: whoever wants the same set waits for it instead of reading it again.
    const std::scoped_lock lock(mutex_);
    std::weak_ptr<const Dataset>& place = inUse_[wanted];
    std::shared_ptr<const Dataset> dataset = place.lock();
    if (!dataset) {
        dataset = std::make_shared<const Dataset>(readDataset(wanted));
        place = dataset;
    }
    return dataset;
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
