#include "ui/normalize/sheet_canvas.h"

#include <QRegion>
#include <cmath>
#include <cstdlib>

namespace normscope {

const QPixmap& SheetCanvas::picture(const SheetScene& scene, const Place& place) {
    if (valid_ && place == place_) {
        return pixmap_;
    }
    QRegion exposed(QRect({}, place.viewport));
    if (canScrollTo(place)) {
        const QPoint by = place.origin - place_.origin;
        const QPoint pixels = by * place.pixelRatio;
        pixmap_.scroll(pixels.x(), pixels.y(), pixmap_.rect());
        exposed -= QRect(by, place.viewport);
    } else if (pixmap_.size() != place.viewport * place.pixelRatio) {
        pixmap_ = QPixmap(place.viewport * place.pixelRatio);
    }
    pixmap_.setDevicePixelRatio(place.pixelRatio);
    place_ = place;
    valid_ = true;
    for (const QRect& rect : exposed) {
        paint(scene, rect);
    }
    return pixmap_;
}

bool SheetCanvas::canScrollTo(const Place& place) const {
    const QPoint by = place.origin - place_.origin;
    const bool wholePixels = place.pixelRatio == std::floor(place.pixelRatio);
    return valid_ && wholePixels && place.viewport == place_.viewport &&
           place.zoom == place_.zoom && place.pixelRatio == place_.pixelRatio &&
           std::abs(by.x()) < place.viewport.width() && std::abs(by.y()) < place.viewport.height();
}

void SheetCanvas::paint(const SheetScene& scene, const QRect& exposed) {
    QPainter painter(&pixmap_);
    painter.setClipRect(exposed);
    painter.translate(place_.origin);
    painter.scale(place_.zoom, place_.zoom);
    const QRect withEdge = exposed.adjusted(-1, -1, 1, 1);  // whatever way it is rounded
    const QRectF sheet(QPointF(withEdge.topLeft() - place_.origin) / place_.zoom,
                       QSizeF(withEdge.size()) / place_.zoom);
    paintSheet(painter, scene, sheet, place_.zoom);
}

}  // namespace normscope
