#include "app/report/pdf_report.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>

#include "app/report/pdf_blocks.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(PdfReport)
};

/// As in CSS, and as pictures are painted.
constexpr int kDotsPerInch = 96;
constexpr qreal kMarginMillimeters = 20.0;
constexpr qreal kFootHeight = 36.0;
constexpr QColor kQuiet(0x55, 0x55, 0x55);

void paintFoot(QPainter& painter, const QRectF& page, const QFont& font, const QString& title,
               int number, int count) {
    const QLocale locale;
    painter.setFont(font);
    painter.setPen(kQuiet);
    painter.drawText(page, Qt::AlignLeft | Qt::AlignBottom, title);
    painter.drawText(
        page, Qt::AlignRight | Qt::AlignBottom,
        Texts::tr("Page %1 of %2").arg(locale.toString(number), locale.toString(count)));
}

}  // namespace

QByteArray pdfReport(const Report& report) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(
        QMarginsF(kMarginMillimeters, kMarginMillimeters, kMarginMillimeters, kMarginMillimeters),
        QPageLayout::Millimeter);
    writer.setTitle(report.title);
    writer.setCreator(QStringLiteral("Normscope"));

    const QRectF page(0.0, 0.0, writer.width(), writer.height());
    PdfBlocks blocks(page.width(), page.height() - kFootHeight);
    blocks.addTitle(report);
    for (const ReportSection& section : report.sections) {
        blocks.addSection(section);
    }
    const auto placed = flowOntoPages(blocks.pieces(), page.height() - kFootHeight);
    const int pages = placed.back().page + 1;

    QPainter painter(&writer);
    int current = 0;
    paintFoot(painter, page, blocks.textFont(), report.title, current + 1, pages);
    for (const PlacedPiece& place : placed) {
        if (place.page != current) {
            current = place.page;
            writer.newPage();
            paintFoot(painter, page, blocks.textFont(), report.title, current + 1, pages);
        }
        blocks.pieces()[place.piece].paint(painter, QPointF(0.0, place.top));
    }
    painter.end();
    return buffer.data();
}

}  // namespace normscope
