#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/normalization.h"

namespace normscope {

// The arithmetic of a normalization as an Excel workbook that recomputes itself: Input, Statistics,
// Normalized and Output hang together by formulas, with eps, gamma and beta as cells to change, and
// Worksheet has the results left out for a student to fill in, with a check beside each. Every
// formula carries its value, for programs that show workbooks without computing them. Numbers have
// 16 significant digits.

/// More formulas than these make a workbook that a spreadsheet takes minutes to open.
inline constexpr std::int64_t kMostWorkbookCells = 65'536;

/// Why this shape cannot be such a workbook: too many cells, or more columns than a sheet has.
/// Empty if it can.
std::optional<std::string> refusalOfWorkbook(const Shape4& shape);

/// `trace` is what normalize() made of the input. Throws std::runtime_error with a sentence that
/// names the file; the file is then as it was before.
void writeNormalizationWorkbook(const std::filesystem::path& path, const Tensor4& input,
                                const NormSpec& spec, const NormTrace& trace);

}  // namespace normscope
