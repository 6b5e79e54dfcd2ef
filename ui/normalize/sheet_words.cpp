#include "ui/normalize/sheet_words.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/norm_style.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_painter.h"

namespace normscope {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SheetView)
};

QString positionPattern(SheetPart part) {
    switch (part) {
        case SheetPart::Input:
            return Words::tr("Image %1, channel %2, row %3, column %4 of the input");
        case SheetPart::Normalized:
            return Words::tr("Image %1, channel %2, row %3, column %4 of the normalized input");
        case SheetPart::Output:
            return Words::tr("Image %1, channel %2, row %3, column %4 of the output");
    }
    return {};
}

QString derivativeText(const SheetDocument& document, const CellIndex& input,
                       const CellIndex& output) {
    const OutputGradient gradient(document.trace(), document.state().spec,
                                  !document.state().usesRunning(), output);
    return Words::tr("derivative of the chosen output %1").arg(cellText(gradient.at(input)));
}

/// Empty where nothing has moved.
QString movedText(const SheetDocument& document, const CellIndex& output) {
    const std::optional<PokeResult>& poke = document.pokeResult();
    if (!poke || poke->before->shape != document.shape()) {
        return {};
    }
    const double change = document.trace().output.at(output) - poke->before->at(output);
    return std::abs(change) > PokeResult::kMoved ? Words::tr("moved by %1").arg(cellText(change))
                                                 : QString();
}

}  // namespace

QString cellPosition(const SheetCell& cell) {
    return positionPattern(cell.part)
        .arg(cell.cell.image + 1)
        .arg(cell.cell.channel + 1)
        .arg(cell.cell.row + 1)
        .arg(cell.cell.column + 1);
}

QString cellContent(const SheetDocument& document, const SheetCell& cell,
                    const std::optional<CellIndex>& gradientOf) {
    const int set = statisticsSetOf(document.shape(), document.state().spec, cell.cell.image,
                                    cell.cell.channel);
    QStringList content{cellText(document.value(cell)), Words::tr("set %1").arg(setLabel(set))};
    if (gradientOf && cell.part == SheetPart::Input) {
        content << derivativeText(document, cell.cell, *gradientOf);
    }
    if (cell.part == SheetPart::Output) {
        content << movedText(document, cell.cell);
        content.removeAll(QString());
    }
    return content.join(QStringLiteral(", "));
}

QString sheetSummary(const SheetDocument& document) {
    const Shape4& shape = document.shape();
    return Words::tr("%1. Images: %2, channels: %3, height: %4, width: %5, statistics sets: %6")
        .arg(displayName(document.state().spec.kind))
        .arg(shape.images)
        .arg(shape.channels)
        .arg(shape.height)
        .arg(shape.width)
        .arg(document.trace().sets.size());
}

QString sheetKeys() {
    return Words::tr(
        "The columns of the input come first, then those of the normalized input, then those of "
        "the output. Arrow keys and Tab move from cell to cell, with Control to the edge of the "
        "block; Home and End go to the ends of the row, with Control to the first and last cell; "
        "Page Up and Page Down go to the next image. Alt with Left or Right goes to the same cell "
        "of the input, the normalized input and the output. Shift with the arrow keys selects. "
        "Type a number to replace that of the input, press F2 or Enter to edit it, Delete to make "
        "it 0. Control with plus, minus and 0 zooms and fits. Escape leaves the cells; then Tab "
        "goes on to what follows the sheet.");
}

}  // namespace normscope
