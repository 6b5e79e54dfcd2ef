#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace normscope {

/// N x C x H x W: images, channels, height, width.
struct Shape4 {
    int images = 1;
    int channels = 1;
    int height = 1;
    int width = 1;

    std::int64_t plane() const { return std::int64_t{height} * width; }
    std::int64_t count() const { return std::int64_t{images} * channels * plane(); }

    friend bool operator==(const Shape4&, const Shape4&) = default;
};

/// Where a cell of such a tensor is; all from 0.
struct CellIndex {
    int image = 0;
    int channel = 0;
    int row = 0;
    int column = 0;

    friend bool operator==(const CellIndex&, const CellIndex&) = default;
};

/// Place of a cell among the values.
inline std::size_t offsetOf(const Shape4& shape, const CellIndex& cell) {
    return static_cast<std::size_t>(
        ((std::int64_t{cell.image} * shape.channels + cell.channel) * shape.height + cell.row) *
            shape.width +
        cell.column);
}

inline bool contains(const Shape4& shape, const CellIndex& cell) {
    return cell.image >= 0 && cell.image < shape.images && cell.channel >= 0 &&
           cell.channel < shape.channels && cell.row >= 0 && cell.row < shape.height &&
           cell.column >= 0 && cell.column < shape.width;
}

/// A small dense tensor in double precision.
struct Tensor4 {
    Shape4 shape;
    std::vector<double> values;  ///< shape.count() of them, in N, C, H, W order

    double& at(const CellIndex& cell) { return values[offsetOf(shape, cell)]; }
    double at(const CellIndex& cell) const { return values[offsetOf(shape, cell)]; }

    friend bool operator==(const Tensor4&, const Tensor4&) = default;
};

}  // namespace normscope
