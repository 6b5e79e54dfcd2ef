#include "core/xlsx_book.h"

#include <locale.h>
#include <unistd.h>

#include <array>
#include <limits>
#include <stdexcept>
#include <utility>

#include "core/files.h"

namespace normscope {

class XlsxBook::PointLocale {
  public:
    PointLocale() : point_(::newlocale(LC_ALL_MASK, "C", nullptr)), before_(::uselocale(point_)) {}
    ~PointLocale() {
        ::uselocale(before_);
        ::freelocale(point_);
    }
    PointLocale(const PointLocale&) = delete;
    PointLocale& operator=(const PointLocale&) = delete;

  private:
    locale_t point_;
    locale_t before_;
};

class XlsxBook::TemporaryFile {
  public:
    TemporaryFile()
        : path_((std::filesystem::temp_directory_path() / "normscope-XXXXXX").string()) {
        const int descriptor = ::mkstemp(path_.data());
        if (descriptor < 0) {
            throw std::runtime_error("Cannot write into " +
                                     std::filesystem::temp_directory_path().string() + ".");
        }
        ::close(descriptor);
    }
    ~TemporaryFile() { ::unlink(path_.c_str()); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

namespace {

constexpr std::uint32_t kWhite = 0xFFFFFF;

std::uint8_t alignment(CellStyle::Align align) {
    switch (align) {
        case CellStyle::Align::Left:
            return LXW_ALIGN_LEFT;
        case CellStyle::Align::Centre:
            return LXW_ALIGN_CENTER;
        case CellStyle::Align::Right:
            break;
    }
    return LXW_ALIGN_RIGHT;
}

void setEdges(lxw_format* format, const CellStyle& style) {
    const auto border =
        static_cast<std::uint8_t>(style.strongEdges ? LXW_BORDER_MEDIUM : LXW_BORDER_THIN);
    if ((style.edges & kLeft) != 0) {
        format_set_left(format, border);
        format_set_left_color(format, style.edge);
    }
    if ((style.edges & kTop) != 0) {
        format_set_top(format, border);
        format_set_top_color(format, style.edge);
    }
    if ((style.edges & kRight) != 0) {
        format_set_right(format, border);
        format_set_right_color(format, style.edge);
    }
    if ((style.edges & kBottom) != 0) {
        format_set_bottom(format, border);
        format_set_bottom_color(format, style.edge);
    }
}

}  // namespace

std::string relativeName(CellPlace place) {
    std::array<char, LXW_MAX_CELL_NAME_LENGTH> name{};
    lxw_rowcol_to_cell(name.data(), place.row, place.column);
    return name.data();
}

std::string absoluteName(CellPlace place) {
    std::array<char, LXW_MAX_CELL_NAME_LENGTH> name{};
    lxw_rowcol_to_cell_abs(name.data(), place.row, place.column, /*abs_row=*/LXW_TRUE,
                           /*abs_col=*/LXW_TRUE);
    return name.data();
}

std::string rangeName(CellPlace first, CellPlace last) {
    return relativeName(first) + ":" + relativeName(last);
}

void XlsxSheet::number(CellPlace place, double value, const CellStyle& style) {
    worksheet_write_number(sheet_, place.row, place.column, value, book_.format(style));
}

void XlsxSheet::text(CellPlace place, const std::string& text, const CellStyle& style) {
    worksheet_write_string(sheet_, place.row, place.column, text.c_str(), book_.format(style));
}

void XlsxSheet::text(CellPlace place, int columns, const std::string& text,
                     const CellStyle& style) {
    if (columns == 1) {
        this->text(place, text, style);
        return;
    }
    worksheet_merge_range(sheet_, place.row, place.column, place.row,
                          static_cast<lxw_col_t>(place.column + columns - 1), text.c_str(),
                          book_.format(style));
}

void XlsxSheet::blank(CellPlace place, const CellStyle& style) {
    worksheet_write_blank(sheet_, place.row, place.column, book_.format(style));
}

void XlsxSheet::formula(CellPlace place, const std::string& formula, double value,
                        const CellStyle& style) {
    worksheet_write_formula_num(sheet_, place.row, place.column, formula.c_str(),
                                book_.format(style), value);
}

void XlsxSheet::formula(CellPlace place, const std::string& formula, const std::string& value,
                        const CellStyle& style) {
    worksheet_write_formula_str(sheet_, place.row, place.column, formula.c_str(),
                                book_.format(style), value.c_str());
}

void XlsxSheet::columnWidth(lxw_col_t first, lxw_col_t last, double characters) {
    worksheet_set_column(sheet_, first, last, characters, nullptr);
}

void XlsxSheet::rowHeight(lxw_row_t row, double points) {
    worksheet_set_row(sheet_, row, points, nullptr);
}

void XlsxSheet::freeze(CellPlace place) {
    worksheet_freeze_panes(sheet_, place.row, place.column);
}

void XlsxSheet::emphasise(CellPlace first, CellPlace last, const std::string& equal,
                          std::uint32_t text, std::uint32_t fill) {
    std::string value = "\"" + equal + "\"";
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_TYPE_CELL;
    rule.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
    rule.value_string = value.data();
    rule.format = book_.format({.fill = fill, .text = text});
    worksheet_conditional_format_range(sheet_, first.row, first.column, last.row, last.column,
                                       &rule);
}

void XlsxSheet::settlePage() {
    worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, /*A4*/ 9);
    worksheet_fit_to_pages(sheet_, /*width=*/1, /*height=*/0);
}

XlsxBook::XlsxBook()
    : locale_(std::make_unique<PointLocale>()),
      file_(std::make_unique<TemporaryFile>()),
      book_(workbook_new(file_->path().c_str())) {
    if (book_ == nullptr) {
        throw std::bad_alloc();
    }
}

XlsxBook::~XlsxBook() {
    if (book_ != nullptr) {
        lxw_workbook_free(book_);
    }
}

XlsxSheet XlsxBook::addSheet(const char* name) {
    return {*this, workbook_add_worksheet(book_, name)};
}

lxw_format* XlsxBook::format(const CellStyle& style) {
    const auto found = formats_.find(style);
    if (found != formats_.end()) {
        return found->second;
    }
    lxw_format* const format = workbook_add_format(book_);
    if (style.fill != kWhite) {
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_bg_color(format, style.fill);
    }
    format_set_font_color(format, style.text);
    if (style.bold) {
        format_set_bold(format);
    }
    format_set_font_size(format, style.size);
    format_set_align(format, alignment(style.align));
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_num_format(format, style.numbers);
    setEdges(format, style);
    formats_.emplace(style, format);
    return format;
}

void XlsxBook::save(const std::filesystem::path& path) {
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR) {
        throw std::runtime_error("Cannot write " + path.string() + ": " + lxw_strerror(error) +
                                 ".");
    }
    writeFile(path, readFile(file_->path(), std::numeric_limits<std::size_t>::max()));
}

}  // namespace normscope
