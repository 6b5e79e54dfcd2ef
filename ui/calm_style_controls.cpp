// The controls of CalmStyle that are made of parts: their geometry and their painting.
#include <QAbstractSpinBox>
#include <QStyleOption>

#include "ui/calm_style.h"
#include "ui/flat_painting.h"
#include "ui/theme.h"

namespace normscope {
namespace {

QRect scrollBarHandle(const QStyleOptionSlider& option, int shortest) {
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int length = horizontal ? option.rect.width() : option.rect.height();
    const qint64 range = static_cast<qint64>(option.maximum) - option.minimum;
    const qint64 shown =
        range > 0 ? option.pageStep * qint64{length} / (range + option.pageStep) : qint64{length};
    const int handle =
        static_cast<int>(qBound(qint64{qMin(shortest, length)}, shown, qint64{length}));
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - handle, option.upsideDown);
    return horizontal
               ? QRect(option.rect.x() + start, option.rect.y(), handle, option.rect.height())
               : QRect(option.rect.x(), option.rect.y() + start, option.rect.width(), handle);
}

/// No arrow buttons: the handle, and the page before and after it.
QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part, int shortest) {
    const bool horizontal = option.orientation == Qt::Horizontal;
    const QRect handle = scrollBarHandle(option, shortest);
    QRect rect = option.rect;
    switch (part) {
        case QStyle::SC_ScrollBarSlider:
            return handle;
        case QStyle::SC_ScrollBarGroove:
            return rect;
        case QStyle::SC_ScrollBarSubPage:
            horizontal ? rect.setRight(handle.left() - 1) : rect.setBottom(handle.top() - 1);
            return rect;
        case QStyle::SC_ScrollBarAddPage:
            horizontal ? rect.setLeft(handle.right() + 1) : rect.setTop(handle.bottom() + 1);
            return rect;
        default:
            return {};
    }
}

/// The text and the arrow; null for the parts that stay as they are.
QRect comboBoxPart(const QRect& box, QStyle::SubControl part, int unit) {
    const int arrow = 4 * unit;
    switch (part) {
        case QStyle::SC_ComboBoxEditField:
            return box.adjusted(unit, 2, -arrow, -2);
        case QStyle::SC_ComboBoxArrow:
            return {box.right() - arrow + 1, box.top(), arrow, box.height()};
        default:
            return {};
    }
}

/// The number, and one step up above one step down beside it.
QRect spinBoxPart(const QStyleOptionSpinBox& option, QStyle::SubControl part, int unit) {
    const QRect box = option.rect;
    const int steps = option.buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : 3 * unit;
    const QRect column(box.right() - steps + 1, box.top() + 2, steps, box.height() - 4);
    switch (part) {
        case QStyle::SC_SpinBoxEditField:
            return box.adjusted(unit / 2, 2, -qMax(steps, unit / 2), -2);
        case QStyle::SC_SpinBoxUp:
            return column.adjusted(0, 0, 0, -column.height() / 2);
        case QStyle::SC_SpinBoxDown:
            return column.adjusted(0, column.height() / 2, 0, 0);
        default:
            return box;
    }
}

}  // namespace

void CalmStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                   QPainter* painter, const QWidget* widget) const {
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        combo != nullptr && control == CC_ComboBox) {
        drawComboBox(*combo, painter, widget);
    } else if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
               spin != nullptr && control == CC_SpinBox) {
        drawSpinBox(*spin, painter, widget);
    } else if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
               slider != nullptr && (control == CC_Slider || control == CC_ScrollBar)) {
        control == CC_Slider ? drawSlider(*slider, painter, widget)
                             : drawScrollBar(*slider, painter, widget);
    } else {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QRect CalmStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                SubControl subControl, const QWidget* widget) const {
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        bar != nullptr && control == CC_ScrollBar) {
        const int shortest = pixelMetric(PM_ScrollBarSliderMin, option, widget);
        return visualRect(bar->direction, bar->rect, scrollBarPart(*bar, subControl, shortest));
    }
    const int unit = gridUnit(widget);
    if (control == CC_ComboBox) {
        const QRect rect = comboBoxPart(option->rect, subControl, unit);
        return rect.isNull() ? QProxyStyle::subControlRect(control, option, subControl, widget)
                             : visualRect(option->direction, option->rect, rect);
    }
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        spin != nullptr && control == CC_SpinBox) {
        return visualRect(spin->direction, spin->rect, spinBoxPart(*spin, subControl, unit));
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect CalmStyle::subElementRect(SubElement element, const QStyleOption* option,
                                const QWidget* widget) const {
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents) {
        const int unit = gridUnit(widget);
        const bool ownsFrame = !isInsideAnotherField(widget);
        const int margin = ownsFrame ? unit * 3 / 4 : unit / 2;
        return rect.adjusted(margin, 0, -margin, 0);
    }
    return rect;
}

