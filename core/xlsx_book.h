#pragma once

#include <xlsxwriter.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <tuple>

namespace normscope {

/// Sides of a cell that carry a border; to be combined.
enum CellEdge : unsigned { kLeft = 1U, kTop = 2U, kRight = 4U, kBottom = 8U, kAllEdges = 15U };

/// How a cell shows its number.
inline constexpr const char* kAsItIs = "General";
inline constexpr const char* kThreeDecimals = "0.000";
inline constexpr const char* kFourDecimals = "0.0000";

/// How a cell looks.
struct CellStyle {
    enum class Align { Left, Centre, Right };

    std::uint32_t fill = 0xFFFFFF;  ///< white is none
    std::uint32_t text = 0x1F1F1F;
    std::uint32_t edge = 0xBFBFBF;
    unsigned edges = 0;  ///< of CellEdge
    bool strongEdges = false;
    bool bold = false;
    int size = 11;  ///< of the text, in points
    Align align = Align::Right;
    const char* numbers = kAsItIs;

    auto key() const {
        return std::tie(fill, text, edge, edges, strongEdges, bold, size, align, numbers);
    }
    friend bool operator<(const CellStyle& a, const CellStyle& b) { return a.key() < b.key(); }
};

/// A place on a sheet; from 0.
struct CellPlace {
    lxw_row_t row = 0;
    lxw_col_t column = 0;
};

/// "B3", "$B$3", or "B3:C9".
std::string relativeName(CellPlace place);
std::string absoluteName(CellPlace place);
std::string rangeName(CellPlace first, CellPlace last);

class XlsxBook;

/// A sheet of a workbook.
class XlsxSheet {
  public:
    XlsxSheet(XlsxBook& book, lxw_worksheet* sheet) : book_(book), sheet_(sheet) {}

    void number(CellPlace place, double value, const CellStyle& style);
    void text(CellPlace place, const std::string& text, const CellStyle& style);
    /// A text over so many cells of a row.
    void text(CellPlace place, int columns, const std::string& text, const CellStyle& style);
    void blank(CellPlace place, const CellStyle& style);
    /// `value` is what the formula comes to.
    void formula(CellPlace place, const std::string& formula, double value, const CellStyle& style);
    void formula(CellPlace place, const std::string& formula, const std::string& value,
                 const CellStyle& style);

    void columnWidth(lxw_col_t first, lxw_col_t last, double characters);
    void rowHeight(lxw_row_t row, double points);
    /// Rows above and columns left of the place stay when the sheet scrolls.
    void freeze(CellPlace place);
    /// Shows the text `equal` in another colour wherever it appears in these cells.
    void emphasise(CellPlace first, CellPlace last, const std::string& equal, std::uint32_t text,
                   std::uint32_t fill);
    /// No grid but the one that is drawn; on paper landscape, as wide as one page.
    void settlePage();

  private:
    XlsxBook& book_;
    lxw_worksheet* sheet_;
};

/// A workbook in the making. libxlsxwriter writes numbers in the locale of the thread, with as many
/// digits as 16: while a book lives, its thread writes a decimal point.
class XlsxBook {
  public:
    XlsxBook();
    ~XlsxBook();
    XlsxBook(const XlsxBook&) = delete;
    XlsxBook& operator=(const XlsxBook&) = delete;

    XlsxSheet addSheet(const char* name);
    lxw_format* format(const CellStyle& style);

    /// Writes the book as writeFile() does. Nothing can be added afterwards. Throws
    /// std::runtime_error with a sentence that names the file.
    void save(const std::filesystem::path& path);

  private:
    class PointLocale;
    class TemporaryFile;

    std::unique_ptr<PointLocale> locale_;
    std::unique_ptr<TemporaryFile> file_;
    lxw_workbook* book_;
    std::map<CellStyle, lxw_format*> formats_;
};

}  // namespace normscope
