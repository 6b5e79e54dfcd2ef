// The controls of CalmStyle that are one piece.
#include <QPushButton>
#include <QStyleOption>
#include <QToolButton>
#include <optional>

#include "ui/calm_style.h"
#include "ui/flat_painting.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr double kFocusWidth = 2.0;

bool has(const QStyleOption& option, QStyle::StateFlag flag) {
    return option.state.testFlag(flag);
}

bool isMarked(const QWidget* widget, const char* property) {
    return widget != nullptr && widget->property(property).toBool();
}

double cornerOf(const QWidget* widget) {
    return gridUnit(widget) * 0.75;
}

void drawPushButton(const QStyleOption& option, QPainter* painter, const QWidget* widget) {
    const QPalette& palette = option.palette;
    const bool primary = isMarked(widget, "primary") && has(option, QStyle::State_Enabled);
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
    const bool flat = button != nullptr && button->features.testFlag(QStyleOptionButton::Flat);
    const bool checked = has(option, QStyle::State_On);
    const QColor accent = palette.color(QPalette::Highlight);

    FlatBox box{.rect = option.rect, .radius = cornerOf(widget)};
    if (primary) {
        box.fill = shadedByMouse(accent, option);
    } else if (checked) {
        box.fill = blend(palette.color(QPalette::Button), accent, 0.16);
        box.outline = accent;
    } else if (!flat) {
        box.fill = shadedByMouse(palette.color(QPalette::Button), option);
        box.outline = palette.color(QPalette::Mid);
    } else if (has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken)) {
        box.fill = shadedByMouse(palette.color(QPalette::Window), option);
    }
    if (hasKeyboardFocus(option)) {
        box.outline = primary ? palette.color(QPalette::WindowText) : accent;
        box.outlineWidth = kFocusWidth;
    }
    paintBox(painter, box);
}

void drawToolButton(const QStyleOption& option, QPainter* painter, const QWidget* widget) {
    const QColor accent = option.palette.color(QPalette::Highlight);
    const QColor ground = option.palette.color(QPalette::Window);
    FlatBox box{.rect = option.rect, .radius = cornerOf(widget)};
    if (has(option, QStyle::State_On)) {
        box.fill = blend(ground, accent, 0.16);
    } else if (has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken)) {
        box.fill = shadedByMouse(ground, option);
    }
    if (hasKeyboardFocus(option)) {
        box.outline = accent;
        box.outlineWidth = kFocusWidth;
    }
    paintBox(painter, box);
}

void drawField(const QStyleOption& option, QPainter* painter, const QWidget* widget) {
    const bool focused = has(option, QStyle::State_HasFocus);
    paintBox(painter,
             {.rect = option.rect,
              .radius = cornerOf(widget),
              .fill = option.palette.color(QPalette::Base),
              .outline = option.palette.color(focused ? QPalette::Highlight : QPalette::Mid),
              .outlineWidth = focused ? kFocusWidth : 1.0});
}

