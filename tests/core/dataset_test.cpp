#include "core/dataset.h"

#include <gmock/gmock.h>
#include <zlib.h>

#include <functional>

#include "tests/core/peak_memory.h"

namespace normscope {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;
using testing::thrownBy;
using testing::writeAll;

std::string bigEndian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
            static_cast<char>(value >> 8), static_cast<char>(value)};
}

std::string imagesFile(const DigitSet& set) {
    return bigEndian(0x803) + bigEndian(static_cast<std::uint32_t>(set.size())) + bigEndian(28) +
           bigEndian(28) + std::string(set.pixels.begin(), set.pixels.end());
}

std::string labelsFile(const DigitSet& set) {
    return bigEndian(0x801) + bigEndian(static_cast<std::uint32_t>(set.size())) +
           std::string(set.labels.begin(), set.labels.end());
}

std::string gzipped(const std::string& content) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, /*windowBits=*/15 + 16, /*memLevel=*/8,
                 Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, content.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

class DatasetFolder : public ::testing::Test {
  protected:
    void SetUp() override {
        write(0, imagesFile(train_));
        write(1, labelsFile(train_));
        write(2, imagesFile(test_));
        write(3, labelsFile(test_));
    }

    std::filesystem::path path(std::size_t file) const { return folder_.path() / kIdxFiles[file]; }
    void write(std::size_t file, const std::string& content) { writeAll(path(file), content); }
    std::string problem() const {
        return thrownBy([&] { readDataset(folder_.path()); });
    }

    TemporaryFolder folder_;
    DigitSet train_ = testing::makeDigits(7, 3);
    DigitSet test_ = testing::makeDigits(5, 4);
};

TEST_F(DatasetFolder, IsReadPlainAndGzippedAlike) {
    const Dataset plain = readDataset(folder_.path());
    EXPECT_EQ(plain.train.pixels, train_.pixels);
    EXPECT_EQ(plain.train.labels, train_.labels);
    EXPECT_EQ(plain.test.pixels, test_.pixels);
    EXPECT_EQ(plain.test.size(), 5);
    EXPECT_EQ(plain.train.image(3)[10], train_.pixels[3 * 784 + 10]);

    std::filesystem::remove(path(0));
    writeAll(path(0).string() + ".gz", gzipped(imagesFile(train_)));
    const Dataset packed = readDataset(folder_.path());
    EXPECT_EQ(packed.train.pixels, train_.pixels);
    EXPECT_EQ(packed.checksum, plain.checksum);
}

TEST_F(DatasetFolder, ChecksumTellsSetsApart) {
    const std::string before = readDataset(folder_.path()).checksum;
    train_.pixels[100] ^= 1;
    write(0, imagesFile(train_));
    EXPECT_NE(readDataset(folder_.path()).checksum, before);
}

TEST_F(DatasetFolder, MissingFileIsNamed) {
    std::filesystem::remove(path(3));
    EXPECT_THAT(problem(), HasSubstr("holds neither t10k-labels-idx1-ubyte nor"));
}

TEST_F(DatasetFolder, MissingFolderIsNamed) {
    EXPECT_THAT(thrownBy([&] { readDataset(folder_.path() / "nowhere"); }), HasSubstr("nowhere"));
}

/// What unpacks to ten gigabytes of paper: one block that is repeated.
std::string bomb(const std::string& start) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, /*windowBits=*/15 + 16, /*memLevel=*/9,
                 Z_DEFAULT_STRATEGY);
    const auto add = [&](const std::string& content) {
        std::string packed(deflateBound(&stream, content.size()) + 64, '\0');
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
        stream.avail_in = static_cast<uInt>(content.size());
        stream.next_out = reinterpret_cast<Bytef*>(packed.data());
        stream.avail_out = static_cast<uInt>(packed.size());
        deflate(&stream, Z_FULL_FLUSH);
        packed.resize(packed.size() - stream.avail_out);
        return packed;
    };
    std::string file = add(start);
    const std::string block = add(std::string(16 << 20, '\0'));
    deflateEnd(&stream);
    for (int i = 0; i < 640; ++i) {
        file += block;
    }
    return file;
}

TEST_F(DatasetFolder, OfBombsIsRefusedBeforeTheyGoOff) {
    const std::string header = imagesFile(train_).substr(0, 16);
    writeAll(path(0).string() + ".gz", bomb(header));
    std::filesystem::remove(path(0));
    const auto growth = testing::peakGrowthOf(
        [&] { EXPECT_THAT(problem(), HasSubstr("is longer than the 5488 bytes")); });
    EXPECT_LT(growth, testing::kLittleMemory);
}

TEST_F(DatasetFolder, OfAbsurdSizeTakesNoMemory) {
    const auto growth = testing::peakGrowthOf([&] {
        const std::string start = bigEndian(0x803);
        const std::string side = bigEndian(28);
        write(0, start + bigEndian(0x80000000) + side + side);
        EXPECT_THAT(problem(), HasSubstr("claims to hold 2147483648 images"));
        write(0, start + bigEndian(1) + bigEndian(0x7FFFFFFF) + bigEndian(0x7FFFFFFF));
        EXPECT_THAT(problem(), HasSubstr("holds images of 2147483647 x 2147483647 pixels"));
        write(0, start + bigEndian(1'000'000) + side + side);
        write(1, bigEndian(0x801) + bigEndian(1'000'000));
        EXPECT_THAT(problem(), HasSubstr("is cut short"));
    });
    EXPECT_LT(growth, testing::kLittleMemory);
}

