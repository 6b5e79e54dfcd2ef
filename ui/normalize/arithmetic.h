#pragma once

#include <QString>
#include <vector>

#include "ui/normalize/sheet_state.h"

namespace normscope {

/// One line of the calculation of a cell, with its own numbers. Plain text, in the user's locale.
struct ArithmeticStep {
    QString name;     ///< "Mean"
    QString formula;  ///< in symbols: "μ = Σx / m"
    QString numbers;  ///< with numbers: "24 / 16 = 1.5"
    QString mistake;  ///< a common mistake and what it would have given; empty if there is none
};

/// How the output of one cell comes about, from the sum over its statistics set to y, in the order
/// in which it is worked out on a board. `trace` is that of `state`.
std::vector<ArithmeticStep> arithmeticSteps(const SheetState& state, const NormTrace& trace,
                                            const CellIndex& cell);

/// A number in a calculation: six significant digits and a typographic minus.
QString arithmeticNumber(double value);

}  // namespace normscope
