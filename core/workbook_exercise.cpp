#include <utility>

#include "core/workbook_lesson.h"

namespace normscope {
namespace {

// Columns of the list of sets and of the list of cells; each answer has its check on its right.
constexpr lxw_col_t kMeanAnswer = 3;
constexpr lxw_col_t kVarianceAnswer = 5;
enum CellColumn : lxw_col_t {
    kOfSet,
    kOfImage,
    kOfChannel,
    kOfRow,
    kOfColumn,
    kX,
    kNormalizedAnswer,
    kNormalizedCheck,
    kGamma,
    kBeta,
    kOutputAnswer,
    kOutputCheck,
};

constexpr CellPlace kEpsilon{3, 1};
constexpr CellPlace kTolerance{4, 1};
constexpr double kToleranceValue = 0.005;
constexpr lxw_row_t kBoardHead = 6;

constexpr std::uint32_t kRightText = 0x00613F;
constexpr std::uint32_t kRightFill = 0xD5F0E3;
constexpr std::uint32_t kWrongText = 0x9C1C00;
constexpr std::uint32_t kWrongFill = 0xFBDDD3;

const CellStyle kCentred{.align = CellStyle::Align::Centre};

/// An empty cell to fill in and, right of it, whether what stands there is `solution`.
void writeAnswer(XlsxSheet& sheet, CellPlace place, const std::string& solution, SetInk ink) {
    sheet.blank(place, {.fill = 0xFFFFFF,
                        .text = 0x0000E0,
                        .edge = ink.line,
                        .edges = kAllEdges,
                        .align = CellStyle::Align::Centre});
    const std::string answer = relativeName(place);
    // A hair more than the tolerance, so that 0.125 rounded to 0.13 is right in binary too.
    sheet.formula({place.row, static_cast<lxw_col_t>(place.column + 1)},
                  "=IF(ISBLANK(" + answer + "),\"\",IF(ISNUMBER(" + answer + "),IF(ABS(" + answer +
                      "-" + solution + ")<=" + absoluteName(kTolerance) +
                      "+1E-9,\"right\",\"wrong\"),\"wrong\"))",
                  "", {.bold = true, .align = CellStyle::Align::Centre});
}

void emphasiseChecks(XlsxSheet& sheet, lxw_row_t first, lxw_row_t last, lxw_col_t answer) {
    const auto column = static_cast<lxw_col_t>(answer + 1);
    sheet.emphasise({first, column}, {last, column}, "right", kRightText, kRightFill);
    sheet.emphasise({first, column}, {last, column}, "wrong", kWrongText, kWrongFill);
}

void writeHeads(XlsxSheet& sheet, lxw_row_t row, const std::vector<const char*>& heads) {
    for (std::size_t i = 0; i < heads.size(); ++i) {
        sheet.text({row, static_cast<lxw_col_t>(i)}, heads[i], headStyle(CellStyle::Align::Centre));
    }
}

void writeSection(XlsxSheet& sheet, lxw_row_t row, const std::string& title) {
    sheet.text({row, 0}, title, {.bold = true, .align = CellStyle::Align::Left});
}

void writeBoard(XlsxSheet& sheet, const WorkbookLesson& lesson, const WorkbookBoard& board) {
    board.draw(sheet);
    forEachCell(lesson.input.shape, [&](const CellIndex& cell, std::size_t offset) {
        sheet.formula(board.cell(cell), "=Input!" + relativeName(lesson.board.cell(cell)),
                      lesson.input.values[offset], board.cellStyle(cell));
    });
}

CellStyle labelStyle(SetInk ink) {
    return {.fill = ink.tint, .text = ink.line, .bold = true, .align = CellStyle::Align::Centre};
}

/// The lines of the sets below their heads in `top`.
void writeSets(XlsxSheet& sheet, const WorkbookLesson& lesson, lxw_row_t top) {
    writeHeads(sheet, top, {"Set", "Image", "Channels", "Mean", "Check", "Variance", "Check"});
    const auto& sets = lesson.board.sets();
    lxw_row_t row = top;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        ++row;
        const SetInk ink = lesson.board.ink(sets[i]);
        sheet.text({row, 0}, workbookLabel(i), labelStyle(ink));
        sheet.text({row, 1}, imagesOf(sets[i]), kCentred);
        sheet.text({row, 2}, channelsOf(sets[i]), kCentred);
        writeAnswer(sheet, {row, kMeanAnswer}, onStatistics(statisticsPlace(i, kMeanColumn)), ink);
        writeAnswer(sheet, {row, kVarianceAnswer},
                    onStatistics(statisticsPlace(i, kVarianceColumn)), ink);
    }
    emphasiseChecks(sheet, top + 1, row, kMeanAnswer);
    emphasiseChecks(sheet, top + 1, row, kVarianceAnswer);
}

void writeCellLine(XlsxSheet& sheet, const WorkbookLesson& lesson, const CellIndex& cell,
                   std::size_t offset, lxw_row_t row) {
    const std::size_t set = lesson.board.setOf(cell.image, cell.channel);
    const SetInk ink = lesson.board.ink(lesson.board.sets()[set]);
    const auto channel = static_cast<std::size_t>(cell.channel);
    const std::string place = relativeName(lesson.board.cell(cell));
    sheet.text({row, kOfSet}, workbookLabel(set), labelStyle(ink));
    for (const auto& [column, number] : {std::pair{kOfImage, cell.image},
                                         {kOfChannel, cell.channel},
                                         {kOfRow, cell.row},
                                         {kOfColumn, cell.column}}) {
        sheet.number({row, column}, number + 1, kCentred);
    }
    sheet.formula({row, kX}, "=Input!" + place, lesson.input.values[offset],
                  {.fill = ink.tint, .align = CellStyle::Align::Centre});
    writeAnswer(sheet, {row, kNormalizedAnswer}, "Normalized!" + place, ink);
    sheet.formula({row, kGamma}, "=" + onStatistics(affinePlace(cell.channel, kGammaColumn)),
                  lesson.trace.gamma[channel], kCentred);
    sheet.formula({row, kBeta}, "=" + onStatistics(affinePlace(cell.channel, kBetaColumn)),
                  lesson.trace.beta[channel], kCentred);
    writeAnswer(sheet, {row, kOutputAnswer}, "Output!" + place, ink);
}

void writeCells(XlsxSheet& sheet, const WorkbookLesson& lesson, lxw_row_t top) {
    writeHeads(sheet, top,
               {"Set", "Image", "Channel", "Row", "Column", "x", "x̂", "Check", "gamma", "beta", "y",
                "Check"});
    lxw_row_t row = top;
    forEachCell(lesson.input.shape, [&](const CellIndex& cell, std::size_t offset) {
        writeCellLine(sheet, lesson, cell, offset, ++row);
    });
    emphasiseChecks(sheet, top + 1, row, kNormalizedAnswer);
    emphasiseChecks(sheet, top + 1, row, kOutputAnswer);
}

}  // namespace

