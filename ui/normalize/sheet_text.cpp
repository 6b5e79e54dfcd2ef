#include "ui/normalize/sheet_text.h"

#include <QFontInfo>
#include <algorithm>

namespace normscope {

QFont bold(QFont font) {
    font.setBold(true);
    return font;
}

SheetText::SheetText(QPainter& painter, const QFont& font, qreal zoom)
    : painter_(painter),
      font_(font),
      metrics_(font),
      pixels_(QFontInfo(font).pixelSize()),
      zoom_(zoom) {}

qreal SheetText::scale(qreal largest) const {
    const qreal scale = std::min(largest, std::max(1.0, 1.0 / zoom_));
    return pixels_ * scale * zoom_ >= kReadablePixels ? scale : 0.0;
}

void SheetText::draw(const QRectF& rect, Qt::Alignment alignment, const QString& text, qreal scale,
                     const QColor& colour) const {
    if (scale <= 0.0 || text.isEmpty()) {
        return;
    }
    painter_.save();
    painter_.translate(rect.topLeft());
    painter_.scale(scale, scale);
    painter_.setFont(font_);
    painter_.setPen(colour);
    painter_.drawText(QRectF(QPointF(), rect.size() / scale),
                      static_cast<int>(alignment) | Qt::TextDontClip | Qt::TextSingleLine, text);
    painter_.restore();
}

void SheetText::drawFitting(const QRectF& rect, Qt::Alignment alignment, const QString& text,
                            qreal scale, const QColor& colour) const {
    draw(rect, alignment, text, fittingScale(width(text), rect.width(), scale), colour);
}

qreal SheetText::fittingScale(qreal width, qreal room, qreal scale) const {
    const qreal needed = width * scale;
    const qreal fitting = needed > room ? scale * room / needed : scale;
    return pixels_ * fitting * zoom_ < kReadablePixels ? 0.0 : fitting;
}

}  // namespace normscope
