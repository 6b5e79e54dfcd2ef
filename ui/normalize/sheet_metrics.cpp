#include <algorithm>
#include <cmath>

#include "ui/normalize/sheet_layout.h"

namespace normscope {
namespace {

constexpr int kImageSide = 7;
/// The window that large sheets are fitted into, for their heads to be readable there.
constexpr QSizeF kWindow(1400, 800);

/// Cells of an image are small, and the smaller the more of them.
qreal imageCell(const Shape4& shape, qreal line) {
    return std::min(1.3 * line, 14.0 * line / std::max(shape.height, shape.width));
}

/// How far a sheet of blocks this large, three grids of them, must shrink to fit the window.
qreal fittedZoom(const Shape4& shape, QSizeF pitch) {
    const qreal width = shape.channels * pitch.width();
    const qreal height = shape.images * pitch.height();
    return std::max(std::min(kWindow.width() / (3 * width), kWindow.height() / height),
                    std::min(kWindow.width() / width, kWindow.height() / (3 * height)));
}

}  // namespace

bool isImage(const Shape4& shape) {
    return std::min(shape.height, shape.width) >= kImageSide;
}

SheetMetrics sheetMetrics(const Shape4& shape, const QFontMetricsF& font) {
    const auto wide = [&font](const char* text) {
        return font.horizontalAdvance(QString::fromLatin1(text));
    };
    const qreal line = font.height();
    const qreal number = wide("-0.000");
    const qreal unit = line / 2;

    SheetMetrics metrics{};
    const qreal side = imageCell(shape, line);
    metrics.cell =
        isImage(shape) ? QSizeF(side, side) : QSizeF(number + 0.9 * unit, std::ceil(1.45 * line));
    const QSizeF block(shape.width * metrics.cell.width(), shape.height * metrics.cell.height());

    const QSizeF pitch(block.width() + 2 * unit, block.height() + 2 * unit);
    const qreal scale = std::clamp(0.8 / fittedZoom(shape, pitch), 1.0, 16.0);
    metrics.headScale = scale;
    // A block of one row or column has no border between cells: the arrow is in the gap after it.
    const bool thin = std::min(shape.height, shape.width) == 1;
    metrics.blockGap = std::max(thin ? 1.2 * line : unit, 1.5 * scale);
    metrics.groupGap = std::max({2 * unit, 4 * scale, 1.2 * metrics.blockGap});
    metrics.partGap = 1.9 * line * std::min(scale, 4.0);
    metrics.title = 1.9 * line * scale;
    metrics.titleWidth = 9 * line * scale;
    metrics.columnHead = 1.3 * line * scale;
    metrics.rowHead = (wide(scale > 2.0 ? "v(s2+e)" : "Image 32") + 1.3 * unit) * scale;
    // As wide as the label of the last set under instance norm.
    const qreal label =
        wide("S") + wide("0") * (1 + std::floor(std::log10(shape.images * shape.channels)));
    metrics.label = {label + 0.8 * unit, 1.15 * line};
    metrics.statistics = {metrics.label.width() + 3 * (number + unit) + unit, 1.45 * line};
    metrics.statisticsBelow = {number + 0.9 * unit, 4 * 1.4 * line};
    metrics.affine =
        2 * 1.3 * line * std::clamp(block.width() / metrics.statisticsBelow.width(), 1.0, scale);
    metrics.head = 0.95 * line;
    return metrics;
}

}  // namespace normscope
