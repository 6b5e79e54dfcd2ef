#include "core/plain_tensors.h"

#include <gmock/gmock.h>
#include <zlib.h>

#include <cstring>
#include <optional>

#include "tests/core/peak_memory.h"

namespace normscope {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::thrownBy;

// --- files as torch.save writes them, and as nobody does -----------------------------------------

std::string little(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) {
        text += static_cast<char>(value);
        value >>= 8;
    }
    return text;
}

struct Entry {
    std::string name;
    std::string content;
    std::uint16_t method = 0;                ///< 8 is deflate
    std::optional<std::uint64_t> size = {};  ///< that the directory tells, if another
    std::uint32_t checksumOff = 0;
};

std::string checksumOf(const Entry& entry) {
    const auto* const bytes = reinterpret_cast<const Bytef*>(entry.content.data());
    return little(crc32_z(0, bytes, entry.content.size()) + entry.checksumOff, 4);
}

std::string zipOf(const std::vector<Entry>& entries) {
    std::string zip;
    std::string directory;
    for (const Entry& entry : entries) {
        const std::uint64_t size = entry.size.value_or(entry.content.size());
        directory += "PK\1\2" + little(0, 6) + little(entry.method, 2) + little(0, 4) +
                     checksumOf(entry) + little(0xFFFFFFFF, 4) + little(0xFFFFFFFF, 4) +
                     little(entry.name.size(), 2) + little(20, 2) + little(0, 10) +
                     little(zip.size(), 4) + entry.name + little(1, 2) + little(16, 2) +
                     little(size, 8) + little(size, 8);
        zip += "PK\3\4" + little(0, 22) + little(entry.name.size(), 2) + little(0, 2) + entry.name +
               entry.content;
    }
    const std::string end = "PK\5\6" + little(0, 4) + little(entries.size(), 2) +
                            little(entries.size(), 2) + little(directory.size(), 4) +
                            little(zip.size(), 4) + little(0, 2);
    return zip + directory + end;
}

std::string text(const std::string& characters) {
    return "X" + little(characters.size(), 4) + characters;
}

std::string number(std::int64_t value) {
    return "\x8a\x08" + little(static_cast<std::uint64_t>(value), 8);
}

std::string tuple(const std::vector<std::int64_t>& numbers) {
    std::string code = "(";
    for (const std::int64_t value : numbers) {
        code += number(value);
    }
    return code + "t";
}

struct Described {
    std::vector<std::int64_t> shape{2, 3};
    std::vector<std::int64_t> strides{3, 1};
    std::int64_t first = 0;
    std::int64_t available = 6;
    std::string storage = "0";
};

std::string tensor(const Described& is) {
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" +
           text(is.storage) + text("cpu") + number(is.available) + "tQ" + number(is.first) +
           tuple(is.shape) + tuple(is.strides) + "\x89" + "ccollections\nOrderedDict\n)RtR";
}

/// A dict of what is given, keys and values in turns.
std::string dict(const std::string& items) {
    return "\x80\x02}(" + items + "u.";
}

