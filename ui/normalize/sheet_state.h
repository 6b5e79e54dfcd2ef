#pragma once

#include <QString>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/normalization.h"
#include "core/tensor4.h"

namespace normscope {

/// Everything that the sheet shows and that an undo brings back.
struct SheetState {
    std::shared_ptr<const Tensor4> input;  ///< never null; shared, since undo keeps old ones
    NormSpec spec;                         ///< any kind but None
    /// Batch norm alone: whether its statistics come from the input or are the running ones.
    bool training = true;
    Affine affine;              ///< one pair per channel
    RunningStatistics running;  ///< one pair per channel; shown under batch norm
    QString source;             ///< one line: "Small integers, seed 1", "Before norm 3 of batch"

    bool usesRunning() const { return spec.kind == NormKind::Batch && !training; }

    friend bool operator==(const SheetState&, const SheetState&) = default;
};

/// The limits of a sheet.
inline constexpr int kLargestImages = 32;
inline constexpr int kLargestChannels = 32;
inline constexpr int kLargestSide = 28;
/// Of a cell, gamma or beta, either sign: squares of such, summed over a sheet, are still finite.
inline constexpr double kLargestNumber = 1e150;

/// After one image was poked: what of the other images moved.
struct PokeResult {
    int image = 0;                          ///< that was poked
    std::shared_ptr<const Tensor4> before;  ///< the output as it was
    std::int64_t movedElsewhere = 0;        ///< output cells of other images that moved
    double largestElsewhere = 0.0;          ///< the largest |change| among them

    /// Below this, a change is rounding.
    static constexpr double kMoved = 1e-12;
};

/// The three tensors of the sheet.
enum class SheetPart { Input, Normalized, Output };

/// One cell of it.
struct SheetCell {
    SheetPart part = SheetPart::Input;
    CellIndex cell;

    friend bool operator==(const SheetCell&, const SheetCell&) = default;
};

}  // namespace normscope
