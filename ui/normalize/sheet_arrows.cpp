#include <algorithm>

#include "ui/normalize/sheet_layout.h"

namespace normscope {
namespace {

// Of the length of a head.
constexpr qreal kHalfBase = 0.45;
constexpr qreal kThickness = 0.25;

/// The border between two cells nearest to the middle of the first block, so that the line crosses
/// no number; beside a single row of cells, in the margin of the body, which the head just fits.
qreal seam(qreal start, qreal cell, int cells, qreal bodyEnd, qreal head) {
    const int before = cells / 2;
    return cells > 1 ? start + before * cell : bodyEnd - 1.01 * kHalfBase * head;
}

SheetArrow arrow(int set, const QRectF& body, const QLineF& shaft, const QRectF& label,
                 qreal head) {
    const QLineF unit = shaft.unitVector();
    const QPointF along(unit.dx(), unit.dy());
    const QPointF across = kHalfBase * head * QPointF(-along.y(), along.x());
    const QPointF base = shaft.p2() - along * head;
    return {set, body, shaft, label, kThickness * head, {shaft.p2(), base + across, base - across}};
}

}  // namespace

SheetArrow sheetArrow(const SheetLayout& layout, const StatisticsSet& cells, int set,
                      ArrowFlow flow) {
    const Shape4& shape = layout.shape();
    const SheetMetrics& metrics = layout.metrics();
    const QRectF first =
        layout.block(SheetPart::Input, cells.image.value_or(0), cells.firstChannel);
    const QRectF last = layout.block(SheetPart::Input, cells.image.value_or(shape.images - 1),
                                     cells.firstChannel + cells.channels - 1);
    const QRectF blocks = first.united(last);
    const qreal margin = metrics.blockGap / 2;
    const qreal head = layout.arrowHead();
    const qreal tail = 1.4 * head;
    const QSizeF label = layout.arrowLabel();
    const qreal stub = 0.5 * head + margin / 2;  // of the line, before the first cell
    const bool down = !cells.image.has_value();
    if (down) {
        const QRectF body = blocks.adjusted(-margin, -label.height() - stub, margin, tail);
        const qreal x = seam(first.left(), metrics.cell.width(), shape.width, body.right(), head);
        const qreal left = std::clamp(x - label.width() / 2, body.left(),
                                      std::max(body.left(), body.right() - label.width()));
        if (flow == ArrowFlow::FromStatistics) {
            const qreal top = body.bottom() - label.height();
            return arrow(set, body, QLineF(x, top + label.height() / 2, x, body.top()),
                         QRectF(QPointF(left, top), label), head);
        }
        return arrow(set, body, QLineF(x, body.top() + label.height() / 2, x, body.bottom()),
                     QRectF(QPointF(left, body.top()), label), head);
    }
    const QRectF body = blocks.adjusted(-label.width() - stub, -margin, tail, margin);
    const qreal y = seam(first.top(), metrics.cell.height(), shape.height, body.bottom(), head);
    const qreal top = std::clamp(y - label.height() / 2, body.top(),
                                 std::max(body.top(), body.bottom() - label.height()));
    return arrow(set, body, QLineF(body.left() + label.width() / 2, y, body.right(), y),
                 QRectF(QPointF(body.left(), top), label), head);
}

std::vector<SheetArrow> sheetArrows(const SheetLayout& layout, const NormSpec& spec,
                                    ArrowFlow flow) {
    std::vector<SheetArrow> arrows;
    for (const StatisticsSet& cells : statisticsSets(layout.shape(), spec)) {
        arrows.push_back(sheetArrow(layout, cells, static_cast<int>(arrows.size()), flow));
    }
    return arrows;
}

}  // namespace normscope