void CalmStyle::drawComboBox(const QStyleOptionComboBox& option, QPainter* painter,
                             const QWidget* widget) const {
    const int unit = gridUnit(widget);
    const bool focused =
        option.editable ? option.state.testFlag(State_HasFocus) : hasKeyboardFocus(option);
    const QColor ground = option.palette.color(option.editable ? QPalette::Base : QPalette::Button);
    paintBox(painter,
             {.rect = option.rect,
              .radius = unit * 0.75,
              .fill = shadedByMouse(ground, option),
              .outline = option.palette.color(focused ? QPalette::Highlight : QPalette::Mid),
              .outlineWidth = focused ? 2.0 : 1.0});
    paintChevron(painter, subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget),
                 Qt::DownArrow, unit, option.palette.color(QPalette::ButtonText));
}

void CalmStyle::drawSpinBox(const QStyleOptionSpinBox& option, QPainter* painter,
                            const QWidget* widget) const {
    const int unit = gridUnit(widget);
    const bool focused = option.state.testFlag(State_HasFocus);
    paintBox(painter,
             {.rect = option.rect,
              .radius = unit * 0.75,
              .fill = option.palette.color(QPalette::Base),
              .outline = option.palette.color(focused ? QPalette::Highlight : QPalette::Mid),
              .outlineWidth = focused ? 2.0 : 1.0});
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) {
        return;
    }
    const auto paintStep = [&](SubControl part, QAbstractSpinBox::StepEnabledFlag step,
                               Qt::ArrowType direction) {
        const bool possible =
            option.stepEnabled.testFlag(step) && option.state.testFlag(State_Enabled);
        const bool hovered = option.activeSubControls == part;
        const QPalette::ColorRole role = hovered ? QPalette::Highlight : QPalette::ButtonText;
        paintChevron(painter, subControlRect(CC_SpinBox, &option, part, widget), direction,
                     unit * 0.9,
                     option.palette.color(possible ? QPalette::Active : QPalette::Disabled, role));
    };
    paintStep(SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, Qt::UpArrow);
    paintStep(SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, Qt::DownArrow);
}

void CalmStyle::drawSlider(const QStyleOptionSlider& option, QPainter* painter,
                           const QWidget* widget) const {
    const bool horizontal = option.orientation == Qt::Horizontal;
    const QRectF handle = subControlRect(CC_Slider, &option, SC_SliderHandle, widget);
    const double thickness = gridUnit(widget) * 0.5;
    const QColor accent = option.palette.color(QPalette::Highlight);

    QRectF groove = option.rect;
    if (horizontal) {
        groove =
            QRectF(groove.left(), handle.center().y() - thickness / 2.0, groove.width(), thickness);
    } else {
        groove =
            QRectF(handle.center().x() - thickness / 2.0, groove.top(), thickness, groove.height());
    }
    // The filled part starts where the minimum is.
    QRectF filled = groove;
    if (horizontal) {
        option.upsideDown ? filled.setLeft(handle.center().x())
                          : filled.setRight(handle.center().x());
    } else {
        option.upsideDown ? filled.setTop(handle.center().y())
                          : filled.setBottom(handle.center().y());
    }
    const double radius = thickness / 2.0;
    paintBox(painter,
             {.rect = groove, .radius = radius, .fill = option.palette.color(QPalette::Mid)});
    paintBox(painter, {.rect = filled, .radius = radius, .fill = accent});

    const double diameter = qMin(handle.width(), handle.height()) - 2.0;
    if (hasKeyboardFocus(option)) {
        paintDisc(painter, handle.center(), diameter, option.palette.color(QPalette::WindowText));
        paintDisc(painter, handle.center(), diameter - 4.0, option.palette.color(QPalette::Base));
    }
    paintDisc(painter, handle.center(), diameter - (hasKeyboardFocus(option) ? 8.0 : 0.0),
              shadedByMouse(accent, option));
}

void CalmStyle::drawScrollBar(const QStyleOptionSlider& option, QPainter* painter,
                              const QWidget* widget) const {
    if (option.maximum <= option.minimum) {
        return;
    }
    const QRectF handle = subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    const double margin = qMin(handle.width(), handle.height()) / 6.0;
    const QRectF inner = handle.adjusted(margin, margin, -margin, -margin);
    paintBox(painter, {.rect = inner,
                       .radius = qMin(inner.width(), inner.height()) / 2.0,
                       .fill = shadedByMouse(option.palette.color(QPalette::Mid), option)});
}

}  // namespace normscope
