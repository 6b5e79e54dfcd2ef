#include "ui/chart/line_raster.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace normscope {
namespace {

/// The pixel that a coordinate is in. std::floor() is a call on older processors.
int pixel(double coordinate) {
    constexpr int kBelowAny = 1 << 20;
    return static_cast<int>(coordinate + kBelowAny) - kBelowAny;
}

/// std::hypot() guards against overflow, which no pixel can cause, and takes ten times as long.
double lengthOf(QPointF step) {
    return std::sqrt(QPointF::dotProduct(step, step));
}

/// What of the segment lies where `at` is within [low, high]; false if nothing.
bool cutTo(QPointF& from, QPointF& to, double low, double high, bool vertically) {
    const auto at = [&](const QPointF& point) { return vertically ? point.y() : point.x(); };
    const double start = at(from);
    const double end = at(to);
    if (std::max(start, end) < low || std::min(start, end) > high) {
        return false;
    }
    const QPointF whole = to - from;
    const auto placeOf = [&](double value) {
        return std::clamp((value - start) / (end - start), 0.0, 1.0);
    };
    if (start != end) {
        const double enter = placeOf(start < end ? low : high);
        const double leave = placeOf(start < end ? high : low);
        to = from + leave * whole;
        from += enter * whole;
    }
    return true;
}

/// Calls `use` with both ends of every piece of the line that is drawn and not a gap between
/// dashes. Dashes go round corners.
template <typename Use>
class Dasher {
  public:
    Dasher(const QVector<double>& dashes, double capRadius, Use use)
        : dashes_(dashes), shortened_(capRadius / 2.0), use_(use) {}

    void operator()(QPointF from, QPointF to, double start) {
        const double length = lengthOf(to - from);
        if (length == 0.0) {
            return;
        }
        double period = 0.0;
        for (const double dash : dashes_) {
            period += dash;
        }
        double dashStart = std::floor(start / period) * period;
        for (qsizetype dash = 0; dashStart < start + length; dash = (dash + 2) % dashes_.size()) {
            // Round caps stand out: what they add is taken away before.
            const double first = std::max(dashStart + shortened_ - start, 0.0);
            const double last = std::min(dashStart + dashes_[dash] - shortened_ - start, length);
            if (first <= last) {
                const QPointF step = (to - from) / length;
                use_(from + first * step, from + last * step);
            }
            dashStart += dashes_[dash] + dashes_[dash + 1];
        }
    }

  private:
    const QVector<double>& dashes_;
    double shortened_;
    Use use_;
};

QRgb premultiplied(const QColor& color) {
    return qPremultiply(color.rgba());
}

/// All four bytes of a pixel times share / 255, rounded.
QRgb scaled(QRgb pixel, unsigned share) {
    const auto half = [share](unsigned bytes) {
        const unsigned product = bytes * share;
        return ((product + ((product >> 8U) & 0xff00ffU) + 0x800080U) >> 8U) & 0xff00ffU;
    };
    return half(pixel & 0xff00ffU) | (half((pixel >> 8U) & 0xff00ffU) << 8U);
}

}  // namespace

LineRaster::LineRaster(QImage& image)
    : image_(image),
      clip_(image.rect()),
      coverage_(static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(image.height())),
      runs_(static_cast<std::size_t>(image.width())) {}

void LineRaster::setClip(const QRect& clip) {
    clip_ = clip & image_.rect();
}

