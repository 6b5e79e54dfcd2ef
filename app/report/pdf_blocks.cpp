#include "app/report/pdf_blocks.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <memory>
#include <numeric>

#include "ui/picture/picture_export.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kTextPixels = 13;
constexpr int kHeadingPixels = 20;
constexpr qreal kGap = 10.0;  ///< between blocks
constexpr qreal kIndent = 24.0;
constexpr qreal kCellGap = 16.0;
constexpr qreal kRowGap = 2.0;
/// Of a page, at most this much is one figure: room for the text that leads to it.
constexpr qreal kLargestFigure = 0.8;
constexpr int kLinesTogether = 8;  ///< a text of no more is not torn apart
constexpr qreal kNarrowestColumn = 48.0;
constexpr QColor kText(0x20, 0x20, 0x20);
constexpr QColor kQuiet(0x55, 0x55, 0x55);
constexpr QColor kHairline(0xaa, 0xaa, 0xaa);

/// Letters stand where they would at any size, since a page is printed finer than a screen.
QFont sized(QFont font, int pixels, bool bold) {
    font.setPixelSize(pixels);
    font.setBold(bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

/// Text broken into lines; also within a word that is wider than the line.
std::shared_ptr<const QTextLayout> laidOut(const QString& text, const QFont& font, qreal width,
                                           Qt::Alignment alignment = Qt::AlignLeft) {
    QString lines = text;
    lines.replace(u'\n', QChar::LineSeparator);
    auto layout = std::make_shared<QTextLayout>(lines, font);
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setUseDesignMetrics(true);
    layout->setTextOption(option);
    layout->beginLayout();
    qreal top = 0.0;
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
        line.setLineWidth(width);
        line.setPosition({0.0, top});
        top += line.height();
    }
    layout->endLayout();
    return layout;
}

qreal heightOf(const QTextLayout& layout) {
    return layout.boundingRect().height();
}

/// Whether the block is part of the text that leads to the next formula, figure or table.
bool introduces(const ReportSection& section, std::size_t block) {
    const auto isText = [](const ReportBlock& one) {
        return std::holds_alternative<ReportParagraph>(one) ||
               std::holds_alternative<ReportFormula>(one);
    };
    if (!isText(section.blocks[block])) {
        return false;
    }
    const bool beforeFormula = block + 1 < section.blocks.size() &&
                               std::holds_alternative<ReportFormula>(section.blocks[block + 1]);
    const auto next = std::find_if_not(section.blocks.begin() + static_cast<std::ptrdiff_t>(block),
                                       section.blocks.end(), isText);
    return beforeFormula ||
           (next != section.blocks.end() && (std::holds_alternative<ReportFigure>(*next) ||
                                             std::holds_alternative<ReportTable>(*next)));
}

}  // namespace

PdfBlocks::PdfBlocks(qreal width, qreal height)
    : width_(width),
      height_(height),
      text_(sized(applicationFont(/*textScale=*/100), kTextPixels, /*bold=*/false)),
      bold_(sized(text_, kTextPixels, /*bold=*/true)),
      heading_(sized(text_, kHeadingPixels, /*bold=*/true)),
      fixed_(sized(QFontDatabase::systemFont(QFontDatabase::FixedFont), kTextPixels,
                   /*bold=*/false)) {}

void PdfBlocks::addTitle(const Report& report) {
    addText(report.title, {.font = heading_, .staysWithNext = true});
    addText(report.subtitle, {.font = text_, .spaceBefore = kGap, .quiet = true});
}

void PdfBlocks::addSection(const ReportSection& section) {
    addText(section.title, {.font = heading_, .spaceBefore = 3 * kGap, .staysWithNext = true});
    for (std::size_t i = 0; i < section.blocks.size(); ++i) {
        const std::size_t first = pieces_.size();
        std::visit(*this, section.blocks[i]);
        if (introduces(section, i)) {
            std::for_each(pieces_.begin() + static_cast<std::ptrdiff_t>(first), pieces_.end(),
                          [](PagePiece& piece) { piece.staysWithNext = true; });
        }
    }
}

void PdfBlocks::operator()(const ReportParagraph& block) {
    addText(block.text, {.font = text_, .spaceBefore = kGap});
}

void PdfBlocks::operator()(const ReportFormula& block) {
    addText(block.text, {.font = text_, .indent = kIndent, .spaceBefore = kGap});
}

void PdfBlocks::operator()(const ReportListing& block) {
    addText(block.text, {.font = fixed_, .indent = kIndent, .spaceBefore = kGap});
}

void PdfBlocks::operator()(const ReportItems& block) {
    for (const QString& text : block.texts) {
        const std::size_t first = pieces_.size();
        addText(text, {.font = text_, .indent = kIndent, .spaceBefore = kGap / 2});
        if (first < pieces_.size()) {
            pieces_[first].paint = [line = pieces_[first].paint,
                                    bullet = laidOut(QStringLiteral("•"), text_, kIndent)](
                                       QPainter& painter, QPointF corner) {
                bullet->draw(&painter, corner + QPointF(kIndent / 2, 0.0));
                line(painter, corner);
            };
        }
    }
}

