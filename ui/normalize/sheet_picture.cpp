#include "ui/normalize/sheet_picture.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <memory>

#include "ui/normalize/sheet_layout.h"
#include "ui/normalize/sheet_painter.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kTextPixels = 15;
constexpr int kMargin = 24;
/// No wider or higher than still makes a sensible file.
constexpr qreal kLargest = 4000;

/// Sized in pixels of the picture, which must not depend on the screen or its text scale.
QFont textFont() {
    QFont font = applicationFont(/*textScale=*/100);
    font.setPixelSize(kTextPixels);
    return font;
}

/// What the picture keeps for as long as it may be painted.
struct Content {
    Content(const SheetState& shown, QSizeF page)
        : state(shown),
          trace(shown.usesRunning()
                    ? normalizeWithRunning(*shown.input, shown.spec, shown.affine, shown.running)
                    : normalize(*shown.input, shown.spec, shown.affine)),
          font(textFont()),
          layout(layoutOf(shown.input->shape, shown.spec, QFontMetricsF(font), page)) {}

    static SheetLayout layoutOf(const Shape4& shape, const NormSpec& spec,
                                const QFontMetricsF& font, QSizeF page) {
        const SheetMetrics metrics = sheetMetrics(shape, font);
        return {shape, spec, bestArrangement(shape, spec, metrics, page), metrics};
    }

    SheetState state;
    NormTrace trace;
    QFont font;
    SheetLayout layout;
};

void paint(QPainter& painter, const Content& content, QSize size) {
    const QSizeF sheet = content.layout.size();
    const QPalette palette = lightPalette();
    painter.fillRect(QRect(QPoint(), size), palette.color(QPalette::Base));
    const qreal scale = std::min((size.width() - 2 * kMargin) / sheet.width(),
                                 (size.height() - 2 * kMargin) / sheet.height());
    if (scale <= 0.0) {
        return;
    }
    const std::optional<PokeResult> noPoke;
    const SheetScene scene{content.state, content.trace, content.layout, palette,
                           content.font,  std::nullopt,  noPoke};
    painter.save();
    painter.translate((size.width() - scale * sheet.width()) / 2,
                      (size.height() - scale * sheet.height()) / 2);
    painter.scale(scale, scale);
    paintSheet(painter, scene, QRectF(QPointF(), sheet), scale);
    painter.restore();
}

}  // namespace

Picture sheetPicture(const SheetState& state, QSize page) {
    const auto content = std::make_shared<const Content>(state, page);
    const QSizeF sheet = content->layout.size();
    const qreal scale = std::min({1.0, kLargest / sheet.width(), kLargest / sheet.height()});
    const QSize natural(static_cast<int>(std::ceil(scale * sheet.width())) + 2 * kMargin,
                        static_cast<int>(std::ceil(scale * sheet.height())) + 2 * kMargin);
    return {QCoreApplication::translate("Sheet", "Normalization sheet"), natural,
            [content](QPainter& painter, QSize size) { paint(painter, *content, size); }};
}

}  // namespace normscope
