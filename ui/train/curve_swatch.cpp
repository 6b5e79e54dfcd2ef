#include "ui/train/curve_swatch.h"

#include <QPainter>

#include "ui/norm_style.h"

namespace normscope {

CurveSwatch::CurveSwatch(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CurveSwatch::setCurve(NormKind kind, int variant) {
    kind_ = kind;
    variant_ = variant;
    update();
}

QSize CurveSwatch::sizeHint() const {
    const int height = fontMetrics().height();
    return {2 * height, height};
}

void CurveSwatch::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSwatch(painter, rect(), curveStyle(kind_, variant_, isDark(palette())));
}

}  // namespace normscope
