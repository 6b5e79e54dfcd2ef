#include "core/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace normscope {
namespace {

constexpr const char* kPart = ".part";

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path, int error) {
    throw std::runtime_error(what + " " + path.string() + ": " +
                             std::generic_category().message(error) + ".");
}

[[noreturn]] void failAsTooLarge(const std::filesystem::path& path, std::size_t limit) {
    throw std::runtime_error("Cannot read " + path.string() + ": it is larger than " +
                             std::to_string(limit) + " bytes, so it is not such a file.");
}

/// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) {
            ::close(value_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }
    /// Some file systems report a full disk only here.
    bool close() { return ::close(std::exchange(value_, -1)) == 0; }

  private:
    int value_;
};

bool writeAll(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return false;
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

void writeFile(const std::filesystem::path& path, std::string_view content) {
    const std::filesystem::path beside = path.string() + kPart;
    Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    const bool written = file.get() >= 0 && writeAll(file.get(), content) &&
                         ::fsync(file.get()) == 0 && file.close() &&
                         ::rename(beside.c_str(), path.c_str()) == 0;
    if (!written) {
        const int error = errno;
        ::unlink(beside.c_str());
        fail("Cannot write", path, error);
    }
}

void removeLeftovers(const std::filesystem::path& folder) {
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator(folder, error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        if (entry->path().extension() == kPart) {
            ::unlink(entry->path().c_str());
        }
    }
}

void syncFolder(const std::filesystem::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.get() >= 0) {
        ::fsync(opened.get());
    }
}

std::string readFile(const std::filesystem::path& path, std::size_t limit) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        fail("Cannot read", path, EISDIR);
    }
    const std::uintmax_t size = std::filesystem::file_size(path, error);  // of no pipe, say
    if (!error && size > limit) {
        failAsTooLarge(path, limit);
    }
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        fail("Cannot read", path, errno != 0 ? errno : EIO);
    }
    std::string content;
    constexpr std::size_t kChunk = 1 << 16;
    while (file) {
        const std::size_t before = content.size();
        content.resize(before + kChunk);
        file.read(content.data() + before, kChunk);
        content.resize(before + static_cast<std::size_t>(file.gcount()));
        if (content.size() > limit) {
            failAsTooLarge(path, limit);
        }
    }
    if (file.bad()) {
        fail("Cannot read", path, EIO);
    }
    return content;
}

void createFolder(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) {
        fail("Cannot create the folder", path, error.value());
    }
}

bool createNewFolder(const std::filesystem::path& path) {
    constexpr mode_t kMode = 0777;
    if (::mkdir(path.c_str(), kMode) == 0) {
        return true;
    }
    if (errno != EEXIST) {
        fail("Cannot create the folder", path, errno);
    }
    return false;
}

}  // namespace normscope
