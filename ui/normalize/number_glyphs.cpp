#include "ui/normalize/number_glyphs.h"

#include <QGlyphRun>
#include <QPaintEngine>
#include <algorithm>

namespace normscope {

QFont unkerned(QFont font) {
    font.setKerning(false);
    return font;
}

NumberGlyphs::NumberGlyphs(QPainter& painter, const QFont& font)
    : painter_(painter),
      font_(unkerned(font)),
      metrics_(font_),
      rawFont_(QRawFont::fromFont(font_)),
      staysText_(painter.paintEngine()->type() != QPaintEngine::Raster) {}

NumberGlyphs::Glyph NumberGlyphs::find(QChar character) const {
    const QList<quint32> indexes = rawFont_.glyphIndexesForString(QString(character));
    return {indexes.isEmpty() ? 0 : indexes.first(), metrics_.horizontalAdvance(character)};
}

const NumberGlyphs::Glyph& NumberGlyphs::glyph(QChar character) {
    const char16_t unit = character.unicode();
    std::optional<Glyph>& known = unit < ascii_.size() ? ascii_[unit] : others_[unit];
    if (!known) {
        known = find(character);
    }
    return *known;
}

qreal NumberGlyphs::width(QStringView text) {
    qreal width = 0.0;
    for (const QChar character : text) {
        width += glyph(character).advance;
    }
    return width;
}

void NumberGlyphs::add(QPointF start, const QString& text) {
    const auto isMissing = [this](QChar character) { return glyph(character).index == 0; };
    if (staysText_ || std::ranges::any_of(text, isMissing)) {
        painter_.setFont(font_);
        painter_.drawText(start, text);
        return;
    }
    for (const QChar character : text) {
        const Glyph& next = glyph(character);
        indexes_.append(next.index);
        positions_.append(start);
        start.rx() += next.advance;
    }
}

void NumberGlyphs::flush() {
    if (indexes_.isEmpty()) {
        return;
    }
    QGlyphRun run;
    run.setRawFont(rawFont_);
    run.setRawData(indexes_.constData(), positions_.constData(), static_cast<int>(indexes_.size()));
    painter_.drawGlyphRun(QPointF(), run);
    indexes_.clear();
    positions_.clear();
}

}  // namespace normscope
