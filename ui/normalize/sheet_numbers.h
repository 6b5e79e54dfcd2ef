#pragma once

#include <QFontMetricsF>
#include <QPainter>
#include <vector>

#include "core/normalization.h"
#include "ui/normalize/number_glyphs.h"
#include "ui/normalize/sheet_painter.h"

namespace normscope {

/// How much smaller than the font the numbers in the cells are: 1 on paper-like sheets, less where
/// cells are those of an image.
qreal numberScale(const SheetMetrics& metrics, const QFontMetricsF& font);

/// Whether they can be read at this zoom; else the sheet is a picture.
bool showsNumbers(const SheetScene& scene, qreal zoom);

/// The numbers of one block, lined up on the decimal point in each column; of the cells that lie in
/// `exposed`. With a gradient, derivatives.
class NumberPainter {
  public:
    NumberPainter(QPainter& painter, const SheetScene& scene, const OutputGradient* gradient,
                  double largestDerivative);

    void paintBlock(SheetPart part, int image, int channel, const QRectF& exposed);

  private:
    /// A number and how far it reaches to the left and to the right of its decimal point.
    struct Number {
        QString text;
        qreal left;
        qreal right;
    };

    double value(const SheetCell& cell) const;
    qreal padding() const { return 0.12 * metrics_.height(); }
    QString fittingText(double value, qreal room);
    QColor ink(const SheetCell& cell) const;
    void paintColumn(const SheetCell& top, const QRectF& column, const QRectF& exposed);

    QPainter& painter_;
    const SheetScene& scene_;
    const OutputGradient* gradient_;
    double largestDerivative_;
    QFontMetricsF metrics_;
    qreal scale_;
    NumberGlyphs glyphs_;
    std::vector<Number> numbers_;
};

}  // namespace normscope
