#pragma once

#include <QPointF>
#include <QRectF>
#include <optional>
#include <vector>

#include "core/norm_spec.h"
#include "ui/affine/affine_bench.h"
#include "ui/affine/figure.h"

class QPainter;

namespace normscope {

/// What the plane of all pairs shows; values, so that a picture can be drawn from it later.
struct PairPlaneContent {
    AffinePair present;
    AffinePair restoring;              ///< the chosen channel of the chosen image
    std::vector<AffinePair> images;    ///< that restore the chosen channel, one for each image
    std::vector<AffinePair> channels;  ///< that restore the chosen image, one for each channel
    std::vector<AffinePair> learned;   ///< one for each channel; empty where there are none
    NormKind kind = NormKind::Batch;   ///< on the bench
    /// Of the layer that has learned them, whatever is on the bench.
    NormKind learnedKind = NormKind::Batch;
    int channel = 0;
};

/// Where a pair is drawn: gamma to the right, beta upwards.
struct PairScale {
    QRectF plot;
    ValueRange gamma;
    ValueRange beta;

    QPointF toPixel(const AffinePair& pair) const;
    AffinePair toPair(QPointF pixel) const;
};

/// Room for everything but the present pair, so that it stays while that one moves.
PairScale pairScale(const QRectF& area, const PairPlaneContent& content, const QFont& font);

void paintPairPlane(QPainter& painter, const QRectF& area, const PairPlaneContent& content,
                    const FigureLook& look);

/// gamma against beta: the line that `Between` follows, the pairs that would restore the other
/// images, and those that a model has learned. Dragging takes the present pair along.
class PairPlane : public Figure {
    Q_OBJECT

  public:
    explicit PairPlane(QWidget* parent = nullptr);

    void setContent(PairPlaneContent content);
    const PairPlaneContent& content() const { return content_; }

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  signals:
    void pairDragged(const normscope::AffinePair& pair);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

  private:
    void dragTo(QPointF pixel);

    PairPlaneContent content_;
};

}  // namespace normscope
