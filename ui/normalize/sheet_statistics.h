#pragma once

#include <QPainter>

#include "ui/normalize/number_glyphs.h"
#include "ui/normalize/sheet_painter.h"
#include "ui/normalize/sheet_text.h"

namespace normscope {

// The numbers around the cells, as far as they lie in `exposed`.

/// Label, mean, variance and sqrt(variance + eps) of every set, and their names.
void paintStatistics(QPainter& painter, const SheetScene& scene, const QRectF& exposed, qreal zoom);

/// Whether any number of this set is large enough to be read, and so painted.
bool showsStatistics(QPainter& painter, const SheetScene& scene, int set, qreal zoom);

/// Gamma and beta above each column of the output.
void paintAffine(QPainter& painter, const SheetScene& scene, const QRectF& exposed, qreal zoom);

/// "S1" on the colour of its set, for one picture: a large sheet has a thousand of them.
class SetLabels {
  public:
    SetLabels(QPainter& painter, const SheetScene& scene, qreal zoom);

    void paint(int set, const QRectF& rect);

  private:
    QPainter& painter_;
    const SheetScene& scene_;
    SheetText text_;
    NumberGlyphs widths_;
};

}  // namespace normscope
