#include "ui/calm_style.h"

#include <QApplication>
#include <QStyleOption>

#include "ui/flat_painting.h"
#include "ui/painted_icon_engine.h"
#include "ui/theme.h"

namespace normscope {

namespace {

/// Of the button behind which a tool bar or a menu bar that is too narrow has the rest.
class ExtensionIconEngine final : public PaintedIconEngine {
  public:
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override {
        paintChevron(painter, rect, Qt::RightArrow, 0.5 * rect.height(),
                     QApplication::palette().color(QPalette::ButtonText));
    }

    QIconEngine* clone() const override { return new ExtensionIconEngine(*this); }
};

}  // namespace

CalmStyle::CalmStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

/// Fusion would look through the image plugins for the pixmaps of its own, before the first frame.
QIcon CalmStyle::standardIcon(StandardPixmap standardIcon, const QStyleOption* option,
                              const QWidget* widget) const {
    if (standardIcon == SP_ToolBarHorizontalExtensionButton) {
        return QIcon(new ExtensionIconEngine);
    }
    return QProxyStyle::standardIcon(standardIcon, option, widget);
}

QSize CalmStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                  const QSize& contents, const QWidget* widget) const {
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    const int unit = gridUnit(widget);
    const int controlHeight = option->fontMetrics.height() + 2 * unit;
    switch (type) {
        case CT_PushButton:
            size.rwidth() += unit;
            [[fallthrough]];
        case CT_ComboBox:
        case CT_SpinBox:
            size.setWidth(qMax(size.width() + unit, 10 * unit));
            [[fallthrough]];
        case CT_LineEdit:
            size.setHeight(controlHeight);
            break;
        case CT_ToolButton:
            size += QSize(unit, unit);
            break;
        case CT_CheckBox:
        case CT_RadioButton:
            size.setHeight(qMax(size.height(), option->fontMetrics.height() + unit));
            break;
        case CT_ItemViewItem:
        case CT_HeaderSection:
        case CT_MenuItem:
            size.rheight() += unit;
            break;
        default:
            break;
    }
    return size;
}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                           const QWidget* widget) const {
    const int unit = gridUnit(widget);
    switch (metric) {
        case PM_LayoutLeftMargin:
        case PM_LayoutTopMargin:
        case PM_LayoutRightMargin:
        case PM_LayoutBottomMargin:
            return 2 * unit;
        case PM_LayoutHorizontalSpacing:
        case PM_LayoutVerticalSpacing:
        case PM_CheckBoxLabelSpacing:
        case PM_RadioButtonLabelSpacing:
            return unit;
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
        case PM_ExclusiveIndicatorWidth:
        case PM_ExclusiveIndicatorHeight:
            return unit * 9 / 4;
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
            return unit * 5 / 2;
        case PM_ToolBarIconSize:
            return 3 * unit;
        case PM_MenuButtonIndicator:  // the style leaves three pixels beside it
            return 2 * unit + 6;
        case PM_ScrollBarExtent:
            return unit * 3 / 2;
        case PM_ScrollBarSliderMin:
            return 4 * unit;
        case PM_FocusFrameHMargin:  // beside the text in a table
            return unit * 3 / 4;
        case PM_HeaderDefaultSectionSizeVertical:  // the height of a table's rows
            return (widget != nullptr ? widget->fontMetrics() : QFontMetrics(QApplication::font()))
                       .height() +
                   unit * 3 / 2;
        case PM_SliderThickness:
        case PM_SliderControlThickness:
        case PM_SliderLength:
            return unit * 5 / 2;
        case PM_TextCursorWidth:
            return qMax(1, unit / 8);
        case PM_ButtonShiftHorizontal:
        case PM_ButtonShiftVertical:
            return 0;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int CalmStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                         QStyleHintReturn* returnData) const {
    switch (hint) {
        case SH_ComboBox_Popup:  // a list below the box instead of a menu over it
        case SH_EtchDisabledText:
        case SH_DitherDisabledText:
            return 0;
        default:
            return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

}  // namespace normscope
