#include <QPainterPath>
#include <algorithm>

#include "ui/normalize/sheet_arrow_painter.h"
#include "ui/normalize/sheet_painter.h"
#include "ui/normalize/sheet_statistics.h"

namespace normscope {
namespace {

constexpr std::array kParts{SheetPart::Input, SheetPart::Normalized, SheetPart::Output};
constexpr float kDimmed = 0.32F;

/// All blocks of the set in one part, as one rectangle.
QRectF blocksOf(const SheetLayout& layout, const StatisticsSet& set, SheetPart part) {
    const int lastImage = set.image.value_or(layout.shape().images - 1);
    return layout.block(part, set.image.value_or(0), set.firstChannel)
        .united(layout.block(part, lastImage, set.firstChannel + set.channels - 1));
}

/// Everything but the set, its arrow, its statistics and the titles steps back.
void dimOthers(QPainter& painter, const SheetScene& scene, int set, const QRectF& exposed) {
    const SheetLayout& layout = scene.layout;
    const StatisticsSet& cells = scene.trace.sets[static_cast<std::size_t>(set)];
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    path.addRect(exposed);
    const qreal margin = layout.metrics().blockGap / 2;
    path.addRect(sheetArrow(layout, cells, set, scene.arrowFlow()).body & exposed);
    path.addRect(layout.statistics(set) & exposed);
    for (const SheetPart part : kParts) {
        if (part != SheetPart::Input) {
            path.addRect(blocksOf(layout, cells, part).adjusted(-margin, -margin, margin, margin) &
                         exposed);
        }
        path.addRect(layout.title(part) & exposed);
    }
    QColor veil = scene.palette.color(QPalette::Base);
    veil.setAlphaF(kDimmed);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    painter.setBrush(veil);
    painter.drawPath(path);
}

void frameBlocks(QPainter& painter, const SheetScene& scene, int set, const QRectF& exposed,
                 qreal zoom) {
    const StatisticsSet& cells = scene.trace.sets[static_cast<std::size_t>(set)];
    const SheetLayout& layout = scene.layout;
    const qreal width = std::max(2.0, 2.0 / zoom);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(setColours(set, scene.palette).line, width, Qt::SolidLine, Qt::SquareCap,
                        Qt::MiterJoin));
    const int firstImage = cells.image.value_or(0);
    const int lastImage = cells.image.value_or(layout.shape().images - 1);
    for (const SheetPart part : kParts) {
        for (int image = firstImage; image <= lastImage; ++image) {
            for (int i = 0; i < cells.channels; ++i) {
                const QRectF block = layout.block(part, image, cells.firstChannel + i);
                if (block.intersects(exposed)) {
                    painter.drawRect(block);
                }
            }
        }
    }
}

void frameStatistics(QPainter& painter, const SheetScene& scene, int set, qreal zoom) {
    if (!showsStatistics(painter, scene, set, zoom)) {
        return;  // nothing to be read in it
    }
    const qreal radius = scene.layout.metrics().blockGap / 2;
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(setColours(set, scene.palette).line, std::max(2.0, 2.0 / zoom)));
    painter.drawRoundedRect(scene.layout.statistics(set), radius, radius);
}

/// Around the cell, and where it is only a few pixels large, around its place.
void frameCell(QPainter& painter, const SheetScene& scene, const SheetCell& cell,
               const QColor& colour, qreal width, qreal zoom) {
    QRectF rect = scene.layout.cell(cell);
    constexpr qreal kWideFrames = 16.0;  // pixels of a cell that they do not hide
    if (rect.height() * zoom < kWideFrames) {
        width = std::min(width, 2.0);
    }
    const qreal smallest = 7.0 / zoom;
    const qreal growX = std::max(0.0, smallest - rect.width()) / 2;
    const qreal growY = std::max(0.0, smallest - rect.height()) / 2;
    rect.adjust(-growX, -growY, growX, growY);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, width / zoom, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(rect);
}

/// The same cell of x, x_hat and y.
void frameInAllParts(QPainter& painter, const SheetScene& scene, const SheetCell& cell,
                     const QColor& colour, qreal zoom) {
    for (const SheetPart part : kParts) {
        frameCell(painter, scene, {part, cell.cell}, colour, 1.5, zoom);
    }
}

}  // namespace

void paintHighlight(QPainter& painter, const SheetScene& scene, const SheetHighlight& highlight,
                    const QRectF& exposed, qreal zoom) {
    const std::optional<SheetCell>& lit = highlight.hovered ? highlight.hovered : highlight.current;
    if (!lit || scene.trace.sets.empty()) {
        return;
    }
    const int set =
        statisticsSetOf(scene.layout.shape(), scene.state.spec, lit->cell.image, lit->cell.channel);
    painter.save();
    dimOthers(painter, scene, set, exposed);
    frameBlocks(painter, scene, set, exposed, zoom);
    frameStatistics(painter, scene, set, zoom);
    if (highlight.hovered) {
        frameInAllParts(painter, scene, *highlight.hovered, scene.palette.color(QPalette::Text),
                        zoom);
    }
    if (highlight.current) {
        const QColor accent = scene.palette.color(QPalette::Highlight);
        frameInAllParts(painter, scene, *highlight.current, accent, zoom);
        frameCell(painter, scene, *highlight.current, accent, highlight.hasFocus ? 4.0 : 2.5, zoom);
    }
    painter.restore();
}

}  // namespace normscope
