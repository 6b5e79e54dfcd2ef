#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QPainter>
#include <QString>

namespace normscope {

QFont bold(QFont font);

/// Text of one font at several scales, left out where it would be too small to read.
class SheetText {
  public:
    SheetText(QPainter& painter, const QFont& font, qreal zoom);

    /// The scale of text that may be `largest` times the font, but on the screen is no larger than
    /// the font or the zoom makes it; 0 where it could not be read.
    qreal scale(qreal largest) const;
    static constexpr qreal kReadablePixels = 6.0;

    /// At most `scale`, and what it takes for a text of this width to fit `room`; 0 where it could
    /// not be read.
    qreal fittingScale(qreal width, qreal room, qreal scale) const;

    /// Width of the text at scale 1.
    qreal width(const QString& text) const { return metrics_.horizontalAdvance(text); }
    qreal line() const { return metrics_.height(); }

    /// Nothing where `scale` is 0.
    void draw(const QRectF& rect, Qt::Alignment alignment, const QString& text, qreal scale,
              const QColor& colour) const;
    /// Shrunk as far as it takes to fit the width.
    void drawFitting(const QRectF& rect, Qt::Alignment alignment, const QString& text, qreal scale,
                     const QColor& colour) const;

  private:
    QPainter& painter_;
    QFont font_;
    QFontMetricsF metrics_;
    qreal pixels_;
    qreal zoom_;
};

}  // namespace normscope
