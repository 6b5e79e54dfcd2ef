#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace normscope {

/// The shortest text that reads back as the same number, with a decimal point in every locale.
std::string formatNumber(double value);
std::string formatNumber(float value);

/// The number that the whole of `text` spells, in that form; empty if it spells none.
std::optional<double> parseNumber(std::string_view text);
std::optional<float> parseFloat(std::string_view text);
std::optional<long long> parseInteger(std::string_view text);
std::optional<std::uint64_t> parseUnsigned(std::string_view text);

/// Takes what stands before the next separator off the text, and the separator with it; all of it
/// where there is none.
std::string_view takeUntil(std::string_view& text, char separator);

/// The pieces of `text` between the separators, empty ones included.
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace normscope
