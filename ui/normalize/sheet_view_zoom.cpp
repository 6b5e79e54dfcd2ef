// Where the sheet is on the viewport: zooming, fitting, scrolling.

#include <QFontInfo>
#include <QScrollBar>
#include <QVariantAnimation>
#include <algorithm>
#include <cmath>

#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_view.h"
#include "ui/theme.h"

namespace normscope {
namespace {

/// Fitting does not blow up a small sheet beyond this.
constexpr qreal kComfortableZoom = 1.6;
constexpr qreal kSmallestZoom = 0.01;
constexpr qreal kLargestZoom = 16.0;
constexpr qreal kZoomStep = 1.25;
/// Another arrangement of the grids must be this much larger to be worth moving everything.
constexpr qreal kWorthMoving = 1.1;

/// Scrolls as little as shows [start, end), given where that is now.
void scrollTo(QScrollBar& bar, qreal start, qreal end, int room) {
    if (start < 0.0) {
        bar.setValue(bar.value() + static_cast<int>(std::floor(start)));
    } else if (end > room) {
        bar.setValue(bar.value() + static_cast<int>(std::ceil(std::min(end - room, start))));
    }
}

}  // namespace

QSizeF SheetView::room() const {
    const int margins = 2 * gridUnit(this);
    return QSizeF(maximumViewportSize() - QSize(margins, margins)).expandedTo({1.0, 1.0});
}

/// A sheet of few numbers rather scrolls than becomes unreadable.
qreal SheetView::leastZoom() const {
    return std::max(kSmallestZoom,
                    leastFittedZoom(document_.shape(), QFontInfo(font()).pixelSize()));
}

SheetFit SheetView::fitOf(const SheetLayout& layout) const {
    SheetFit fit = sheetFit(layout.size(), room(), leastZoom());
    fit.zoom = std::min(fit.zoom, kComfortableZoom);
    return fit;
}

Arrangement SheetView::bestArrangementHere() const {
    const Shape4& shape = document_.shape();
    return bestArrangement(shape, document_.state().spec,
                           sheetMetrics(shape, QFontMetricsF(font())), room(), leastZoom());
}

Arrangement SheetView::fittingArrangement() const {
    const Arrangement best = bestArrangementHere();
    const bool worthMoving =
        fitOf(makeLayout(best)).worth() > kWorthMoving * fitOf(makeLayout(arrangement_)).worth();
    return worthMoving ? best : arrangement_;
}

void SheetView::refit() {
    if (fitted_) {
        applyZoom(fitOf(*layout_).zoom);
    } else {
        updateScrollBars();
    }
}

void SheetView::applyZoom(qreal zoom) {
    const bool changes = zoom != zoom_;
    zoom_ = zoom;
    updateScrollBars();
    viewport()->update();
    if (changes) {
        emit zoomChanged();
    }
}

void SheetView::setZoom(qreal zoom, QPointF around) {
    const QPointF fixed = toSheet(around);
    fitted_ = false;
    const qreal whole = sheetFit(layout_->size(), room(), kSmallestZoom).zoom;
    applyZoom(std::clamp(zoom, std::min(1.0, whole), kLargestZoom));
    const QPointF drift = QPointF(origin()) + fixed * zoom_ - around;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + qRound(drift.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(drift.y()));
    hover(mouse_);
}

void SheetView::zoomIn() {
    setZoom(zoom_ * kZoomStep, zoomCentre());
}

void SheetView::zoomOut() {
    setZoom(zoom_ / kZoomStep, zoomCentre());
}

QPointF SheetView::zoomCentre() const {
    const QRectF visible(viewport()->rect());
    const QPointF cell = current_ ? viewportRect(*current_).center() : QPointF(-1.0, -1.0);
    return visible.contains(cell) ? cell : visible.center();
}

void SheetView::fit() {
    fitted_ = true;
    if (glide_->state() != QAbstractAnimation::Running) {
        arrange();
    }
    refit();
    hover(mouse_);
}

void SheetView::arrange() {
    if (const Arrangement better = fittingArrangement(); better != arrangement_) {
        arrangement_ = better;
        *layout_ = makeLayout(arrangement_);
        repaintAll();
    }
}

void SheetView::updateScrollBars() {
    const int margins = 2 * gridUnit(this);
    const QSize content = (layout_->size() * zoom_).toSize() + QSize(margins, margins);
    const QSize largest = maximumViewportSize();
    const bool fits = (fitted_ && fitOf(*layout_).shown == 1.0) ||
                      (content.width() <= largest.width() && content.height() <= largest.height());
    const QSize visible = fits ? content : viewport()->size();
    const int step = fontMetrics().height() * 2;
    horizontalScrollBar()->setRange(0, std::max(0, content.width() - visible.width()));
    horizontalScrollBar()->setPageStep(visible.width());
    horizontalScrollBar()->setSingleStep(step);
    verticalScrollBar()->setRange(0, std::max(0, content.height() - visible.height()));
    verticalScrollBar()->setPageStep(visible.height());
    verticalScrollBar()->setSingleStep(step);
    placeEditor();
}

void SheetView::ensureVisible(const SheetCell& cell) {
    const qreal margin = gridUnit(this);
    const QRectF rect = viewportRect(cell).adjusted(-margin, -margin, margin, margin);
    scrollTo(*horizontalScrollBar(), rect.left(), rect.right(), viewport()->width());
    scrollTo(*verticalScrollBar(), rect.top(), rect.bottom(), viewport()->height());
}

QPoint SheetView::origin() const {
    const int margin = gridUnit(this);
    const auto along = [margin](qreal content, int visible, int scrolled) {
        return content + 2 * margin <= visible ? qRound((visible - content) / 2.0)
                                               : margin - scrolled;
    };
    const QSizeF content = layout_->size() * zoom_;
    return {along(content.width(), viewport()->width(), horizontalScrollBar()->value()),
            along(content.height(), viewport()->height(), verticalScrollBar()->value())};
}

QPointF SheetView::toSheet(QPointF viewportPoint) const {
    return (viewportPoint - origin()) / zoom_;
}

QRectF SheetView::viewportRect(const SheetCell& cell) const {
    const QRectF rect = layout_->cell(cell);
    return {rect.topLeft() * zoom_ + origin(), rect.size() * zoom_};
}

}  // namespace normscope
