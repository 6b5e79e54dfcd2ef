#include "ui/misclassified/gallery_image.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/affine/value_colors.h"
#include "ui/theme.h"

namespace normscope {
namespace {

using InkTable = std::array<QRgb, 256>;

InkTable makeTable(bool dark) {
    const QColor paper = ValueColors::paper(dark);
    const QColor ink = ValueColors::ink(dark);
    InkTable table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = blend(paper, ink, static_cast<double>(i) / (table.size() - 1)).rgb();
    }
    return table;
}

const InkTable& tableFor(bool dark) {
    static const InkTable onLight = makeTable(false);
    static const InkTable onDark = makeTable(true);
    return dark ? onDark : onLight;
}

}  // namespace

DigitScale digitScale(double magnification, double devicePixelRatio) {
    return {std::max(1, static_cast<int>(std::lround(magnification * devicePixelRatio))),
            devicePixelRatio};
}

QImage digitImage(std::span<const std::uint8_t, kImagePixels> ink, const DigitScale& scale,
                  bool dark) {
    const InkTable& table = tableFor(dark);
    const int step = scale.devicePixels;
    QImage image(kImageSide * step, kImageSide * step, QImage::Format_RGB32);
    for (int row = 0; row < kImageSide; ++row) {
        auto* first = reinterpret_cast<QRgb*>(image.scanLine(row * step));
        QRgb* pixel = first;
        for (int column = 0; column < kImageSide; ++column) {
            const QRgb colour = table[ink[static_cast<std::size_t>(row * kImageSide + column)]];
            pixel = std::fill_n(pixel, step, colour);
        }
        for (int copy = 1; copy < step; ++copy) {
            std::copy(first, pixel, reinterpret_cast<QRgb*>(image.scanLine(row * step + copy)));
        }
    }
    image.setDevicePixelRatio(scale.devicePixelRatio);
    return image;
}

void paintDigit(QPainter& painter, QPointF point, std::span<const std::uint8_t, kImagePixels> ink,
                const DigitScale& scale, bool dark) {
    const QTransform& toDevice = painter.deviceTransform();
    const QPointF device = toDevice.map(point);
    const QPointF whole(std::round(device.x()), std::round(device.y()));
    painter.drawImage(toDevice.inverted().map(whole), digitImage(ink, scale, dark));
}

}  // namespace normscope
