#include "core/workbook_board.h"

#include <array>

namespace normscope {
namespace {

// Light grounds that print, each with a dark line of the same hue.
constexpr std::array<SetInk, 8> kInks{{{0xD4E6F6, 0x0B5C97},
                                       {0xFCE3BC, 0xA65F00},
                                       {0xCDEBDD, 0x007355},
                                       {0xF6D9E8, 0xA03F79},
                                       {0xF8F3AE, 0x766C00},
                                       {0xE1D8F1, 0x5D4390},
                                       {0xF9D2C4, 0xA83C00},
                                       {0xE3E3E3, 0x4A4A4A}}};

}  // namespace

std::string workbookLabel(std::size_t set) {
    return "S" + std::to_string(set + 1);
}

WorkbookBoard::WorkbookBoard(const Shape4& shape, const NormSpec& spec, lxw_row_t top)
    : shape_(shape), spec_(spec), top_(top), sets_(statisticsSets(shape, spec)) {}

std::size_t WorkbookBoard::setOf(int image, int channel) const {
    return static_cast<std::size_t>(statisticsSetOf(shape_, spec_, image, channel));
}

SetInk WorkbookBoard::ink(const StatisticsSet& set) const {
    // One step to the right and three down: neither comes back to the same hue next door.
    constexpr int kDown = 3;
    const int group = set.firstChannel / set.channels;
    return kInks[static_cast<std::size_t>(group + kDown * set.image.value_or(0)) % kInks.size()];
}

lxw_row_t WorkbookBoard::arrowRow(int image) const {
    return top_ + 1 + static_cast<lxw_row_t>(image * (shape_.height + 1));
}

lxw_col_t WorkbookBoard::gapColumn(int channel) const {
    return static_cast<lxw_col_t>((channel + 1) * (shape_.width + 1));
}

CellPlace WorkbookBoard::cell(const CellIndex& index) const {
    return {arrowRow(index.image) + 1 + static_cast<lxw_row_t>(index.row),
            static_cast<lxw_col_t>(1 + index.channel * (shape_.width + 1) + index.column)};
}

CellPlace WorkbookBoard::first(const StatisticsSet& set) const {
    return cell({set.image.value_or(0), set.firstChannel, 0, 0});
}

CellPlace WorkbookBoard::last(const StatisticsSet& set) const {
    return cell({set.image.value_or(shape_.images - 1), set.firstChannel + set.channels - 1,
                 shape_.height - 1, shape_.width - 1});
}

CellPlace WorkbookBoard::end() const {
    return {arrowRow(shape_.images) + 1,
            static_cast<lxw_col_t>(gapColumn(shape_.channels - 1) + 1)};
}

bool WorkbookBoard::isGap(lxw_col_t column) const {
    return column % static_cast<lxw_col_t>(shape_.width + 1) == 0;
}

unsigned WorkbookBoard::outline(CellPlace place, const StatisticsSet& set) const {
    const CellPlace from = first(set);
    const CellPlace to = last(set);
    return (place.column == from.column ? kLeft : 0U) | (place.row == from.row ? kTop : 0U) |
           (place.column == to.column ? kRight : 0U) | (place.row == to.row ? kBottom : 0U);
}

CellStyle WorkbookBoard::cellStyle(const CellIndex& index) const {
    const StatisticsSet& set = sets_[setOf(index.image, index.channel)];
    const SetInk colours = ink(set);
    return {.fill = colours.tint,
            .edge = colours.line,
            .edges = outline(cell(index), set),
            .strongEdges = true,
            .align = CellStyle::Align::Centre};
}

CellStyle WorkbookBoard::arrowStyle(const StatisticsSet& set, unsigned edges) const {
    const SetInk colours = ink(set);
    return {.text = colours.line,
            .edge = colours.line,
            .edges = edges,
            .strongEdges = true,
            .bold = true,
            .size = 14,
            .align = CellStyle::Align::Centre};
}

void WorkbookBoard::draw(XlsxSheet& sheet) const {
    drawHeads(sheet);
    for (std::size_t set = 0; set < sets_.size(); ++set) {
        if (sets_[set].image) {
            drawAcross(sheet, sets_[set], workbookLabel(set));
        } else {
            drawDown(sheet, sets_[set], workbookLabel(set));
        }
    }
}

void WorkbookBoard::drawHeads(XlsxSheet& sheet) const {
    for (int channel = 0; channel < shape_.channels; ++channel) {
        const CellPlace place{top_, cell({0, channel, 0, 0}).column};
        sheet.text(place, shape_.width, "Channel " + std::to_string(channel + 1),
                   {.bold = true, .align = CellStyle::Align::Centre});
    }
    for (int image = 0; image < shape_.images; ++image) {
        sheet.text({cell({image, 0, 0, 0}).row, 0}, "Image " + std::to_string(image + 1),
                   {.bold = true, .align = CellStyle::Align::Left});
    }
}

void WorkbookBoard::drawDown(XlsxSheet& sheet, const StatisticsSet& set,
                             const std::string& label) const {
    const lxw_col_t column = first(set).column;
    sheet.text({arrowRow(0), column}, shape_.width, label + " ↓", arrowStyle(set, 0));
    for (int image = 1; image < shape_.images; ++image) {
        sheet.text({arrowRow(image), column}, shape_.width, "↓", arrowStyle(set, kLeft | kRight));
    }
    sheet.text({arrowRow(shape_.images), column}, shape_.width, "▼", arrowStyle(set, 0));
}

void WorkbookBoard::drawAcross(XlsxSheet& sheet, const StatisticsSet& set,
                               const std::string& label) const {
    const CellPlace from = first(set);
    const lxw_row_t middle = from.row + static_cast<lxw_row_t>((shape_.height - 1) / 2);
    sheet.text({from.row - 1, from.column}, shape_.width, label + " →", arrowStyle(set, 0));
    const int lastChannel = set.firstChannel + set.channels - 1;
    for (int channel = set.firstChannel; channel < lastChannel; ++channel) {
        for (lxw_row_t row = from.row; row <= last(set).row; ++row) {
            const CellPlace place{row, gapColumn(channel)};
            const CellStyle style = arrowStyle(set, outline(place, set));
            if (row == middle) {
                sheet.text(place, "→", style);
            } else {
                sheet.blank(place, style);
            }
        }
    }
    // Beside another set a head would point into that.
    if (set.channels == shape_.channels) {
        sheet.text({middle, gapColumn(lastChannel)}, "►", arrowStyle(set, 0));
    }
}

}  // namespace normscope
