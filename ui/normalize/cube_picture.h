#pragma once

#include <QFont>
#include <QPainter>
#include <QPalette>
#include <QWidget>

#include "core/normalization.h"

namespace normscope {

// The tensor as a cube with the axes N, C and H, W, as in figure 2 of the Group Normalization
// paper: which cells share a mean and a variance, seen at a glance.

/// Paints into `rect`. `set`: the statistics set that is filled; the others stay faint.
void paintCube(QPainter& painter, const QRectF& rect, const Shape4& shape, const NormSpec& spec,
               int set, const QPalette& palette, const QFont& font);

/// "Set S2: channels 3 and 4 of image 1. These 8 cells share one mean and one variance."
QString setInWords(const Shape4& shape, const NormSpec& spec, int set);

class CubeView : public QWidget {
    Q_OBJECT

  public:
    explicit CubeView(QWidget* parent = nullptr);

    void display(const Shape4& shape, const NormSpec& spec, int set);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Shape4 shape_;
    NormSpec spec_;
    int set_ = 0;
};

}  // namespace normscope
