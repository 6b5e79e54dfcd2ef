#pragma once

#include <QRectF>
#include <array>

#include "ui/affine/affine_bench.h"
#include "ui/affine/figure.h"

class QPainter;

namespace normscope {

/// Everything the three images show; values, so that a picture can be drawn from it later.
struct TriptychContent {
    ThreePlanes planes;
    AffinePair pair;
    ValueRange range;  ///< that the colours are for, and 0 within it
};

/// Where the parts go.
struct TriptychLayout {
    struct Panel {
        QRectF title;
        QRectF image;
        QRectF numbers;

        QRectF all() const { return title | image | numbers; }
    };
    std::array<Panel, 3> panels;
    QRectF bar;       ///< the colours, in a column
    QRectF barTexts;  ///< right of it
};
/// `pixel`: logical size of a device pixel; a cell is a whole number of them wide and high.
TriptychLayout layOutTriptych(const QRectF& area, const ThreePlanes& planes, const QFont& font,
                              double pixel);

/// An end of the scale of colours: as many decimals as `span` calls for, and never "-0".
QString scaleEndText(double value, double span);

/// Draws the parts that touch `exposed`.
void paintTriptych(QPainter& painter, const TriptychLayout& layout, const TriptychContent& content,
                   const FigureLook& look, const QRectF& exposed);

/// x, x_hat and y as images side by side, on one scale of colours.
class Triptych : public Figure {
    Q_OBJECT

  public:
    explicit Triptych(QWidget* parent = nullptr);

    /// Repaints the output alone where nothing else has changed.
    void setContent(TriptychContent content);
    const TriptychContent& content() const { return content_; }

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    TriptychLayout layOut() const;

    TriptychContent content_;
};

}  // namespace normscope
