#include "core/stored_zip.h"

#include <zlib.h>

#include <cstdint>

#include "core/byte_reader.h"

namespace normscope {
namespace {

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7 to 4.3.16, 4.5.3.
constexpr std::uint32_t kEntrySignature = 0x04034b50;
constexpr std::uint32_t kDirectorySignature = 0x02014b50;
constexpr std::uint32_t kEnd64Signature = 0x06064b50;
constexpr std::uint32_t kLocatorSignature = 0x07064b50;
constexpr std::string_view kEndSignature = "PK\x05\x06";
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLocatorSize = 20;
constexpr std::size_t kLongestComment = 0xFFFF;
constexpr std::uint16_t kEncrypted = 1;
constexpr std::uint16_t kZip64Extra = 1;
constexpr std::uint32_t kInZip64 = 0xFFFFFFFF;

ByteReader readerAt(std::string_view content, std::uint64_t offset) {
    ByteReader reader(content);
    reader.skip(offset);
    return reader;
}

void expect(ByteReader& reader, std::uint32_t signature) {
    if (reader.little<std::uint32_t>() != signature) {
        throw FormatError("is damaged: its zip directory makes no sense");
    }
}

/// Where the directory begins and how many entries it holds.
struct Directory {
    std::uint64_t count = 0;
    std::uint64_t offset = 0;
};

std::size_t endOf(std::string_view content) {
    const std::size_t nearest = content.size() < kEndSize ? 0 : content.size() - kEndSize;
    const std::size_t end = content.rfind(kEndSignature, nearest);
    if (end == std::string_view::npos || content.size() - end > kEndSize + kLongestComment) {
        throw FormatError("is damaged or was not written by torch.save");
    }
    return end;
}

Directory directoryOf(std::string_view content) {
    const std::size_t end = endOf(content);
    ByteReader reader = readerAt(content, end + 10);
    Directory directory;
    directory.count = reader.little<std::uint16_t>();
    reader.skip(4);
    directory.offset = reader.little<std::uint32_t>();
    if (end < kLocatorSize) {
        return directory;
    }
    ByteReader locator = readerAt(content, end - kLocatorSize);
    if (locator.little<std::uint32_t>() != kLocatorSignature) {
        return directory;
    }
    locator.skip(4);
    ByteReader end64 = readerAt(content, locator.little<std::uint64_t>());
    expect(end64, kEnd64Signature);
    end64.skip(28);
    directory.count = end64.little<std::uint64_t>();
    end64.skip(8);
    directory.offset = end64.little<std::uint64_t>();
    return directory;
}

struct Entry {
    std::string_view name;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t checksum = 0;
    std::uint64_t packedSize = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;  ///< of its own header
};

/// Numbers that did not fit into 32 bits, in the order in which they are wanted.
void readZip64(std::string_view extra, Entry& entry) {
    ByteReader fields(extra);
    while (fields.left() > 0) {
        const auto id = fields.little<std::uint16_t>();
        ByteReader field(fields.take(fields.little<std::uint16_t>()));
        for (std::uint64_t* number : {&entry.size, &entry.packedSize, &entry.offset}) {
            if (id == kZip64Extra && *number == kInZip64) {
                *number = field.little<std::uint64_t>();
            }
        }
    }
}

Entry nextEntry(ByteReader& directory) {
    expect(directory, kDirectorySignature);
    directory.skip(4);
    Entry entry;
    entry.flags = directory.little<std::uint16_t>();
    entry.method = directory.little<std::uint16_t>();
    directory.skip(4);
    entry.checksum = directory.little<std::uint32_t>();
    entry.packedSize = directory.little<std::uint32_t>();
    entry.size = directory.little<std::uint32_t>();
    const auto nameLength = directory.little<std::uint16_t>();
    const auto extraLength = directory.little<std::uint16_t>();
    const auto commentLength = directory.little<std::uint16_t>();
    directory.skip(8);
    entry.offset = directory.little<std::uint32_t>();
    entry.name = directory.take(nameLength);
    readZip64(directory.take(extraLength), entry);
    directory.skip(commentLength);
    return entry;
}

std::string_view contentOf(const Entry& entry, std::string_view content) {
    if (entry.method != 0 || entry.packedSize != entry.size || (entry.flags & kEncrypted) != 0) {
        throw FormatError(
            "is a zip archive with compressed entries, which torch.save never writes");
    }
    ByteReader header = readerAt(content, entry.offset);
    expect(header, kEntrySignature);
    header.skip(22);
    const auto nameLength = header.little<std::uint16_t>();
    const auto extraLength = header.little<std::uint16_t>();
    header.skip(std::uint64_t{nameLength} + extraLength);
    return header.take(entry.size);
}

bool isWhole(const Entry& entry, std::string_view content) {
    return ::crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size()) ==
           entry.checksum;
}

}  // namespace

StoredZip::StoredZip(std::string_view content) {
    const Directory directory = directoryOf(content);
    ByteReader reader = readerAt(content, directory.offset);
    std::uint64_t total = 0;
    for (std::uint64_t i = 0; i < directory.count; ++i) {
        const Entry entry = nextEntry(reader);
        const std::string_view bytes = contentOf(entry, content);
        total += bytes.size();
        // Entries that overlap would have the checksum of a file computed any number of times.
        if (total > content.size() || !entries_.emplace(entry.name, bytes).second) {
            throw FormatError("is damaged: its zip directory makes no sense");
        }
        if (!isWhole(entry, bytes)) {
            throw FormatError("is damaged: a checksum does not match");
        }
    }
}

std::optional<std::string_view> StoredZip::find(std::string_view name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace normscope
