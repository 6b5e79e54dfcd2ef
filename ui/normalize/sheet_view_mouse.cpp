// Pointing at the sheet.

#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_editor.h"
#include "ui/normalize/sheet_view.h"

namespace normscope {
namespace {

constexpr qreal kZoomPerNotch = 1.2;
constexpr qreal kAngleOfNotch = 120.0;

}  // namespace

std::optional<SheetCell> SheetView::cellUnder(QPointF viewportPoint) const {
    const QPointF point = toSheet(viewportPoint);
    if (const auto cell = layout_->cellAt(point)) {
        return cell;
    }
    const auto set = layout_->statisticsAt(point);
    if (!set || *set >= static_cast<int>(document_.trace().sets.size())) {
        return std::nullopt;
    }
    const StatisticsSet& cells = document_.trace().sets[static_cast<std::size_t>(*set)];
    return SheetCell{SheetPart::Input, {cells.image.value_or(0), cells.firstChannel, 0, 0}};
}

/// Where a selection is drawn to when the mouse leaves the part in which it began.
CellIndex SheetView::nearestInPart(SheetPart part, QPointF viewportPoint) const {
    const QRectF cells = layout_->part(part);
    const QPointF point = toSheet(viewportPoint);
    const Shape4& shape = document_.shape();
    // Blocks are divided by gaps, so look for the last cell that begins before the point.
    const auto along = [](int count, qreal place, auto startOf) {
        int first = 0;
        int last = count - 1;
        while (first < last) {
            const int middle = (first + last + 1) / 2;
            startOf(middle) <= place ? first = middle : last = middle - 1;
        }
        return first;
    };
    const int row =
        along(gridRows(shape), std::clamp(point.y(), cells.top(), cells.bottom()), [&](int at) {
            return layout_->cell({part, cellAtPosition(shape, {at, 0})}).top();
        });
    const int column =
        along(gridColumns(shape), std::clamp(point.x(), cells.left(), cells.right()), [&](int at) {
            return layout_->cell({part, cellAtPosition(shape, {0, at})}).left();
        });
    return cellAtPosition(shape, {row, column});
}

void SheetView::hover(std::optional<QPointF> viewportPoint) {
    const auto cell = viewportPoint ? cellUnder(*viewportPoint) : std::nullopt;
    if (cell != hovered_) {
        hovered_ = cell;
        viewport()->update();
        emit hoveredChanged();
    }
}

void SheetView::forgetMouse() {
    mouse_.reset();
    hover(std::nullopt);
}

bool SheetView::viewportEvent(QEvent* event) {
    switch (event->type()) {
        case QEvent::Leave:
            forgetMouse();
            break;
        case QEvent::NativeGesture: {
            const auto* gesture = static_cast<QNativeGestureEvent*>(event);
            if (gesture->gestureType() == Qt::ZoomNativeGesture) {
                setZoom(zoom_ * (1.0 + gesture->value()), gesture->position());
                return true;
            }
            break;
        }
        case QEvent::ToolTip:
            showToolTip(*static_cast<QHelpEvent*>(event));
            return true;
        default:
            break;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

/// Of cells that are too small for their numbers.
void SheetView::showToolTip(const QHelpEvent& event) {
    const auto cell = layout_->cellAt(toSheet(event.pos()));
    if (cell && viewportRect(*cell).height() < fontMetrics().height()) {
        QToolTip::showText(event.globalPos(), spoken(*cell), viewport(),
                           viewportRect(*cell).toAlignedRect());
    } else {
        QToolTip::hideText();
    }
}

void SheetView::mousePressEvent(QMouseEvent* event) {
    if (editor_ != nullptr && !commit()) {
        editor_->setFocus(Qt::OtherFocusReason);
        return;
    }
    const auto cell = cellUnder(event->position());
    if (event->button() == Qt::RightButton) {
        if (cell && !(selection_ && selection_->contains(document_.shape(), *cell))) {
            setCurrent(cell);
        }
    } else if (event->button() == Qt::LeftButton) {
        if (cell && current_ && cell->part == current_->part &&
            event->modifiers() & Qt::ShiftModifier) {
            extendTo(cell->cell);
        } else {
            setCurrent(cell);
        }
    }
}

void SheetView::mouseMoveEvent(QMouseEvent* event) {
    mouse_ = event->position();
    if (event->buttons() & Qt::LeftButton && selection_ && editor_ == nullptr) {
        extendTo(nearestInPart(selection_->part, event->position()));
    }
    hover(mouse_);
}

void SheetView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && layout_->cellAt(toSheet(event->position()))) {
        edit();
    }
}

void SheetView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier)) {
        return QAbstractScrollArea::wheelEvent(event);
    }
    if (const int angle = event->angleDelta().y(); angle != 0) {
        setZoom(zoom_ * std::pow(kZoomPerNotch, angle / kAngleOfNotch), event->position());
    }
    event->accept();
}

void SheetView::contextMenuEvent(QContextMenuEvent* event) {
    QPoint where = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRectF visible(viewport()->rect());
        const QRectF cell = current_ ? viewportRect(*current_) & visible : QRectF();
        where = viewport()->mapToGlobal((cell.isEmpty() ? visible : cell).center().toPoint());
    }
    const auto enable = [this](int index, bool on) { menu_->actions().at(index)->setEnabled(on); };
    const bool inInput = current_ && current_->part == SheetPart::Input;
    enable(0, current_.has_value());
    enable(1, inInput);
    enable(2, inInput);
    menu_->popup(where);
}

}  // namespace normscope
