#include "ui/chart/line_raster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>

#include "ui/chart/line_pens.h"

namespace normscope {
namespace {

constexpr int kRowsWorthPreparing = 24;
constexpr int kPixelsAtOnce = sizeof(std::uint64_t);

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

/// Calls `use` with where each dash begins and ends on a segment that is `length` long and begins
/// `start` after the beginning of the line. Dashes go round corners.
template <typename Use>
void forEachDash(const QVector<double>& dashes, double start, double length, Use use) {
    const double period = std::accumulate(dashes.begin(), dashes.end(), 0.0);
    double first = std::floor(start / period) * period - start;
    for (qsizetype dash = 0; first < length; dash = (dash + 2) % dashes.size()) {
        if (first + dashes[dash] > 0.0) {
            use(first, first + dashes[dash]);
        }
        first += dashes[dash] + dashes[dash + 1];
    }
}

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
      stride_(image.width()),
      coverage_(static_cast<std::size_t>(image.sizeInBytes() / 4 + kPixelsAtOnce)),
      runs_(static_cast<std::size_t>(image.width())) {}

void LineRaster::setClip(const QRect& clip) {
    clip_ = clip & image_.rect();
}

std::uint8_t* LineRaster::coverage(int y) {
    return coverage_.data() + y * stride_;
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
    const double reach = width / 2.0 + 0.5;
    covered_ = {};
    for (std::size_t point = 1; point < points.size(); ++point) {
        const QPointF& from = points[point - 1];
        const QPointF& to = points[point];
        if (std::isnan(from.y()) || std::isnan(to.y())) {
            continue;
        }
        const bool isSeen = std::max(from.x(), to.x()) >= clip_.left() - reach &&
                            std::min(from.x(), to.x()) <= clip_.right() + 1 + reach;
        if (isSeen) {
            drawSegment(from, to, reach, dashes, length);
        }
        length += lengthOf(to - from);
    }
    fillCovered(color);
}

/// A zoom may put the ends of a segment millions of pixels apart. What is left of them does not
/// depend on the clip, and so no pixel does.
void LineRaster::drawSegment(QPointF from, QPointF to, double reach, const QVector<double>& dashes,
                             double start) {
    constexpr double kFar = 4096.0;
    QPointF first = from;
    if (!cutTo(first, to, -reach, image_.height() + reach, /*vertically=*/true) ||
        !cutTo(first, to, -kFar, image_.width() + kFar, /*vertically=*/false)) {
        return;
    }
    if (dashes.isEmpty()) {
        cover(first, to, reach);
    } else {
        coverDashed(first, to, reach, dashes, start + lengthOf(first - from));
    }
}

/// Of every pixel about the segment: how much a round pen covers of it. Where segments meet, the
/// larger counts.
void LineRaster::cover(QPointF from, QPointF to, double reach) {
    const RoundPen pen(from, to, reach);
    const QRect box = pen.box() & clip_;
    if (box.isEmpty()) {
        return;
    }
    covered_ |= box;
    const auto [first, last] = pen.rowsBetweenEnds(box);
    int y = box.top();
    if (SteepPen::suits(pen) && last - first > kRowsWorthPreparing) {
        coverRows(pen, box, y, first - 1);
        coverSteep(SteepPen(pen), box, first, last);
        y = last + 1;
    }
    coverRows(pen, box, y, box.bottom());
}

void LineRaster::coverDashed(QPointF from, QPointF to, double reach, const QVector<double>& dashes,
                             double start) {
    const double length = lengthOf(to - from);
    if (length == 0.0) {
        return;
    }
    const RoundPen pen(from, to, reach);
    const QRect box = pen.box() & clip_;
    if (SteepPen::suits(pen) && pen.isUpright() && box.height() > kRowsWorthPreparing) {
        const SteepPen steep(pen);
        const double down = (to.y() - from.y()) / length;
        covered_ |= box;
        forEachDash(dashes, start, length, [&](double first, double last) {
            const double one = from.y() + std::max(first, 0.0) * down;
            const double other = from.y() + std::min(last, length) * down;
            coverSteep(steep, box, std::max(box.top(), pixel(std::min(one, other) + 0.5)),
                       std::min(box.bottom(), pixel(std::max(one, other) + 0.5) - 1));
        });
        return;
    }
    const QPointF along = (to - from) / length;
    const double shortened = reach / 3.0;  // round ends stand out: it is taken away before
    forEachDash(dashes, start, length, [&](double first, double last) {
        first = std::max(first + shortened, 0.0);
        last = std::min(last - shortened, length);
        if (first <= last) {
            cover(from + first * along, from + last * along, reach);
        }
    });
}

void LineRaster::coverRows(const RoundPen& pen, const QRect& box, int first, int last) {
    for (int y = first; y <= last; ++y) {
        const auto [left, right] = pen.reachIn(y, box);
        pen.coverRow(coverage(y), y, left, right);
    }
}

void LineRaster::coverSteep(const SteepPen& pen, const QRect& box, int first, int last) {
    for (int y = first; y <= last; ++y) {
        std::uint8_t* row = coverage(y);
        const auto [left, shares] = pen.row(y);
        if (box.left() <= left && left + SteepPen::kWidth <= box.right() + 1) {
            SteepPen::Shares before;
            std::memcpy(&before, row + left, sizeof before);
            before = before > shares ? before : shares;
            std::memcpy(row + left, &before, sizeof before);
            continue;
        }
        for (int x = std::max(left, box.left());
             x <= std::min(left + SteepPen::kWidth - 1, box.right()); ++x) {
            row[x] = std::max(row[x], shares[x - left]);
        }
    }
}

void LineRaster::fillCovered(const QColor& color) {
    const QRgb full = premultiplied(color);
    const bool isOpaque = qAlpha(full) == 255;
    for (int y = covered_.top(); y <= covered_.bottom(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(image_.scanLine(y));
        std::uint8_t* shares = coverage(y);
        for (int left = covered_.left(); left <= covered_.right(); left += kPixelsAtOnce) {
            // Most of the picture is bare.
            std::uint64_t some = 0;
            std::memcpy(&some, shares + left, sizeof some);
            if (some == 0) {
                continue;
            }
            const int right = std::min(left + kPixelsAtOnce - 1, covered_.right());
            for (int x = left; x <= right; ++x) {
                const unsigned share = std::exchange(shares[x], std::uint8_t{0});
                if (share == 255U && isOpaque) {
                    row[x] = full;
                } else if (share != 0U) {
                    const QRgb source = scaled(full, share);
                    row[x] = source + scaled(row[x], 255U - static_cast<unsigned>(qAlpha(source)));
                }
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
    // Rows and columns outside need not be told apart.
    const auto row = [&](double y) {
        return pixel(std::clamp(y, clip_.top() - 1.0, clip_.bottom() + 1.0));
    };
    const auto column = [&](double x) {
        return pixel(std::clamp(x, clip_.left() - 1.0, clip_.right() + 1.0));
    };
    const double slope = from.x() == to.x() ? 0.0 : (to.y() - from.y()) / (to.x() - from.x());
    const auto rowAt = [&](double x) {
        return row(x <= from.x() ? from.y()
                   : x >= to.x() ? to.y()
                                 : from.y() + slope * (x - from.x()));
    };
    const int first = std::max(column(from.x()), clip_.left());
    const int last = std::min(column(to.x()), clip_.right());
    for (int x = first; x <= last; ++x) {
        const int in = rowAt(x);
        const int out = rowAt(x + 1);
        Run& run = runs_[static_cast<std::size_t>(x)];
        run.top = std::min({run.top, in, out});
        run.bottom = std::max({run.bottom, in, out});
    }
}

}  // namespace normscope