void PdfBlocks::operator()(const ReportSubheading& block) {
    addText(block.text, {.font = bold_, .spaceBefore = 2 * kGap, .staysWithNext = true});
}

/// A piece for each line: a long text runs over to the next page.
void PdfBlocks::addText(const QString& text, const TextLook& look) {
    const auto layout = laidOut(text, look.font, width_ - look.indent);
    const bool isShort = layout->lineCount() <= kLinesTogether;
    for (int i = 0; i < layout->lineCount(); ++i) {
        pieces_.push_back(
            {.height = layout->lineAt(i).height(),
             .spaceBefore = i == 0 ? look.spaceBefore : 0.0,
             .staysWithNext = look.staysWithNext || (isShort && i + 1 < layout->lineCount()),
             .paint = [layout, i, look](QPainter& painter, QPointF corner) {
                 const QTextLine line = layout->lineAt(i);
                 painter.setPen(look.quiet ? kQuiet : kText);
                 line.draw(&painter, corner + QPointF(look.indent, -line.y()));
             }});
    }
}

void PdfBlocks::operator()(const ReportTable& table) {
    const std::vector<qreal> widths = columnWidths(table);
    const std::size_t first = pieces_.size();
    addRow(table, table.titles, widths, /*bold=*/true, /*lineAbove=*/false);
    for (const QStringList& row : table.rows) {
        const bool total = table.hasTotal && &row == &table.rows.back();
        addRow(table, row, widths, total, total || &row == &table.rows.front());
    }
    pieces_[first].spaceBefore = kGap;
    pieces_.back().staysWithNext = false;
}

/// As wide as their widest text; where that is more than the page, the widest give way.
std::vector<qreal> PdfBlocks::columnWidths(const ReportTable& table) const {
    const QFontMetricsF metrics(bold_);
    std::vector<qreal> widths;
    for (int column = 0; column < table.titles.size(); ++column) {
        qreal width = metrics.horizontalAdvance(table.titles[column]);
        for (const QStringList& row : table.rows) {
            width = std::max(width, metrics.horizontalAdvance(row[column]));
        }
        widths.push_back(width + kCellGap);
    }
    for (;;) {
        const qreal excess = std::accumulate(widths.begin(), widths.end(), -width_);
        const auto widest = std::ranges::max_element(widths);
        if (excess <= 0.0 || *widest <= kNarrowestColumn) {
            return widths;
        }
        *widest = std::max(*widest - std::max(excess / 4.0, 1.0), kNarrowestColumn);
    }
}

void PdfBlocks::addRow(const ReportTable& table, const QStringList& texts,
                       const std::vector<qreal>& widths, bool bold, bool lineAbove) {
    std::vector<std::shared_ptr<const QTextLayout>> cells;
    qreal height = 0.0;
    for (int column = 0; column < texts.size(); ++column) {
        const auto alignment = column < table.textColumns ? Qt::AlignLeft : Qt::AlignRight;
        cells.push_back(laidOut(texts[column], bold ? bold_ : text_,
                                widths[static_cast<std::size_t>(column)] - kCellGap, alignment));
        height = std::max(height, heightOf(*cells.back()));
    }
    const qreal rowWidth = std::accumulate(widths.begin(), widths.end(), -kCellGap);
    pieces_.push_back(
        {.height = height + 2 * kRowGap,
         .staysWithNext = true,
         .paint = [cells, widths, rowWidth, lineAbove](QPainter& painter, QPointF corner) {
             if (lineAbove) {
                 painter.setPen(QPen(kHairline, 0.75));
                 painter.drawLine(corner, corner + QPointF(rowWidth, 0.0));
             }
             painter.setPen(kText);
             QPointF place = corner + QPointF(0.0, kRowGap);
             for (std::size_t column = 0; column < cells.size(); ++column) {
                 cells[column]->draw(&painter, place);
                 place.rx() += widths[column];
             }
         }});
}

/// As wide as the page where it is not too high for that.
void PdfBlocks::operator()(const ReportFigure& figure) {
    const QSizeF natural = figure.picture.naturalSize;
    const qreal scale =
        std::min({1.0, width_ / natural.width(), kLargestFigure * height_ / natural.height()});
    pieces_.push_back(
        {.height = natural.height() * scale,
         .spaceBefore = 2 * kGap,
         .staysWithNext = true,
         .paint = [picture = figure.picture, scale](QPainter& painter, QPointF corner) {
             painter.save();
             painter.translate(corner);
             painter.scale(scale, scale);
             prepareForPicture(painter);
             picture.paint(painter, picture.naturalSize);
             painter.restore();
         }});
    addText(figure.caption, {.font = text_, .spaceBefore = kGap / 2, .quiet = true});
}

}  // namespace normscope
