#include "ui/normalize/sheet_painter.h"

#include <algorithm>
#include <cmath>

#include "ui/normalize/sheet_arrow_painter.h"
#include "ui/normalize/sheet_colours.h"
#include "ui/normalize/sheet_heads.h"
#include "ui/normalize/sheet_heat.h"
#include "ui/normalize/sheet_numbers.h"
#include "ui/normalize/sheet_statistics.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr std::array kParts{SheetPart::Input, SheetPart::Normalized, SheetPart::Output};

/// The derivatives that the input shows in place of its values, if any.
struct Derivatives {
    explicit Derivatives(const SheetScene& scene) {
        if (scene.gradientOf) {
            gradient.emplace(scene.trace, scene.state.spec, !scene.state.usesRunning(),
                             *scene.gradientOf);
            largest = gradient->largest();
        }
    }
    const OutputGradient* of(SheetPart part) const {
        return part == SheetPart::Input && gradient ? &*gradient : nullptr;
    }

    std::optional<OutputGradient> gradient;
    double largest = 0.0;
};

/// Calls `visit(image, channel)` for each block that lies in `exposed`.
template <typename Visit>
void forEachBlock(const SheetLayout& layout, SheetPart part, const QRectF& exposed, Visit visit) {
    const auto images = layout.imagesIn(part, exposed.top(), exposed.bottom());
    const auto channels = layout.channelsIn(part, exposed.left(), exposed.right());
    for (int image = images.first; image < images.last; ++image) {
        for (int channel = channels.first; channel < channels.last; ++channel) {
            visit(image, channel);
        }
    }
}

void paintHairlines(QPainter& painter, const QRectF& block, const Shape4& shape, QSizeF cell,
                    const QColor& colour, qreal zoom) {
    QVarLengthArray<QLineF, 60> lines;
    for (int column = 0; column <= shape.width; ++column) {
        const qreal x = block.left() + column * cell.width();
        lines.append(QLineF(x, block.top(), x, block.bottom()));
    }
    for (int row = 0; row <= shape.height; ++row) {
        const qreal y = block.top() + row * cell.height();
        lines.append(QLineF(block.left(), y, block.right(), y));
    }
    painter.setPen(QPen(colour, 1.0 / zoom));
    painter.drawLines(lines.constData(), static_cast<int>(lines.size()));
}

/// A corner turned over, as on a sheet of paper.
void paintMovedCorners(QPainter& painter, const SheetScene& scene, int image, int channel) {
    const Tensor4& before = *scene.poke->before;
    const Tensor4& after = scene.trace.output;
    const QSizeF cell = scene.layout.metrics().cell;
    const qreal side = 0.32 * std::min(cell.width(), cell.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(scene.palette.color(QPalette::Highlight));
    CellIndex at{image, channel, 0, 0};
    for (at.row = 0; at.row < after.shape.height; ++at.row) {
        for (at.column = 0; at.column < after.shape.width; ++at.column) {
            if (std::abs(after.at(at) - before.at(at)) > PokeResult::kMoved) {
                const QPointF corner = scene.layout.cell({SheetPart::Output, at}).topRight();
                painter.drawPolygon(
                    QPolygonF{corner, corner - QPointF(side, 0), corner + QPointF(0, side)});
            }
        }
    }
}

void paintGrounds(QPainter& painter, const SheetScene& scene, SheetPart part,
                  const Derivatives& derivatives, const QRectF& exposed, qreal zoom) {
    const SheetLayout& layout = scene.layout;
    if (derivatives.of(part) != nullptr) {
        paintHeat(painter, scene, {part, derivatives.of(part), derivatives.largest}, exposed);
    }
    forEachBlock(layout, part, exposed, [&](int image, int channel) {
        const QRectF block = layout.block(part, image, channel);
        const SetColours colours = setColours(
            statisticsSetOf(layout.shape(), scene.state.spec, image, channel), scene.palette);
        if (derivatives.of(part) == nullptr) {
            painter.fillRect(block, colours.tint);
        }
        paintHairlines(painter, block, layout.shape(), layout.metrics().cell,
                       blend(colours.tint, colours.line, 0.4), zoom);
    });
}

void paintNumbers(QPainter& painter, const SheetScene& scene, SheetPart part,
                  const Derivatives& derivatives, const QRectF& exposed) {
    NumberPainter numbers(painter, scene, derivatives.of(part), derivatives.largest);
    const bool moved = part == SheetPart::Output && scene.poke && scene.poke->before &&
                       scene.poke->before->shape == scene.layout.shape();
    forEachBlock(scene.layout, part, exposed, [&](int image, int channel) {
        if (moved) {
            painter.setRenderHint(QPainter::Antialiasing, true);
            paintMovedCorners(painter, scene, image, channel);
        }
        numbers.paintBlock(part, image, channel, exposed);
    });
}

}  // namespace

void paintSheet(QPainter& painter, const SheetScene& scene, const QRectF& exposed, qreal zoom) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(exposed, scene.palette.color(QPalette::Base));
    const Derivatives derivatives(scene);
    const bool asNumbers = showsNumbers(scene, zoom);
    paintArrowBodies(painter, scene, exposed);
    for (const SheetPart part : kParts) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        if (asNumbers) {
            paintGrounds(painter, scene, part, derivatives, exposed, zoom);
        } else {
            paintHeat(painter, scene, {part, derivatives.of(part), derivatives.largest}, exposed);
        }
    }
    paintArrowShafts(painter, scene, exposed, zoom);  // over the grounds, under the numbers
    if (asNumbers) {
        for (const SheetPart part : kParts) {
            paintNumbers(painter, scene, part, derivatives, exposed);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    for (const SheetPart part : kParts) {
        paintHeads(painter, scene, part, exposed, zoom);
    }
    paintStatistics(painter, scene, exposed, zoom);
    paintAffine(painter, scene, exposed, zoom);
    painter.restore();
}

}  // namespace normscope
