#pragma once

#include <filesystem>

namespace normscope {

/// Held while a file of the folder is read, changed and written again: other threads and other
/// programs that hold one for the same folder wait. Where the file system knows no locks it holds
/// nothing, and nothing is said.
class FolderLock {
  public:
    explicit FolderLock(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

  private:
    int descriptor_;
};

}  // namespace normscope
