#pragma once

#include <QPixmap>
#include <QPoint>

#include "ui/normalize/sheet_painter.h"

namespace normscope {

/// The sheet as it is painted on the viewport, kept: what changes with the mouse alone is painted
/// over it, and scrolling paints what comes into view.
class SheetCanvas {
  public:
    struct Place {
        QSize viewport;  ///< logical pixels
        QPoint origin;   ///< where (0, 0) of the sheet is on the viewport
        qreal zoom = 1.0;
        qreal pixelRatio = 1.0;

        friend bool operator==(const Place&, const Place&) = default;
    };

    /// The scene looks otherwise from now on.
    void invalidate() { valid_ = false; }

    const QPixmap& picture(const SheetScene& scene, const Place& place);

  private:
    bool canScrollTo(const Place& place) const;
    void paint(const SheetScene& scene, const QRect& exposed);

    QPixmap pixmap_;
    Place place_;
    bool valid_ = false;
};

}  // namespace normscope
