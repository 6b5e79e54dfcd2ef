#pragma once

#include <QRectF>
#include <array>

#include "ui/affine/affine_bench.h"
#include "ui/affine/figure.h"

class QPainter;

namespace normscope {

/// Values of one plane, counted apart by whether ReLU would let them through.
struct CutHistogram {
    Histogram dead;   ///< 0 or below
    Histogram alive;  ///< above 0
    int below = 0;    ///< left of the axis
    int above = 0;    ///< right of it

    double share(std::size_t bin) const;  ///< of all cells that were counted
    std::int64_t cells = 0;
};

/// What the histogram shows; values, so that a picture can be drawn from it later.
struct HistogramContent {
    std::array<CutHistogram, 3> rows;  ///< original, normalized, output: one axis for all
    double tallest = 1.0;              ///< share of the cells in the fullest bin that fits a row
    AliveShare alive;
    int images = 1;
};

/// Bins of equal width over `range` and a little more; the middle of one is 0. The axis and the
/// height come from `range`, original and normalized alone, so that nothing but the output's row
/// moves while a slider does.
HistogramContent histogramContent(const ThreePlanes& planes, const ValueRange& range);

void paintHistogram(QPainter& painter, const QRectF& area, const HistogramContent& content,
                    const FigureLook& look);

/// How often which value occurs in original, normalized and output, and what ReLU would cut off.
class ReluHistogram : public Figure {
    Q_OBJECT

  public:
    explicit ReluHistogram(QWidget* parent = nullptr);

    void setContent(HistogramContent content);
    const HistogramContent& content() const { return content_; }

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    HistogramContent content_;
};

/// "Alive after ReLU: 19 % of this image, 21 % of all 16 images"
QString aliveText(const HistogramContent& content);

}  // namespace normscope