void LineRaster::clear() {
    for (int y = clip_.top(); y <= clip_.bottom(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(image_.scanLine(y));
        std::fill(row + clip_.left(), row + clip_.right() + 1, 0U);
    }
}

void LineRaster::drawWide(std::span<const QPointF> points, double width,
                          const QVector<double>& dashes, double length, const QColor& color) {
    if (clip_.isEmpty()) {
        return;
    }
    const double radius = width / 2.0;
    covered_ = {};
    const auto draw = [&](QPointF from, QPointF to) { cover(from, to, radius); };
    Dasher dasher(dashes, radius, draw);
    for (std::size_t point = 1; point < points.size(); ++point) {
        const QPointF& from = points[point - 1];
        const QPointF& to = points[point];
        if (std::isnan(from.y()) || std::isnan(to.y())) {
            continue;
        }
        const bool isSeen = std::max(from.x(), to.x()) >= clip_.left() - width &&
                            std::min(from.x(), to.x()) <= clip_.right() + 1 + width;
        if (isSeen) {
            dashes.isEmpty() ? draw(from, to) : dasher(from, to, length);
        }
        length += lengthOf(to - from);
    }
    fillCovered(color);
}

/// Of every pixel about the segment: how much a round pen covers of it, by the distance of its
/// centre from the segment. Where segments meet, the larger counts.
void LineRaster::cover(QPointF from, QPointF to, double radius) {
    const double reach = radius + 0.5;
    if (!cutTo(from, to, clip_.top() - reach, clip_.bottom() + 1 + reach, /*vertically=*/true) ||
        !cutTo(from, to, clip_.left() - reach, clip_.right() + 1 + reach, /*vertically=*/false)) {
        return;
    }
    const double length = lengthOf(to - from);
    const QPointF along = length > 0.0 ? (to - from) / length : QPointF(1.0, 0.0);
    const QRect box = clip_ & QRect(QPoint(pixel(std::min(from.x(), to.x()) - reach),
                                           pixel(std::min(from.y(), to.y()) - reach)),
                                    QPoint(pixel(std::max(from.x(), to.x()) + reach),
                                           pixel(std::max(from.y(), to.y()) + reach)));
    if (box.isEmpty()) {
        return;
    }
    covered_ |= box;
    // Where a row of pixels crosses the endless line, and how far about that the pen reaches.
    const bool isFlat = std::abs(along.y()) < 1e-3;
    const double slope = isFlat ? 0.0 : along.x() / along.y();
    const auto ux = static_cast<float>(along.x());
    const auto uy = static_cast<float>(along.y());
    const auto end = static_cast<float>(length);
    const auto full = static_cast<float>(reach);
    const double halfWidth =
        isFlat ? std::numeric_limits<double>::infinity() : reach / std::abs(along.y());
    for (int y = box.top(); y <= box.bottom(); ++y) {
        const double dy = y + 0.5 - from.y();
        const double middle = from.x() + dy * slope;
        const int left = isFlat ? box.left() : std::max(box.left(), pixel(middle - halfWidth));
        const int right = isFlat ? box.right() : std::min(box.right(), pixel(middle + halfWidth));
        std::uint8_t* row = coverage_.data() + static_cast<std::ptrdiff_t>(y) * image_.width();
        const auto dx = static_cast<float>(left + 0.5 - from.x());
        float place = dx * ux + static_cast<float>(dy) * uy;  // along the line
        float aside = dx * uy - static_cast<float>(dy) * ux;
        for (int x = left; x <= right; ++x, place += ux, aside += uy) {
            const float beyond = std::max({-place, place - end, 0.0F});
            const float distance =
                beyond > 0.0F ? std::sqrt(aside * aside + beyond * beyond) : std::abs(aside);
            const float share = std::clamp(full - distance, 0.0F, 1.0F);
            row[x] = std::max(row[x], static_cast<std::uint8_t>(255.0F * share + 0.5F));
        }
    }
}

void LineRaster::fillCovered(const QColor& color) {
    const QRgb full = premultiplied(color);
    for (int y = covered_.top(); y <= covered_.bottom(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(image_.scanLine(y));
        std::uint8_t* coverage = coverage_.data() + static_cast<std::ptrdiff_t>(y) * image_.width();
        for (int x = covered_.left(); x <= covered_.right(); ++x) {
            std::uint64_t next = 0;
            if (x + static_cast<int>(sizeof next) <= image_.width()) {
                std::memcpy(&next, coverage + x, sizeof next);
                if (next == 0) {
                    x += static_cast<int>(sizeof next) - 1;
                    continue;
                }
            }
            if (const unsigned share = std::exchange(coverage[x], std::uint8_t{0}); share != 0) {
                const QRgb source = scaled(full, share);
                row[x] = source + scaled(row[x], 255U - static_cast<unsigned>(qAlpha(source)));
            }
        }
    }
}

void LineRaster::drawThin(std::span<const QPointF> points, const QColor& color) {
    if (clip_.isEmpty()) {
        return;
    }
    const Run none{std::numeric_limits<int>::max(), std::numeric_limits<int>::min()};
    std::fill(runs_.begin() + clip_.left(), runs_.begin() + clip_.right() + 1, none);
    for (std::size_t point = 1; point < points.size(); ++point) {
        if (!std::isnan(points[point - 1].y()) && !std::isnan(points[point].y())) {
            extendRuns(points[point - 1], points[point]);
        }
    }
    const QRgb pixel = premultiplied(color);
    for (int y = clip_.top(); y <= clip_.bottom(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(image_.scanLine(y));
        for (int x = clip_.left(); x <= clip_.right(); ++x) {
            const Run& run = runs_[static_cast<std::size_t>(x)];
            row[x] = run.top <= y && y <= run.bottom ? pixel : row[x];
        }
    }
}

/// In each pixel column a line covers the rows between those where it comes in and goes out.
void LineRaster::extendRuns(QPointF from, QPointF to) {
    if (from.x() > to.x()) {
        std::swap(from, to);
    }
    // Rows far outside need not be told apart.
    if (!cutTo(from, to, clip_.left(), clip_.right() + 0.999, /*vertically=*/false)) {
        return;
    }
    const auto row = [&](double y) {
        return pixel(std::clamp(y, clip_.top() - 1.0, clip_.bottom() + 1.0));
    };
    // Rounding may have put an end just outside.
    const int first = std::max(pixel(from.x()), clip_.left());
    const int last = std::min(pixel(to.x()), clip_.right());
    const double slope = first == last ? 0.0 : (to.y() - from.y()) / (to.x() - from.x());
    for (int x = first; x <= last; ++x) {
        const int in = row(x == first ? from.y() : from.y() + slope * (x - from.x()));
        const int out = row(x == last ? to.y() : from.y() + slope * (x + 1 - from.x()));
        Run& run = runs_[static_cast<std::size_t>(x)];
        run.top = std::min({run.top, in, out});
        run.bottom = std::max({run.bottom, in, out});
    }
}

}  // namespace normscope
