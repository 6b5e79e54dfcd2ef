#pragma once

#include <QPainter>
#include <QStyleOption>

namespace normscope {

/// A rounded box; its outline lies wholly inside `rect`.
struct FlatBox {
    QRectF rect;
    double radius = 0.0;
    QColor fill = Qt::transparent;
    QColor outline = Qt::transparent;
    double outlineWidth = 1.0;
};
void paintBox(QPainter* painter, const FlatBox& box);

/// Filled discs are boxes that are all corner.
void paintDisc(QPainter* painter, const QPointF& centre, double diameter, const QColor& fill);

/// An open arrow head in the middle of `rect`, `size` wide.
void paintChevron(QPainter* painter, const QRectF& rect, Qt::ArrowType direction, double size,
                  const QColor& colour);

/// `colour` nudged towards the text colour as far as the mouse is over the control or pressing it.
QColor shadedByMouse(const QColor& colour, const QStyleOption& option);

/// Whether the control has the focus and the keyboard brought it there.
bool hasKeyboardFocus(const QStyleOption& option);

/// Whether this is the line edit in a spin box or an editable combo box, which frame it.
bool isInsideAnotherField(const QWidget* widget);

}  // namespace normscope
