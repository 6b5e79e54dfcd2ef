#pragma once

#include <QFontMetricsF>
#include <QHash>
#include <QList>
#include <QPainter>
#include <QRawFont>
#include <array>
#include <optional>

namespace normscope {

QFont unkerned(QFont font);  ///< digits stay under each other

/// Numbers in one font, unkerned and without the shaping that QPainter::drawText repeats for each
/// of them: each character is a glyph that stands beside the one before it. Where text has to stay
/// text, as in SVG and PDF, the painter gets it as such.
class NumberGlyphs {
  public:
    NumberGlyphs(QPainter& painter, const QFont& font);

    qreal width(QStringView text);
    /// With the base line starting at `start`. May be drawn as late as flush(), which therefore
    /// comes before any change of the painter's pen or transform.
    void add(QPointF start, const QString& text);
    void flush();

  private:
    struct Glyph {
        quint32 index;  ///< 0 if the font has none
        qreal advance;
    };
    const Glyph& glyph(QChar character);
    Glyph find(QChar character) const;

    QPainter& painter_;
    QFont font_;
    QFontMetricsF metrics_;
    QRawFont rawFont_;
    bool staysText_;
    std::array<std::optional<Glyph>, 128> ascii_;
    QHash<char16_t, std::optional<Glyph>> others_;
    QList<quint32> indexes_;
    QList<QPointF> positions_;
};

}  // namespace normscope
