#pragma once

#include <QProxyStyle>

class QStyleOptionComboBox;
class QStyleOptionSlider;
class QStyleOptionSpinBox;

namespace normscope {

/// Fusion made flat: rounded controls, one clear focus ring, slim scroll bars, nothing raised.
/// A style rather than a style sheet, so that everything comes from the palette and the font of the
/// moment and a change of either costs nothing.
///
/// Dynamic properties that widgets may set: "primary" on the one push button a page is about,
/// "card" on a QFrame that groups things.
class CalmStyle : public QProxyStyle {
    Q_OBJECT

  public:
    CalmStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                         SubControl subControl, const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                           const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returnData) const override;
    QIcon standardIcon(StandardPixmap standardIcon, const QStyleOption* option,
                       const QWidget* widget) const override;

  private:
    void drawComboBox(const QStyleOptionComboBox& option, QPainter* painter,
                      const QWidget* widget) const;
    void drawSpinBox(const QStyleOptionSpinBox& option, QPainter* painter,
                     const QWidget* widget) const;
    void drawSlider(const QStyleOptionSlider& option, QPainter* painter,
                    const QWidget* widget) const;
    void drawScrollBar(const QStyleOptionSlider& option, QPainter* painter,
                       const QWidget* widget) const;
};

}  // namespace normscope
