#pragma once

#include <string>

#include "core/workbook_board.h"

namespace normscope {

/// What the sheets of the workbook share: the numbers, and where they stand.
struct WorkbookLesson {
    const Tensor4& input;
    const NormSpec& spec;
    const NormTrace& trace;
    WorkbookBoard board;  ///< the same on Input, Normalized and Output
};

/// Columns of the sheet Statistics.
enum StatisticsColumn : lxw_col_t {
    kSetColumn,
    kImageColumn,
    kChannelsColumn,
    kCountColumn,
    kMeanColumn,
    kVarianceColumn,
    kDeviationColumn,  ///< sqrt(variance + eps)
    kSpareColumn,
    kParameterColumn,  ///< "epsilon" and the channels
    kGammaColumn,      ///< and the value of epsilon
    kBetaColumn
};

/// The epsilon of the workbook, the numbers of a set, and gamma or beta of a channel, all on the
/// sheet Statistics.
CellPlace epsPlace();
CellPlace statisticsPlace(std::size_t set, StatisticsColumn column);
CellPlace affinePlace(int channel, StatisticsColumn column);

/// "Statistics!$E$5"
std::string onStatistics(CellPlace place);
/// "all" or the number of the image, and "3" or "1 to 4".
std::string imagesOf(const StatisticsSet& set);
std::string channelsOf(const StatisticsSet& set);
/// "batch norm", "group norm with 2 groups"
std::string normOf(const NormSpec& spec);

/// Styles: what names something, what a reader may change, and plain text.
CellStyle headStyle(CellStyle::Align align = CellStyle::Align::Right);
CellStyle changeableStyle(CellStyle style = {});
CellStyle noteStyle();

/// The title in the first row, below it what it is about and what can be done with it.
void writeTitle(XlsxSheet& sheet, const std::string& title, const std::string& note,
                const std::string& advice);

/// The cells of the board, one after the other in N, C, H, W order.
template <typename Visit>
void forEachCell(const Shape4& shape, Visit visit) {
    std::size_t offset = 0;
    for (int image = 0; image < shape.images; ++image) {
        for (int channel = 0; channel < shape.channels; ++channel) {
            for (int row = 0; row < shape.height; ++row) {
                for (int column = 0; column < shape.width; ++column) {
                    visit(CellIndex{image, channel, row, column}, offset++);
                }
            }
        }
    }
}

/// The sheet whose results are left out for the student.
void writeExercise(XlsxSheet sheet, const WorkbookLesson& lesson);

}  // namespace normscope
