#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace normscope {

/// What is wrong with bytes from outside, as the rest of a sentence that begins with their name.
class FormatError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Takes bytes from front to back and never beyond the end: then it throws FormatError.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    std::string_view take(std::uint64_t count) {
        if (count > rest_.size()) {
            throw FormatError("is cut short");
        }
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }
    void skip(std::uint64_t count) { take(count); }

    /// A number whose lowest byte comes first.
    template <typename Number>
    Number little() {
        static_assert(std::endian::native == std::endian::little);
        Number number{};
        std::memcpy(&number, take(sizeof(Number)).data(), sizeof(Number));
        return number;
    }

    /// What stands before the next line end, which is taken too.
    std::string_view line() {
        const std::string_view text = take(std::min(rest_.find('\n'), rest_.size()));
        skip(1);
        return text;
    }

    std::size_t left() const { return rest_.size(); }

  private:
    std::string_view rest_;
};

}  // namespace normscope