/// Zeros, of which a small file holds as many as it announces.
TEST_F(DatasetFolder, OfMoreImagesThanLabelsIsRefusedBeforeItIsUnpacked) {
    std::filesystem::remove(path(0));
    const std::string side = bigEndian(28);
    const std::string header = bigEndian(0x803) + bigEndian(1'000'000) + side + side;
    const auto expectRefused = [&] {
        EXPECT_THAT(problem(), HasSubstr("holds 7 labels for the 1000000 images of "
                                         "train-images-idx3-ubyte"));
    };
    writeAll(path(0).string() + ".gz", bomb(header));
    EXPECT_LT(testing::peakGrowthOf(expectRefused), testing::kLittleMemory);
    writeAll(path(0).string() + ".gz", gzipped(header));
    expectRefused();
}

struct Damage {
    const char* name;
    std::size_t file;
    std::function<std::string(std::string)> damage;
    const char* says;
};

class DamagedDataset : public DatasetFolder, public ::testing::WithParamInterface<Damage> {};

TEST_P(DamagedDataset, IsRefusedWithASentence) {
    const Damage& damage = GetParam();
    write(damage.file, damage.damage(testing::readAll(path(damage.file))));
    const std::string said = problem();
    EXPECT_THAT(said, HasSubstr(kIdxFiles[damage.file]));
    EXPECT_THAT(said, HasSubstr(damage.says));
    EXPECT_EQ(said.back(), '.');
    EXPECT_EQ(said.find('\n'), std::string::npos);
}

std::string replaced(std::string content, std::size_t at, const std::string& bytes) {
    return content.replace(at, bytes.size(), bytes);
}

INSTANTIATE_TEST_SUITE_P(
    Files, DamagedDataset,
    ::testing::Values(
        Damage{"empty", 0, [](const std::string&) { return std::string(); }, "too short"},
        Damage{"text", 1, [](const std::string&) { return std::string("index,label\n1,5\n"); },
               "not an IDX file of labels"},
        Damage{"wrongMagic", 0, [](auto c) { return replaced(c, 0, bigEndian(0x801)); },
               "starts with the number 2049 instead of 2051"},
        Damage{"truncated", 0, [](auto c) { return c.substr(0, c.size() - 1); }, "is cut short"},
        Damage{"trailing", 2, [](auto c) { return c + "x"; }, "is longer than the 3920 bytes"},
        Damage{"noImages", 0, [](auto c) { return replaced(c, 4, bigEndian(0)); }, "0 images"},
        Damage{"hugeCount", 0, [](auto c) { return replaced(c, 4, bigEndian(0xFFFFFFFF)); },
               "claims to hold 4294967295 images"},
        Damage{"largeCount", 0, [](auto c) { return replaced(c, 4, bigEndian(1'000'000)); },
               "holds 7 labels for the 1000000 images of"},
        Damage{"wrongSide", 2, [](auto c) { return replaced(c, 12, bigEndian(32)); },
               "holds images of 28 x 32 pixels"},
        Damage{"countMismatch", 1,
               [](auto c) { return replaced(c, 4, bigEndian(6)).substr(0, c.size() - 1); },
               "holds 6 labels for the 7 images of train-images-idx3-ubyte"},
        Damage{"labelOutOfRange", 3, [](auto c) { return replaced(c, 8 + 2, "\x0A"); },
               "has the label 10 at position 2"},
        Damage{"truncatedGzip", 0,
               [](const auto& c) { return gzipped(c).substr(0, gzipped(c).size() / 2); },
               "is cut short"},
        Damage{"damagedGzip", 0,
               [](const auto& c) {
                   std::string packed = gzipped(c);
                   for (std::size_t i = packed.size() / 2; i < packed.size() / 2 + 40; ++i) {
                       packed[i] = static_cast<char>(~packed[i]);
                   }
                   return packed;
               },
               "is damaged"}),
    [](const auto& test) { return test.param.name; });

TEST(BundledDataset, IsMnist) {
    const Dataset mnist = readDataset(NORMSCOPE_MNIST);
    EXPECT_EQ(mnist.train.size(), 60'000);
    EXPECT_EQ(mnist.test.size(), 10'000);
    double sum = 0.0;
    double squares = 0.0;
    for (const std::uint8_t pixel : mnist.train.pixels) {
        sum += pixel / 255.0;
        squares += pixel / 255.0 * (pixel / 255.0);
    }
    const double count = static_cast<double>(mnist.train.pixels.size());
    const double mean = sum / count;
    EXPECT_NEAR(mean, kPixelMean, 5e-5);
    EXPECT_NEAR(std::sqrt(squares / count - mean * mean), kPixelStandardDeviation, 5e-5);
}

TEST(BundledDataset, IsFoundBesideTheProgram) {
    const TemporaryFolder prefix;
    const auto data = prefix.path() / "share/normscope/datasets/mnist";
    std::filesystem::create_directories(data);
    std::filesystem::create_directories(prefix.path() / "bin");
    EXPECT_EQ(bundledDataset(prefix.path() / "bin/normscope"), std::filesystem::canonical(data));
    EXPECT_THAT(thrownBy([] { bundledDataset("/nowhere/bin/normscope"); }),
                HasSubstr("are missing"));
}

}  // namespace
}  // namespace normscope
