#include "core/numbers.h"

#include <array>
#include <charconv>

namespace normscope {
namespace {

template <typename Number>
std::string format(Number value) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end};
}

template <typename Number>
std::optional<Number> parse(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

std::string formatNumber(double value) {
    return format(value);
}

std::string formatNumber(float value) {
    return format(value);
}

std::optional<double> parseNumber(std::string_view text) {
    return parse<double>(text);
}

std::optional<float> parseFloat(std::string_view text) {
    return parse<float>(text);
}

std::optional<long long> parseInteger(std::string_view text) {
    return parse<long long>(text);
}

std::optional<std::uint64_t> parseUnsigned(std::string_view text) {
    return parse<std::uint64_t>(text);
}

std::string_view takeUntil(std::string_view& text, char separator) {
    const std::size_t end = text.find(separator);
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return taken;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> pieces;
    for (;;) {
        const std::size_t at = text.find(separator);
        pieces.push_back(text.substr(0, at));
        if (at == std::string_view::npos) {
            return pieces;
        }
        text.remove_prefix(at + 1);
    }
}

}  // namespace normscope