void drawCheckMark(const QStyleOption& option, QPainter* painter) {
    const QRectF rect = option.rect;
    const auto at = [&rect](double x, double y) {
        return QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(option.palette.color(QPalette::HighlightedText), rect.width() * 0.12,
                         Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (has(option, QStyle::State_NoChange)) {
        painter->drawLine(at(0.28, 0.5), at(0.72, 0.5));
    } else {
        painter->drawPolyline(QPolygonF({at(0.25, 0.52), at(0.43, 0.70), at(0.76, 0.32)}));
    }
    painter->restore();
}

void drawCheckBox(const QStyleOption& option, QPainter* painter) {
    const bool marked = has(option, QStyle::State_On) || has(option, QStyle::State_NoChange);
    FlatBox box{.rect = option.rect, .radius = option.rect.width() * 0.22};
    box.fill =
        shadedByMouse(option.palette.color(marked ? QPalette::Highlight : QPalette::Base), option);
    box.outline = marked ? QColor(Qt::transparent) : option.palette.color(QPalette::Mid);
    paintBox(painter, box);
    if (marked) {
        drawCheckMark(option, painter);
    }
}

void drawRadioButton(const QStyleOption& option, QPainter* painter) {
    const bool marked = has(option, QStyle::State_On);
    const double width = option.rect.width();
    FlatBox box{.rect = option.rect, .radius = width / 2.0};
    box.fill =
        shadedByMouse(option.palette.color(marked ? QPalette::Highlight : QPalette::Base), option);
    box.outline = marked ? QColor(Qt::transparent) : option.palette.color(QPalette::Mid);
    paintBox(painter, box);
    if (marked) {
        paintDisc(painter, QRectF(option.rect).center(), width * 0.42,
                  option.palette.color(QPalette::HighlightedText));
    }
}

void drawHeaderSection(const QStyleOption& option, QPainter* painter) {
    const QColor ground = option.palette.color(QPalette::Base);
    painter->fillRect(option.rect, shadedByMouse(ground, option));
    QRect line = option.rect;
    line.setTop(line.bottom());
    painter->fillRect(line, option.palette.color(QPalette::Midlight));
}

void drawProgress(const QStyleOptionProgressBar& option, QPainter* painter) {
    const QRectF rect = option.rect;
    const QColor accent = option.palette.color(QPalette::Highlight);
    FlatBox box{.rect = rect, .radius = qMin(rect.width(), rect.height()) / 2.0, .fill = accent};
    const double range = static_cast<double>(option.maximum) - option.minimum;
    if (range <= 0.0) {  // how much there is to do is unknown: half toned, since nothing blinks
        box.fill = blend(option.palette.color(QPalette::Window), accent, 0.4);
        paintBox(painter, box);
        return;
    }
    const double share =
        qBound(0.0, (static_cast<double>(option.progress) - option.minimum) / range, 1.0);
    if (share > 0.0) {
        const double length = qMax(rect.height(), rect.width() * share);
        const bool fromRight =
            (option.direction == Qt::RightToLeft) != static_cast<bool>(option.invertedAppearance);
        box.rect.setLeft(fromRight ? rect.right() - length : rect.left());
        box.rect.setWidth(length);
        paintBox(painter, box);
    }
}

std::optional<Qt::ArrowType> arrowOf(QStyle::PrimitiveElement element) {
    switch (element) {
        case QStyle::PE_IndicatorArrowUp:
            return Qt::UpArrow;
        case QStyle::PE_IndicatorArrowDown:
            return Qt::DownArrow;
        case QStyle::PE_IndicatorArrowLeft:
            return Qt::LeftArrow;
        case QStyle::PE_IndicatorArrowRight:
            return Qt::RightArrow;
        default:
            return std::nullopt;
    }
}

}  // namespace

void CalmStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                              QPainter* painter, const QWidget* widget) const {
    const QPalette& palette = option->palette;
    switch (element) {
        case PE_PanelButtonCommand:
            drawPushButton(*option, painter, widget);
            return;
        case PE_PanelButtonTool:
            drawToolButton(*option, painter, widget);
            return;
        case PE_PanelLineEdit:
            if (!isInsideAnotherField(widget)) {
                drawField(*option, painter, widget);
            }
            return;
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck:
            drawCheckBox(*option, painter);
            return;
        case PE_IndicatorRadioButton:
            drawRadioButton(*option, painter);
            return;
        case PE_FrameFocusRect:
            // Buttons draw their ring with their outline.
            if (qobject_cast<const QPushButton*>(widget) == nullptr &&
                qobject_cast<const QToolButton*>(widget) == nullptr) {
                paintBox(painter, {.rect = option->rect,
                                   .radius = gridUnit(widget) * 0.5,
                                   .outline = palette.color(QPalette::Highlight),
                                   .outlineWidth = kFocusWidth});
            }
            return;
        case PE_Frame:
            paintBox(painter, {.rect = option->rect, .outline = palette.color(QPalette::Midlight)});
            return;
        case PE_PanelTipLabel:
            painter->fillRect(option->rect, palette.color(QPalette::ToolTipBase));
            paintBox(painter, {.rect = option->rect, .outline = palette.color(QPalette::Mid)});
            return;
        case PE_FrameGroupBox:
        case PE_FrameStatusBarItem:
        case PE_PanelStatusBar:
        case PE_IndicatorDockWidgetResizeHandle:
            return;  // space separates
        default:
            break;
    }
    if (const auto arrow = arrowOf(element)) {
        paintChevron(painter, option->rect, *arrow,
                     qMin(option->rect.width(), option->rect.height()) * 0.6,
                     palette.color(QPalette::ButtonText));
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void CalmStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                            const QWidget* widget) const {
    switch (element) {
        case CE_PushButtonLabel:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
                button != nullptr && isMarked(widget, "primary")) {
                QStyleOptionButton primary = *button;
                primary.palette.setColor(QPalette::Active, QPalette::ButtonText,
                                         option->palette.color(QPalette::HighlightedText));
                primary.palette.setColor(QPalette::Inactive, QPalette::ButtonText,
                                         option->palette.color(QPalette::HighlightedText));
                QProxyStyle::drawControl(element, &primary, painter, widget);
                return;
            }
            break;
        case CE_ComboBoxLabel:
            if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
                // Fusion would cut what does not fit in the middle of a letter.
                QStyleOptionComboBox fitting = *box;
                const QRect field = subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget);
                const int icon = box->currentIcon.isNull() ? 0 : box->iconSize.width() + 4;
                fitting.currentText = box->fontMetrics.elidedText(box->currentText, Qt::ElideRight,
                                                                  field.width() - icon - 2);
                QProxyStyle::drawControl(element, &fitting, painter, widget);
                return;
            }
            break;
        case CE_ShapedFrame:
            if (isMarked(widget, "card")) {
                paintBox(painter, {.rect = option->rect,
                                   .radius = gridUnit(widget) * 1.25,
                                   .fill = option->palette.color(QPalette::Base),
                                   .outline = option->palette.color(QPalette::Midlight)});
                return;
            }
            break;
        case CE_HeaderSection:
        case CE_HeaderEmptyArea:
            drawHeaderSection(*option, painter);
            return;
        case CE_ProgressBarGroove:
            paintBox(painter, {.rect = option->rect,
                               .radius = qMin(option->rect.width(), option->rect.height()) / 2.0,
                               .fill = option->palette.color(QPalette::Midlight)});
            return;
        case CE_ProgressBarContents:
            if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
                bar != nullptr && bar->state.testFlag(State_Horizontal)) {
                drawProgress(*bar, painter);
                return;
            }
            break;
        case CE_Splitter:
        case CE_ToolBar:
            return;
        default:
            break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

}  // namespace normscope
