#include "core/dataset.h"

#include <md5.h>
#include <zlib.h>

#include <array>
#include <bit>
#include <memory>
#include <optional>

namespace normscope {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kImagesMagic = 0x00000803;
constexpr std::uint32_t kLabelsMagic = 0x00000801;
/// More than any set of this form; keeps a damaged header from asking for all the memory there is.
constexpr std::uint32_t kMaxItems = 1'000'000;

class Md5 {
  public:
    Md5() { MD5Init(&context_); }
    void add(std::span<const std::uint8_t> bytes) {
        MD5Update(&context_, bytes.data(), bytes.size());
    }
    std::string hex() {
        std::array<char, MD5_DIGEST_STRING_LENGTH> text{};
        return MD5End(&context_, text.data());
    }

  private:
    MD5_CTX context_{};
};

/// One IDX file, read front to back; zlib reads plain files and gzipped ones alike.
class IdxFile {
  public:
    IdxFile(const fs::path& path, Md5& md5)
        : path_(path), md5_(md5), file_(gzopen(path.c_str(), "rb"), &gzclose) {
        if (file_ == nullptr) {
            fail("cannot be opened");
        }
    }

    std::uint32_t bigEndian() {
        std::array<std::uint8_t, 4> bytes{};
        if (read(bytes) != bytes.size()) {
            fail("is too short to be an IDX file");
        }
        return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
               std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
    }

    std::uint32_t header(std::uint32_t magic, const char* holding) {
        const std::uint32_t found = bigEndian();
        if (found != magic) {
            fail("is not an IDX file of " + std::string(holding) + ": it starts with the number " +
                 std::to_string(found) + " instead of " + std::to_string(magic));
        }
        const std::uint32_t count = bigEndian();
        if (count == 0 || count > kMaxItems) {
            fail("claims to hold " + std::to_string(count) + " " + holding + "; between 1 and " +
                 std::to_string(kMaxItems) + " can be read");
        }
        return count;
    }

    /// Exactly `size` bytes up to the end of the file. Memory grows with what is really there.
    std::vector<std::uint8_t> rest(std::size_t size) {
        std::vector<std::uint8_t> bytes;
        constexpr std::size_t kChunk = 1 << 20;
        // One more is asked for: only then does zlib come to the end of a gzip stream and check it.
        while (bytes.size() <= size) {
            const std::size_t at = bytes.size();
            bytes.resize(std::min(size + 1, at + kChunk));
            const std::size_t got = read(std::span(bytes).subspan(at));
            bytes.resize(at + got);
            if (got == 0) {
                break;
            }
        }
        if (bytes.size() < size) {
            fail("is cut short: it ends after " + std::to_string(bytes.size()) + " of " +
                 std::to_string(size) + " bytes of content");
        }
        if (bytes.size() > size) {
            fail("is longer than the " + std::to_string(size) +
                 " bytes of content that its header announces");
        }
        return bytes;
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw DatasetError(path_.string() + " " + what + ".");
    }

  private:
    /// Bytes read, fewer than asked for only at the end of the file.
    std::size_t read(std::span<std::uint8_t> into) {
        const int got = gzread(file_.get(), into.data(), static_cast<unsigned>(into.size()));
        int error = Z_OK;
        gzerror(file_.get(), &error);
        if (got < 0 || (error != Z_OK && error != Z_STREAM_END)) {
            fail(error == Z_BUF_ERROR ? "is cut short: its gzip stream has no end"
                 : error == Z_ERRNO   ? "cannot be read from the disk"
                                      : "is damaged: its gzip stream cannot be unpacked");
        }
        const auto count = static_cast<std::size_t>(got);
        md5_.add(into.first(count));
        return count;
    }

    fs::path path_;
    Md5& md5_;
    std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
};

fs::path findFile(const fs::path& folder, const char* name) {
    for (const fs::path& path : {folder / name, folder / (std::string(name) + ".gz")}) {
        std::error_code error;
        if (fs::is_regular_file(path, error)) {
            return path;
        }
    }
    throw DatasetError("The folder " + folder.string() + " holds neither " + name + " nor " + name +
                       ".gz.");
}

/// Reads the header of a file of labels, one for each of so many images.
void matchLabels(IdxFile& labels, std::uint32_t count, const fs::path& imagesPath) {
    const std::uint32_t labelCount = labels.header(kLabelsMagic, "labels");
    if (labelCount != count) {
        labels.fail("holds " + std::to_string(labelCount) + " labels for the " +
                    std::to_string(count) + " images of " + imagesPath.filename().string());
    }
}

DigitSet readSet(const fs::path& imagesPath, const fs::path& labelsPath, Md5& md5) {
    IdxFile images(imagesPath, md5);
    const std::uint32_t count = images.header(kImagesMagic, "images");
    const std::uint32_t rows = images.bigEndian();
    const std::uint32_t columns = images.bigEndian();
    if (rows != kImageSide || columns != kImageSide) {
        images.fail("holds images of " + std::to_string(rows) + " x " + std::to_string(columns) +
                    " pixels; the network reads 28 x 28");
    }
    // Before the images are unpacked: a small file may claim to hold very many.
    Md5 unused;
    IdxFile labelsAhead(labelsPath, unused);
    matchLabels(labelsAhead, count, imagesPath);
    DigitSet set;
    set.pixels = images.rest(std::size_t{count} * kImagePixels);

    IdxFile labels(labelsPath, md5);
    matchLabels(labels, count, imagesPath);
    set.labels = labels.rest(count);
    for (std::size_t i = 0; i < set.labels.size(); ++i) {
        if (set.labels[i] >= kClassCount) {
            labels.fail("has the label " + std::to_string(set.labels[i]) + " at position " +
                        std::to_string(i) + "; labels are 0 to 9");
        }
    }
    return set;
}

}  // namespace

std::span<const std::uint8_t, kImagePixels> DigitSet::image(int index) const {
    return std::span(pixels)
        .subspan(static_cast<std::size_t>(index) * kImagePixels)
        .first<kImagePixels>();
}

Dataset readDataset(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        throw DatasetError("There is no folder " + folder.string() + " to read images from.");
    }
    // All four are looked for before the first is read: a missing one is told at once.
    std::array<fs::path, kIdxFiles.size()> paths;
    for (std::size_t i = 0; i < kIdxFiles.size(); ++i) {
        paths[i] = findFile(folder, kIdxFiles[i]);
    }
    Md5 md5;
    Dataset dataset;
    dataset.folder = folder;
    dataset.train = readSet(paths[0], paths[1], md5);
    dataset.test = readSet(paths[2], paths[3], md5);
    dataset.checksum = md5.hex();
    return dataset;
}

fs::path bundledDataset(const fs::path& executable) {
    const fs::path folder = executable.parent_path();
    const std::array candidates{folder / "../share/normscope/datasets/mnist",
                                folder / "../../resources/datasets/mnist"};
    for (const fs::path& candidate : candidates) {
        std::error_code error;
        if (fs::is_directory(candidate, error)) {
            return fs::canonical(candidate);
        }
    }
    throw DatasetError("The MNIST files that come with Normscope are missing beside " +
                       executable.string() + "; name a folder that holds them.");
}

const std::array<float, 256>& networkInputOfGrey() {
    static const auto inputs = [] {
        std::array<float, 256> table{};
        for (std::size_t grey = 0; grey < table.size(); ++grey) {
            table[grey] =
                (static_cast<float>(grey) / 255.0F - kPixelMean) / kPixelStandardDeviation;
        }
        return table;
    }();
    return inputs;
}

}  // namespace normscope
