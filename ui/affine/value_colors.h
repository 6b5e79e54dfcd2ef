#pragma once

#include <QColor>
#include <QImage>
#include <span>
#include <vector>

namespace normscope {

/// Colours of values about 0, which is the paper: ink above it, violet below, so that what ReLU
/// would cut can be told at a glance. Straight lines in CIELAB, equally long on either side; steps
/// near 0 count more than those far from it, since an original and its normalized values, which are
/// many times larger, share one scale. No normalization has this violet.
class ValueColors {
  public:
    /// Values of -limit and below, limit and above have the last colours.
    ValueColors(double limit, bool dark);

    QRgb of(double value) const;
    /// One pixel a value, row by row.
    QImage imageOf(std::span<const double> values, int width, int height) const;

    static QColor paper(bool dark);
    static QColor ink(bool dark);
    static QColor belowZero(bool dark);

  private:
    double limit_;
    const std::vector<QRgb>* table_;
};

}  // namespace normscope
