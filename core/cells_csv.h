#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/tensor4.h"

namespace normscope {

// The cells of a tensor as text: N*C*H*W numbers in N, C, H, W order, separated by commas or line
// ends, with a decimal point. Blank lines may stand between them, spaces around each.

/// The file could be read, but what it holds is not what it should be. A sentence that names the
/// file, and the line where there is one.
class CellsError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// More numbers than any lesson needs; what is computed from them still fits into memory.
inline constexpr std::int64_t kMostCells = 10'000'000;

/// The numbers of such a file, and how its lines lay them out.
struct Cells {
    std::vector<double> values;
    std::int64_t width = 0;   ///< numbers of the first line
    std::int64_t height = 0;  ///< lines before the first blank one
    bool even = true;         ///< every line is that wide and every block that high
};

/// `file` names the text in errors. Throws CellsError where it is empty or a piece is no finite
/// number.
Cells parseCells(std::string_view text, const std::string& file);

/// The numbers as a tensor of this shape. Throws CellsError when there are more or fewer.
Tensor4 cellsOfShape(Cells cells, const Shape4& shape, const std::string& file);

/// The shape that they most likely have: `preferred` if there are that many; else a line is a row
/// and what stands between blank lines one channel of one image. Of the blocks, each image gets as
/// many as `preferred` has channels; where that does not work out all are channels of one image,
/// else images of one channel. Throws CellsError when no side of the shape may be as long as it
/// would have to be, `largest` being the longest that each may be.
Shape4 guessShape(const Cells& cells, const Shape4& preferred, const Shape4& largest,
                  const std::string& file);

/// A row of the tensor is a line, and blank lines stand between the channels of the images, so
/// that guessShape() finds height and width again.
std::string formatCells(const Tensor4& tensor);

/// readFile() and parseCells(). Throws std::runtime_error where the file cannot be read.
Cells readCells(const std::filesystem::path& path);

}  // namespace normscope
