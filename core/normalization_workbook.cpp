#include "core/normalization_workbook.h"

#include <cmath>
#include <utility>
#include <vector>

#include "core/workbook_lesson.h"

namespace normscope {
namespace {

constexpr lxw_row_t kBoardTop = 4;
constexpr lxw_row_t kTableTop = 5;
constexpr std::int64_t kSheetColumns = 16'384;
constexpr double kHeadWidth = 10.0;
constexpr double kNumberWidth = 8.0;
constexpr double kGapWidth = 3.0;

void settleBoardSheet(XlsxSheet& sheet, const WorkbookBoard& board) {
    sheet.columnWidth(0, 0, kHeadWidth);
    for (lxw_col_t column = 1; column < board.end().column; ++column) {
        sheet.columnWidth(column, column, board.isGap(column) ? kGapWidth : kNumberWidth);
    }
    sheet.freeze({kBoardTop + 1, 1});
    sheet.settlePage();
    board.draw(sheet);
}

std::string sizeOf(const Shape4& shape) {
    const auto counted = [](int count, const char* what) {
        return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
    };
    return counted(shape.images, "image") + ", " + counted(shape.channels, "channel") + ", " +
           std::to_string(shape.height) + " x " + std::to_string(shape.width);
}

/// What a colour stands for.
std::string subjectOf(NormKind kind) {
    switch (kind) {
        case NormKind::Batch:
            return "each channel, through all images,";
        case NormKind::Layer:
            return "each image, with all its channels,";
        case NormKind::Group:
            return "each group of channels of each image";
        case NormKind::Instance:
        case NormKind::None:
            break;
    }
    return "each channel of each image";
}

void writeInput(XlsxSheet sheet, const WorkbookLesson& lesson) {
    writeTitle(sheet, "Input x: " + sizeOf(lesson.input.shape),
               "Under " + normOf(lesson.spec) + " " + subjectOf(lesson.spec.kind) +
                   " has one mean and one variance: one colour, one label S.",
               "Blue numbers are yours to change; all sheets follow.");
    settleBoardSheet(sheet, lesson.board);
    forEachCell(lesson.input.shape, [&](const CellIndex& cell, std::size_t offset) {
        sheet.number(lesson.board.cell(cell), lesson.input.values[offset],
                     changeableStyle(lesson.board.cellStyle(cell)));
    });
}

void writeSetLine(XlsxSheet& sheet, const WorkbookLesson& lesson, std::size_t i) {
    const StatisticsSet& set = lesson.board.sets()[i];
    const double variance = lesson.trace.variance[i];
    const SetInk ink = lesson.board.ink(set);
    const auto at = [&](StatisticsColumn column) { return statisticsPlace(i, column); };
    const CellStyle centred{.fill = ink.tint, .align = CellStyle::Align::Centre};
    const CellStyle measured{.fill = ink.tint, .numbers = kFourDecimals};
    const std::string cells =
        "Input!" + rangeName(lesson.board.first(set), lesson.board.last(set)) + ")";
    sheet.text(
        at(kSetColumn), workbookLabel(i),
        {.fill = ink.tint, .text = ink.line, .bold = true, .align = CellStyle::Align::Centre});
    sheet.text(at(kImageColumn), imagesOf(set), centred);
    sheet.text(at(kChannelsColumn), channelsOf(set), centred);
    sheet.formula(at(kCountColumn), "=COUNT(" + cells, static_cast<double>(set.count), centred);
    sheet.formula(at(kMeanColumn), "=AVERAGE(" + cells, lesson.trace.mean[i], measured);
    // Without the prefix, spreadsheets take VAR.P for an unknown name.
    sheet.formula(at(kVarianceColumn), "=_xlfn.VAR.P(" + cells, variance, measured);
    sheet.formula(
        at(kDeviationColumn),
        "=SQRT(" + relativeName(at(kVarianceColumn)) + "+" + absoluteName(epsPlace()) + ")",
        std::sqrt(variance + lesson.spec.eps), measured);
}

void writeParameters(XlsxSheet& sheet, const WorkbookLesson& lesson) {
    sheet.text({epsPlace().row, kParameterColumn}, "epsilon", headStyle());
    sheet.number(epsPlace(), lesson.spec.eps, changeableStyle());
    sheet.text({kTableTop, kParameterColumn}, "Channel", headStyle());
    sheet.text({kTableTop, kGammaColumn}, "gamma", headStyle());
    sheet.text({kTableTop, kBetaColumn}, "beta", headStyle());
    for (int channel = 0; channel < lesson.input.shape.channels; ++channel) {
        const auto i = static_cast<std::size_t>(channel);
        const CellPlace gamma = affinePlace(channel, kGammaColumn);
        sheet.number({gamma.row, kParameterColumn}, channel + 1, {});
        sheet.number(gamma, lesson.trace.gamma[i], changeableStyle());
        sheet.number(affinePlace(channel, kBetaColumn), lesson.trace.beta[i], changeableStyle());
    }
}

void writeStatistics(XlsxSheet sheet, const WorkbookLesson& lesson) {
    writeTitle(sheet, "Statistics: " + normOf(lesson.spec),
               "One line for each set of cells that share a mean and a variance. The variance "
               "divides by the count (VAR.P), not by one less.",
               "Blue numbers are yours to change; all sheets follow.");
    sheet.columnWidth(kSetColumn, kCountColumn, 10.0);
    sheet.columnWidth(kMeanColumn, kDeviationColumn, 16.0);
    sheet.columnWidth(kSpareColumn, kSpareColumn, 4.0);
    sheet.columnWidth(kParameterColumn, kBetaColumn, 10.0);
    sheet.freeze({kTableTop + 1, 1});
    sheet.settlePage();
    for (const auto& [column, head] : {std::pair{kSetColumn, "Set"},
                                       {kImageColumn, "Image"},
                                       {kChannelsColumn, "Channels"},
                                       {kCountColumn, "Count"}}) {
        sheet.text({kTableTop, column}, head, headStyle(CellStyle::Align::Centre));
    }
    sheet.text({kTableTop, kMeanColumn}, "Mean", headStyle());
    sheet.text({kTableTop, kVarianceColumn}, "Variance", headStyle());
    sheet.text({kTableTop, kDeviationColumn}, "√(variance + ε)", headStyle());
    for (std::size_t set = 0; set < lesson.board.sets().size(); ++set) {
        writeSetLine(sheet, lesson, set);
    }
    writeParameters(sheet, lesson);
}

/// A board whose cells are what `formula` makes of their place.
template <typename Formula>
void writeComputed(XlsxSheet& sheet, const WorkbookLesson& lesson,
                   const std::vector<double>& values, Formula formula) {
    settleBoardSheet(sheet, lesson.board);
    forEachCell(lesson.input.shape, [&](const CellIndex& cell, std::size_t offset) {
        CellStyle style = lesson.board.cellStyle(cell);
        style.numbers = kThreeDecimals;
        sheet.formula(lesson.board.cell(cell), formula(cell), values[offset], style);
    });
}

void writeNormalized(XlsxSheet sheet, const WorkbookLesson& lesson) {
    writeTitle(sheet, "Normalized x̂",
               "x̂ = (x - mean) / √(variance + ε), with the mean and the "
               "variance of the cell's own set",
               "Each cell is a formula. The epsilon in it stands on Statistics.");
    writeComputed(sheet, lesson, lesson.trace.normalized.values, [&](const CellIndex& cell) {
        const std::size_t set = lesson.board.setOf(cell.image, cell.channel);
        return "=(Input!" + relativeName(lesson.board.cell(cell)) + "-" +
               onStatistics(statisticsPlace(set, kMeanColumn)) + ")/" +
               onStatistics(statisticsPlace(set, kDeviationColumn));
    });
}

void writeOutput(XlsxSheet sheet, const WorkbookLesson& lesson) {
    writeTitle(sheet, "Output y",
               "y = gamma * x̂ + beta, with the gamma and the beta of the cell's channel",
               "Each cell is a formula. The gamma and the beta in it stand on Statistics.");
    writeComputed(sheet, lesson, lesson.trace.output.values, [&](const CellIndex& cell) {
        return "=" + onStatistics(affinePlace(cell.channel, kGammaColumn)) + "*Normalized!" +
               relativeName(lesson.board.cell(cell)) + "+" +
               onStatistics(affinePlace(cell.channel, kBetaColumn));
    });
}

}  // namespace

CellPlace epsPlace() {
    return {kTableTop - 1, kGammaColumn};
}

CellPlace statisticsPlace(std::size_t set, StatisticsColumn column) {
    return {kTableTop + 1 + static_cast<lxw_row_t>(set), column};
}

CellPlace affinePlace(int channel, StatisticsColumn column) {
    return {kTableTop + 1 + static_cast<lxw_row_t>(channel), column};
}

std::string onStatistics(CellPlace place) {
    return "Statistics!" + absoluteName(place);
}

std::string imagesOf(const StatisticsSet& set) {
    return set.image ? std::to_string(*set.image + 1) : "all";
}

std::string channelsOf(const StatisticsSet& set) {
    const std::string first = std::to_string(set.firstChannel + 1);
    return set.channels == 1 ? first
                             : first + " to " + std::to_string(set.firstChannel + set.channels);
}

std::string normOf(const NormSpec& spec) {
    std::string norm = std::string(nameOf(spec.kind)) + " norm";
    if (spec.kind != NormKind::Group) {
        return norm;
    }
    return norm + " with " + std::to_string(spec.groups) +
           (spec.groups == 1 ? " group" : " groups");
}

CellStyle headStyle(CellStyle::Align align) {
    return {.edges = kBottom, .bold = true, .align = align};
}

CellStyle changeableStyle(CellStyle style) {
    style.text = 0x0000E0;  // the habit of spreadsheets for what is typed in, not computed
    return style;
}

CellStyle noteStyle() {
    return {.text = 0x595959, .align = CellStyle::Align::Left};
}

void writeTitle(XlsxSheet& sheet, const std::string& title, const std::string& note,
                const std::string& advice) {
    sheet.rowHeight(0, 26.0);
    sheet.text({0, 0}, title, {.bold = true, .size = 16, .align = CellStyle::Align::Left});
    sheet.text({1, 0}, note, noteStyle());
    sheet.text({2, 0}, advice, noteStyle());
}

std::optional<std::string> refusalOfWorkbook(const Shape4& shape) {
    const std::int64_t columns = 1 + shape.channels * (std::int64_t{shape.width} + 1);
    if (shape.count() > kMostWorkbookCells) {
        return "A workbook takes up to " + std::to_string(kMostWorkbookCells) +
               " numbers, and these are " + std::to_string(shape.count()) +
               "; choose .json or .csv.";
    }
    if (columns > kSheetColumns) {
        return "A workbook has up to " + std::to_string(kSheetColumns) +
               " columns, and this shape takes " + std::to_string(columns) +
               "; choose .json or .csv.";
    }
    return std::nullopt;
}

void writeNormalizationWorkbook(const std::filesystem::path& path, const Tensor4& input,
                                const NormSpec& spec, const NormTrace& trace) {
    XlsxBook book;
    const WorkbookLesson lesson{input, spec, trace, {input.shape, spec, kBoardTop}};
    writeInput(book.addSheet("Input"), lesson);
    writeStatistics(book.addSheet("Statistics"), lesson);
    writeNormalized(book.addSheet("Normalized"), lesson);
    writeOutput(book.addSheet("Output"), lesson);
    writeExercise(book.addSheet("Worksheet"), lesson);
    book.save(path);
}

}  // namespace normscope
