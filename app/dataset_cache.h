#pragma once

#include <QString>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "core/dataset.h"
#include "core/runs.h"

namespace normscope {

/// Data sets in use: as long as somebody holds one, it is not read again. For all threads but that
/// of the window, which must not wait for a disk.
class DatasetCache {
  public:
    /// `bundled` holds the set that an empty folder stands for; it is empty itself where no set
    /// came with the program, and then only a folder that is named can be read.
    explicit DatasetCache(std::filesystem::path bundled) : bundled_(std::move(bundled)) {}

    const std::filesystem::path& bundled() const { return bundled_; }

    /// Throws DatasetError.
    std::shared_ptr<const Dataset> read(const std::filesystem::path& folder);

    /// The images that a run was made with, wherever they are by now: in their folder, or the
    /// bundled ones where these are the same. Throws DatasetError.
    std::shared_ptr<const Dataset> readImages(const DatasetInfo& images);

  private:
    /// Its lock is held while it is read: whoever wants the same set waits for it instead of
    /// reading it again, and nobody else does.
    struct Place {
        std::mutex reading;
        std::weak_ptr<const Dataset> dataset;
    };

    Place& placeOf(const std::filesystem::path& folder);

    const std::filesystem::path bundled_;
    std::mutex mutex_;
    std::map<std::filesystem::path, Place> places_;
};

/// What people call the set in this folder.
QString nameOfData(const std::filesystem::path& folder, const std::filesystem::path& bundled);

}  // namespace normscope
