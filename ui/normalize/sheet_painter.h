#pragma once

#include <QColor>
#include <QFont>
#include <QPainter>
#include <QPalette>
#include <QRectF>
#include <optional>

#include "ui/normalize/sheet_layout.h"
#include "ui/normalize/sheet_state.h"

namespace normscope {

/// The hue of a statistics set: neighbours differ clearly, and its label S1, S2, ... says the same
/// without colour. For grounds (`tint`, text stays readable on it) and for lines (`line`).
struct SetColours {
    QColor tint;
    QColor line;
};
SetColours setColours(int set, const QPalette& palette);
QString setLabel(int set);  ///< "S1" for set 0

/// Everything that is painted; refers to what belongs to others.
struct SheetScene {
    const SheetState& state;
    const NormTrace& trace;
    const SheetLayout& layout;
    QPalette palette;
    QFont font;  ///< at zoom 1
    /// With an output cell: the input shows d(output)/d(input) of it, as numbers on a heat map.
    std::optional<CellIndex> gradientOf;
    const std::optional<PokeResult>& poke;

    ArrowFlow arrowFlow() const {
        return state.usesRunning() ? ArrowFlow::FromStatistics : ArrowFlow::IntoStatistics;
    }
};

/// Paints what of the sheet lies in `exposed` (sheet coordinates), the painter being scaled by
/// `zoom` to them. Numbers where they are large enough to be read, else a picture whose cost
/// depends on the pixels exposed and not on the size of the tensor.
void paintSheet(QPainter& painter, const SheetScene& scene, const QRectF& exposed, qreal zoom);

/// What changes with the mouse and the cursor, on top: the set that lights up in all three grids,
/// its arrow and its statistics in full colour, and the frame of the current cell.
struct SheetHighlight {
    std::optional<SheetCell> hovered = std::nullopt;
    std::optional<SheetCell> current = std::nullopt;
    bool hasFocus = false;
};
void paintHighlight(QPainter& painter, const SheetScene& scene, const SheetHighlight& highlight,
                    const QRectF& exposed, qreal zoom);

/// A number as the sheet shows it, in the user's locale: four significant digits, no more
/// than three of them after the decimal point, integers without a fraction.
QString cellText(double value);

}  // namespace normscope
