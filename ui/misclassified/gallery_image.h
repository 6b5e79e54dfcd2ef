#pragma once

#include <QImage>
#include <cstdint>
#include <span>

#include "core/dataset.h"

namespace normscope {

/// How large a digit is drawn, so that each of its pixels is a square of whole device pixels.
struct DigitScale {
    int devicePixels = 1;  ///< a side of each pixel of the digit
    double devicePixelRatio = 1.0;

    double side() const { return kImageSide * devicePixels / devicePixelRatio; }  ///< logical

    friend bool operator==(const DigitScale&, const DigitScale&) = default;
};

/// The scale nearest to `magnification`, logical pixels for each pixel of the digit.
DigitScale digitScale(double magnification, double devicePixelRatio);

/// Ink on paper, or light on dark; to be painted at a point of whole device pixels.
QImage digitImage(std::span<const std::uint8_t, kImagePixels> ink, const DigitScale& scale,
                  bool dark);

/// The digit, `point` moved to whole device pixels first.
void paintDigit(QPainter& painter, QPointF point, std::span<const std::uint8_t, kImagePixels> ink,
                const DigitScale& scale, bool dark);

}  // namespace normscope