void writeExercise(XlsxSheet sheet, const WorkbookLesson& lesson) {
    writeTitle(sheet, "Worksheet: " + normOf(lesson.spec),
               "Fill in the framed cells: the check beside each says right or wrong.",
               "As far from the result as the tolerance still counts as right.");
    sheet.columnWidth(0, LXW_COL_MAX - 1, 9.5);
    sheet.settlePage();
    const CellStyle name{.bold = true, .align = CellStyle::Align::Left};
    sheet.text({kEpsilon.row, 0}, "epsilon", name);
    sheet.formula(kEpsilon, "=" + onStatistics(epsPlace()), lesson.spec.eps, {});
    sheet.text({kTolerance.row, 0}, "Tolerance", name);
    sheet.number(kTolerance, kToleranceValue, changeableStyle());

    writeSection(sheet, kBoardHead, "1. The input x");
    const WorkbookBoard board(lesson.input.shape, lesson.spec, kBoardHead + 1);
    writeBoard(sheet, lesson, board);

    const lxw_row_t setsHead = board.end().row + 1;
    writeSection(sheet, setsHead,
                 "2. Mean and variance of each set; the variance divides by the count");
    writeSets(sheet, lesson, setsHead + 1);

    const lxw_row_t cellsHead = setsHead + 3 + static_cast<lxw_row_t>(lesson.board.sets().size());
    writeSection(sheet, cellsHead,
                 "3. Each cell: x̂ = (x - mean) / √(variance + ε) and y = gamma * x̂ + beta");
    writeCells(sheet, lesson, cellsHead + 1);
}

}  // namespace normscope
