#pragma once

#include <QFont>
#include <vector>

#include "app/report/page_flow.h"
#include "app/report/report.h"

namespace normscope {

/// Sets the blocks of a report as pieces of pages that are `width` pixels of 1/96 inch wide and
/// `height` high.
class PdfBlocks {
  public:
    PdfBlocks(qreal width, qreal height);

    void addTitle(const Report& report);
    void addSection(const ReportSection& section);

    const std::vector<PagePiece>& pieces() const { return pieces_; }
    const QFont& textFont() const { return text_; }

    void operator()(const ReportParagraph& block);
    void operator()(const ReportFormula& block);
    void operator()(const ReportListing& block);
    void operator()(const ReportItems& block);
    void operator()(const ReportSubheading& block);
    void operator()(const ReportTable& table);
    void operator()(const ReportFigure& figure);

  private:
    struct TextLook {
        QFont font;
        qreal indent = 0.0;
        qreal spaceBefore = 0.0;
        bool quiet = false;
        bool staysWithNext = false;  ///< and all its lines with each other
    };
    void addText(const QString& text, const TextLook& look);
    void addRow(const ReportTable& table, const QStringList& texts,
                const std::vector<qreal>& widths, bool bold, bool lineAbove);
    std::vector<qreal> columnWidths(const ReportTable& table) const;

    qreal width_;
    qreal height_;
    QFont text_;
    QFont bold_;
    QFont heading_;
    QFont fixed_;
    std::vector<PagePiece> pieces_;
};

}  // namespace normscope