std::string floats(const std::vector<float>& values) {
    std::string bytes(values.size() * sizeof(float), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

const std::string kNumbers = floats({0, 1, 2, 3, 4, 5});

std::string fileOf(const std::string& pickle) {
    return zipOf({{"archive/data.pkl", pickle}, {"archive/data/0", kNumbers}});
}

std::vector<float> valuesOf(const PlainTensor& tensor) {
    std::vector<float> values(tensor.bytes.size() / sizeof(float));
    if (!values.empty()) {
        std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
    }
    return values;
}

std::string problemOf(const std::string& content) {
    return thrownBy([&] { readPlainTensors(content, "model.pt"); });
}

std::string problemOf(const Described& tensorIs) {
    return problemOf(fileOf(dict(text("a") + tensor(tensorIs))));
}

// --- what is read --------------------------------------------------------------------------------

TEST(PlainTensors, AreReadWithTheirNamesAndShapes) {
    const auto tensors =
        readPlainTensors(fileOf(dict(text("a") + tensor({}) + text("b") +
                                     tensor({.shape = {}, .strides = {}, .first = 4}))),
                         "model.pt");
    ASSERT_EQ(tensors.size(), 2U);
    EXPECT_EQ(tensors[0].name, "a");
    EXPECT_THAT(tensors[0].shape, ElementsAre(2, 3));
    EXPECT_THAT(valuesOf(tensors[0]), ElementsAre(0, 1, 2, 3, 4, 5));
    EXPECT_EQ(tensors[1].name, "b");
    EXPECT_TRUE(tensors[1].shape.empty());
    EXPECT_THAT(valuesOf(tensors[1]), ElementsAre(4));
}

TEST(PlainTensors, AreViewsOfAnyStride) {
    const auto valuesFor = [](const Described& is) {
        return valuesOf(readPlainTensors(fileOf(dict(text("a") + tensor(is))), "").front());
    };
    EXPECT_THAT(valuesFor({.shape = {3, 2}, .strides = {1, 3}}), ElementsAre(0, 3, 1, 4, 2, 5));
    EXPECT_THAT(valuesFor({.shape = {2}, .strides = {2}, .first = 3}), ElementsAre(3, 5));
    EXPECT_THAT(valuesFor({.shape = {3}, .strides = {0}, .first = 5}), ElementsAre(5, 5, 5));
    EXPECT_TRUE(valuesFor({.shape = {0, 4}, .strides = {4, 1}}).empty());
}

// --- what is refused -----------------------------------------------------------------------------

TEST(PlainTensors, LieWithinTheirNumbers) {
    for (const Described& outside :
         {Described{.shape = {7}, .strides = {1}}, Described{.first = 1}, Described{.first = -1},
          Described{.first = 6}, Described{.strides = {4, 1}}, Described{.strides = {3, -1}},
          Described{.strides = {std::int64_t{1} << 62, 1}}, Described{.shape = {-2, 3}},
          Described{.shape = {2, 3}, .strides = {3, 2}},
          Described{.shape = {7}, .strides = {1}, .available = 7}}) {
        EXPECT_EQ(problemOf(outside), "model.pt is damaged: a tensor lies outside its numbers.");
    }
    EXPECT_EQ(problemOf(Described{.storage = "1"}),
              "model.pt is damaged: the numbers of a tensor are missing.");
}

TEST(PlainTensors, OfAbsurdSizeTakeNoMemory) {
    const auto growth = testing::peakGrowthOf([] {
        constexpr std::int64_t kHuge = std::int64_t{1} << 40;
        for (const Described& absurd : {Described{.shape = {kHuge}, .strides = {0}},
                                        Described{.shape = {kHuge, kHuge}, .strides = {0, 0}},
                                        Described{.shape = {100'000, 100'000}, .strides = {0, 0}},
                                        Described{.shape = {0, kHuge}, .strides = {0, 0}}}) {
            EXPECT_NE(problemOf(absurd), "");
        }
        std::string many;
        for (int i = 0; i < 500; ++i) {
            many += text(std::to_string(i)) + tensor({.shape = {1'000'000}, .strides = {0}});
        }
        EXPECT_EQ(problemOf(fileOf(dict(many))), "model.pt holds far more than a network.");
    });
    EXPECT_LT(growth, testing::kLittleMemory);
}

TEST(PlainTensors, AreNeverUnpacked) {
    EXPECT_THAT(problemOf(zipOf({{"archive/data.pkl", "packed", /*method=*/8}})),
                HasSubstr("compressed entries"));
    for (const std::uint64_t size : {1ULL << 20, 1ULL << 40, ~0ULL}) {
        EXPECT_EQ(problemOf(zipOf({{"archive/data.pkl", "small", 0, size}})),
                  "model.pt is cut short.");
    }
}

TEST(PlainTensors, WithAWrongChecksumAreRefused) {
    EXPECT_EQ(problemOf(zipOf({{"archive/data.pkl", dict("")},
                               {"archive/data/0", kNumbers, 0, {}, /*checksumOff=*/1}})),
              "model.pt is damaged: a checksum does not match.");
}

TEST(PlainTensors, InEntriesThatOverlapAreRefused) {
    // A directory that names the one large entry many times: its checksum would be computed as
    // often.
    const std::string zip = zipOf({{"archive/data.pkl", std::string(10'000, 'N')}});
    const std::size_t start = zip.find("PK\1\2");
    const std::size_t end = zip.find("PK\5\6");
    std::string entry = zip.substr(start, end - start);
    std::string directory;
    for (char name = 'a'; name <= 'z'; ++name) {
        entry[46] = name;
        directory += entry;
    }
    std::string tail = zip.substr(end);
    tail[10] = 26;
    EXPECT_EQ(problemOf(zip.substr(0, start) + directory + tail),
              "model.pt is damaged: its zip directory makes no sense.");
}

TEST(PlainTensors, AreAllThatADictMayHold) {
    const std::string global = "cposix\nsystem\n";
    EXPECT_EQ(problemOf(fileOf(dict(text("a") + global + text("true") + "\x85R"))),
              "model.pt does not hold a dict of tensors but a \"system\"; save it from Python as "
              "torch.save(model.state_dict(), ...).");
    EXPECT_THAT(problemOf(fileOf(dict(text("a") + "cbuiltins\neval\n"))), HasSubstr("\"eval\""));
    for (const std::string& other :
         {dict(text("a") + number(1)), dict(number(1) + tensor({})), std::string("\x80\x02N."),
          std::string("\x80\x02)."), "\x80\x02" + tensor({}) + ".",
          dict(text("a") + tensor({}) + text("b") + "N"),
          std::string("\x80\x02") + "i" + "posix\nsystem\n.", std::string("\x80\x02\x93.")}) {
        EXPECT_EQ(problemOf(fileOf(other)), "model.pt does not hold a dict of tensors.");
    }
}

TEST(PlainTensors, InPicklesWithoutSenseAreRefused) {
    for (const std::string& senseless :
         {std::string("."), std::string("\x80\x02}u."), std::string("\x80\x02(0."),
          std::string("\x80\x02h\x05."), std::string("\x80\x02\x87."), dict(text("a")),
          dict(text("a") + tensor({}) + text("a") + tensor({})), std::string("\x80\x02q\x01."),
          dict(text("a") + tensor({.shape = {1}, .strides = {}})),
          dict(text("a") + tensor({.storage = std::string(1000, 'x')})),
          dict(text("a") + tensor({.shape = std::vector<std::int64_t>(100, 1)}))}) {
        EXPECT_NE(problemOf(fileOf(senseless)), "");
    }
    EXPECT_EQ(problemOf(fileOf(std::string(1 << 20, ')') + ".")),
              "model.pt holds far more than a network.");
}

TEST(PlainTensors, CutShortOrChangedAnywhereAreRefusedOrRead) {
    const std::string whole = fileOf(dict(text("a") + tensor({}) + text("b") + tensor({})));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_THAT(problemOf(whole.substr(0, size)), HasSubstr("model.pt ")) << size;
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const char bits : {'\x01', '\x80', '\xFF'}) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ bits);
            const std::string said = problemOf(changed);
            EXPECT_TRUE(said.empty() || said.back() == '.') << at << said;
        }
    }
}

TEST(PlainTensors, OfAnotherByteOrderAreRefused) {
    EXPECT_THAT(problemOf(zipOf({{"archive/data.pkl", dict("")}, {"archive/byteorder", "big"}})),
                HasSubstr("byte order"));
    EXPECT_EQ(problemOf(zipOf({{"archive/data.pkl", dict("")}, {"archive/byteorder", "little"}})),
              "");
}

TEST(PlainTensors, InOtherArchivesAreRefused) {
    EXPECT_EQ(problemOf(zipOf({{"word/document.xml", "<w/>"}})),
              "model.pt is a zip archive, but not one of torch.save.");
    EXPECT_EQ(problemOf(std::string("index,label\n1,5\n")),
              "model.pt is damaged or was not written by torch.save.");
}

}  // namespace
}  // namespace normscope
