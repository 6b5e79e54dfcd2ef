#include "ui/affine/value_colors.h"

#include <algorithm>
#include <cmath>

namespace normscope {
namespace {

constexpr int kSteps = 255;  ///< on either side of 0
constexpr double kExponent = 0.65;

struct Lab {
    double lightness;
    double a;
    double b;
};

struct Ends {
    Lab below;
    Lab zero;
    Lab above;
};

constexpr Ends kOnLight{{40.0, 50.0, -50.0}, {100.0, 0.0, 0.0}, {8.0, 0.0, 0.0}};
constexpr Ends kOnDark{{60.0, 45.0, -60.0}, {5.0, 0.0, 0.0}, {97.0, 0.0, 0.0}};

/// CIE 1976 L*a*b* under D65 to sRGB (IEC 61966-2-1).
QColor colourOf(const Lab& lab) {
    const double y = (lab.lightness + 16.0) / 116.0;
    const auto linear = [](double t) {
        constexpr double kDelta = 6.0 / 29.0;
        return t > kDelta ? t * t * t : 3.0 * kDelta * kDelta * (t - 4.0 / 29.0);
    };
    const double cieX = 0.95047 * linear(y + lab.a / 500.0);
    const double cieY = linear(y);
    const double cieZ = 1.08883 * linear(y - lab.b / 200.0);
    const auto channel = [](double value) {
        const double encoded =
            value <= 0.0031308 ? 12.92 * value : 1.055 * std::pow(value, 1.0 / 2.4) - 0.055;
        return static_cast<float>(std::clamp(encoded, 0.0, 1.0));
    };
    return QColor::fromRgbF(channel(3.2406 * cieX - 1.5372 * cieY - 0.4986 * cieZ),
                            channel(-0.9689 * cieX + 1.8758 * cieY + 0.0415 * cieZ),
                            channel(0.0557 * cieX - 0.2040 * cieY + 1.0570 * cieZ));
}

Lab mixed(const Lab& from, const Lab& to, double share) {
    return {std::lerp(from.lightness, to.lightness, share), std::lerp(from.a, to.a, share),
            std::lerp(from.b, to.b, share)};
}

const Ends& endsFor(bool dark) {
    return dark ? kOnDark : kOnLight;
}

std::vector<QRgb> makeTable(const Ends& ends) {
    std::vector<QRgb> table;
    for (int step = -kSteps; step <= kSteps; ++step) {
        const Lab& end = step < 0 ? ends.below : ends.above;
        table.push_back(
            colourOf(mixed(ends.zero, end, std::abs(step) / static_cast<double>(kSteps))).rgb());
    }
    return table;
}

const std::vector<QRgb>& tableFor(bool dark) {
    static const std::vector<QRgb> onLight = makeTable(kOnLight);
    static const std::vector<QRgb> onDark = makeTable(kOnDark);
    return dark ? onDark : onLight;
}

}  // namespace

ValueColors::ValueColors(double limit, bool dark) : limit_(limit), table_(&tableFor(dark)) {}

QRgb ValueColors::of(double value) const {
    const double share = std::min(std::abs(value) / limit_, 1.0);
    const auto step = static_cast<int>(std::lround(std::pow(share, kExponent) * kSteps));
    return (*table_)[static_cast<std::size_t>(value < 0.0 ? kSteps - step : kSteps + step)];
}

QImage ValueColors::imageOf(std::span<const double> values, int width, int height) const {
    QImage image(width, height, QImage::Format_RGB32);
    auto value = values.begin();
    for (int row = 0; row < height; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (int column = 0; column < width; ++column) {
            line[column] = of(*value++);
        }
    }
    return image;
}

QColor ValueColors::paper(bool dark) {
    return colourOf(endsFor(dark).zero);
}

QColor ValueColors::ink(bool dark) {
    return colourOf(endsFor(dark).above);
}

QColor ValueColors::belowZero(bool dark) {
    return colourOf(endsFor(dark).below);
}

}  // namespace normscope
