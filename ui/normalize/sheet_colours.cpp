#include "ui/normalize/sheet_colours.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "ui/norm_style.h"
#include "ui/normalize/sheet_painter.h"
#include "ui/theme.h"

namespace normscope {
namespace {

/// A colour of Ottosson's OKLCH: lightness and chroma as the eye sees them, hue in turns.
struct Perceived {
    double lightness;
    double chroma;
    double hue;
};

double gammaEncoded(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1.0 / 2.4) - 0.055;
}

/// Red, green and blue before gamma; outside 0..1 where no screen shows the colour.
std::array<double, 3> linearRgb(const Perceived& colour) {
    const double angle = 2.0 * std::numbers::pi * colour.hue;
    const double a = colour.chroma * std::cos(angle);
    const double b = colour.chroma * std::sin(angle);
    const auto cube = [](double x) { return x * x * x; };
    const double l = cube(colour.lightness + 0.3963377774 * a + 0.2158037573 * b);
    const double m = cube(colour.lightness - 0.1055613458 * a - 0.0638541728 * b);
    const double s = cube(colour.lightness - 0.0894841775 * a - 1.2914855480 * b);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

/// The nearest colour of this lightness and hue that a screen shows.
QColor shown(Perceived colour) {
    std::array<double, 3> rgb = linearRgb(colour);
    const auto outside = [](double x) { return x < -1e-4 || x > 1.0001; };
    while (colour.chroma > 0.0 && std::ranges::any_of(rgb, outside)) {
        colour.chroma = std::max(0.0, colour.chroma - 0.004);
        rgb = linearRgb(colour);
    }
    const auto channel = [](double linear) {
        return static_cast<float>(std::clamp(gammaEncoded(std::max(0.0, linear)), 0.0, 1.0));
    };
    // In the eight bits of a pixel, so that what is painted is exactly this.
    return QColor(QColor::fromRgbF(channel(rgb[0]), channel(rgb[1]), channel(rgb[2])).rgb());
}

/// 13/47 of a turn from each set to the next: about 100 degrees between neighbours, and no fewer
/// than 38 between sets below each other with any usual number of groups (up to 6, 8, 10, 12, 15,
/// 16, 20, 24, 32).
constexpr int kHues = 47;
constexpr int kStep = 13;
constexpr double kFirstHue = 0.70;

int hueOf(int set) {
    return set % kHues;
}

double turns(int hue) {
    return kFirstHue + static_cast<double>(hue * kStep % kHues) / kHues;
}

struct Theme {
    Perceived tint, line, least, most;
};
constexpr Theme kLight{{0.925, 0.055, 0}, {0.53, 0.16, 0}, {0.965, 0.02, 0}, {0.26, 0.10, 0}};
constexpr Theme kDark{{0.335, 0.062, 0}, {0.77, 0.13, 0}, {0.23, 0.03, 0}, {0.955, 0.05, 0}};

Perceived inHue(Perceived colour, int hue) {
    colour.hue = turns(hue);
    return colour;
}

/// Perceived colours at a few steps, and straight lines between them.
ColourRamp rampBetween(const Perceived& from, const Perceived& to, double chromaInTheMiddle) {
    constexpr int kPiece = 17;  // 255 is a multiple
    const auto colourAt = [&](int step) {
        const double t = step / 255.0;
        const double chroma = t < 0.5 ? std::lerp(from.chroma, chromaInTheMiddle, 2.0 * t)
                                      : std::lerp(chromaInTheMiddle, to.chroma, 2.0 * t - 1.0);
        return shown({std::lerp(from.lightness, to.lightness, t), chroma, from.hue});
    };
    ColourRamp ramp{};
    ramp.back() = colourAt(255).rgb();
    for (int start = 0; start < 255; start += kPiece) {
        const QColor first = colourAt(start);
        const QColor last = colourAt(start + kPiece);
        for (int i = 0; i < kPiece; ++i) {
            ramp[static_cast<std::size_t>(start + i)] =
                blend(first, last, static_cast<double>(i) / kPiece).rgb();
        }
    }
    return ramp;
}

struct HueTable {
    std::array<SetColours, kHues> colours;
    std::array<ColourRamp, kHues> ramps;

    explicit HueTable(const Theme& theme) {
        for (int hue = 0; hue < kHues; ++hue) {
            const auto place = static_cast<std::size_t>(hue);
            colours[place] = {shown(inHue(theme.tint, hue)), shown(inHue(theme.line, hue))};
            ramps[place] =
                rampBetween(inHue(theme.least, hue), inHue(theme.most, hue), theme.line.chroma);
        }
    }
};

const HueTable& hues(const QPalette& palette) {
    static const auto light = std::make_unique<const HueTable>(kLight);
    static const auto dark = std::make_unique<const HueTable>(kDark);
    return isDark(palette) ? *dark : *light;
}

constexpr double kBlue = 0.68;
constexpr double kOrange = 0.15;

/// Two straight pieces that meet in the ground.
ColourRamp derivativeRampOn(const QColor& ground, const QColor& negative, const QColor& positive) {
    ColourRamp ramp{};
    for (int step = 0; step < 256; ++step) {
        const double signedShare = (step - 128) / (step < 128 ? 128.0 : 127.0);
        ramp[static_cast<std::size_t>(step)] =
            blend(ground, signedShare < 0.0 ? negative : positive, std::abs(signedShare)).rgb();
    }
    return ramp;
}

}  // namespace

SetColours setColours(int set, const QPalette& palette) {
    return hues(palette).colours[static_cast<std::size_t>(hueOf(set))];
}

QString setLabel(int set) {
    return QStringLiteral("S%1").arg(set + 1);
}

const ColourRamp& valueRamp(int set, const QPalette& palette) {
    return hues(palette).ramps[static_cast<std::size_t>(hueOf(set))];
}

const ColourRamp& derivativeRamp(const QPalette& palette) {
    static const ColourRamp light = derivativeRampOn(QColor(0xfff7f7f7), shown({0.52, 0.16, kBlue}),
                                                     shown({0.66, 0.17, kOrange}));
    static const ColourRamp dark = derivativeRampOn(QColor(0xff23272e), shown({0.66, 0.15, kBlue}),
                                                    shown({0.75, 0.15, kOrange}));
    return isDark(palette) ? dark : light;
}

int derivativeStep(double derivative, double largest) {
    constexpr double kLeastSeen = 0.16;
    if (derivative == 0.0 || !(largest > 0.0)) {
        return 128;
    }
    const double share = std::sqrt(std::min(1.0, std::abs(derivative) / largest));
    const double seen = kLeastSeen + (1.0 - kLeastSeen) * share;
    return derivative < 0.0 ? 128 - static_cast<int>(std::lround(128 * seen))
                            : 128 + static_cast<int>(std::lround(127 * seen));
}

QColor textOn(const QColor& ground) {
    return contrastRatio(Qt::black, ground) >= contrastRatio(Qt::white, ground) ? Qt::black
                                                                                : Qt::white;
}

}  // namespace normscope
