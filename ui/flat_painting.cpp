#include "ui/flat_painting.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QStyle>

#include "ui/theme.h"

namespace normscope {
namespace {

/// Whatever style code changes on the painter is undone for the next element.
class Antialiased {
  public:
    explicit Antialiased(QPainter* painter) : painter_(painter) {
        painter_->save();
        painter_->setRenderHint(QPainter::Antialiasing);
    }
    ~Antialiased() { painter_->restore(); }
    Antialiased(const Antialiased&) = delete;
    Antialiased& operator=(const Antialiased&) = delete;

  private:
    QPainter* painter_;
};

}  // namespace

void paintBox(QPainter* painter, const FlatBox& box) {
    const Antialiased antialiased(painter);
    const bool outlined = box.outline.alpha() > 0;
    const double inset = outlined ? box.outlineWidth / 2.0 : 0.0;
    painter->setPen(outlined ? QPen(box.outline, box.outlineWidth) : QPen(Qt::NoPen));
    painter->setBrush(box.fill);
    painter->drawRoundedRect(box.rect.adjusted(inset, inset, -inset, -inset), box.radius,
                             box.radius);
}

void paintDisc(QPainter* painter, const QPointF& centre, double diameter, const QColor& fill) {
    const double radius = diameter / 2.0;
    paintBox(painter, {.rect = {centre.x() - radius, centre.y() - radius, diameter, diameter},
                       .radius = radius,
                       .fill = fill});
}

void paintChevron(QPainter* painter, const QRectF& rect, Qt::ArrowType direction, double size,
                  const QColor& colour) {
    constexpr int kQuarterTurn = 90;
    const int turns = direction == Qt::DownArrow   ? 0
                      : direction == Qt::LeftArrow ? 1
                      : direction == Qt::UpArrow   ? 2
                                                   : 3;
    const Antialiased antialiased(painter);
    painter->translate(rect.center());
    painter->rotate(turns * kQuarterTurn);
    QPen pen(colour, size / 5.0);
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    painter->setPen(pen);
    painter->drawPolyline(
        QPolygonF({{-size / 2.0, -size / 4.0}, {0.0, size / 4.0}, {size / 2.0, -size / 4.0}}));
}

QColor shadedByMouse(const QColor& colour, const QStyleOption& option) {
    if (!option.state.testFlag(QStyle::State_Enabled)) {
        return colour;
    }
    const QColor text = option.palette.color(QPalette::WindowText);
    if (option.state.testFlag(QStyle::State_Sunken)) {
        return blend(colour, text, 0.14);
    }
    return option.state.testFlag(QStyle::State_MouseOver) ? blend(colour, text, 0.06) : colour;
}

bool hasKeyboardFocus(const QStyleOption& option) {
    return option.state.testFlag(QStyle::State_HasFocus) &&
           option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

bool isInsideAnotherField(const QWidget* widget) {
    return widget != nullptr &&
           (qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) != nullptr ||
            qobject_cast<QComboBox*>(widget->parentWidget()) != nullptr);
}

}  // namespace normscope
