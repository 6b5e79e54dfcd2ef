#pragma once

#include <QPointF>
#include <QRect>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace normscope {

/// The pixel that a coordinate is in. std::floor() is a call on older processors.
inline int pixel(double coordinate) {
    constexpr int kBelowAny = 1 << 20;
    return static_cast<int>(coordinate + kBelowAny) - kBelowAny;
}

/// std::hypot() guards against overflow, which no pixel can cause, and takes ten times as long.
inline double lengthOf(QPointF step) {
    return std::sqrt(QPointF::dotProduct(step, step));
}

/// A segment as a round pen draws it. A pixel is covered by the distance of its centre.
class RoundPen {
  public:
    /// A pixel is covered from a distance of `reach` on, and all of it from 1 less on.
    RoundPen(QPointF from, QPointF to, double reach)
        : from_(from), to_(to), reach_(static_cast<float>(reach)) {
        if (from_.y() > to_.y()) {
            std::swap(from, to);
            std::swap(from_, to_);
        }
        const double length = lengthOf(to - from);
        length_ = static_cast<float>(length);
        ux_ = length > 0.0 ? static_cast<float>((to.x() - from.x()) / length) : 1.0F;
        uy_ = length > 0.0 ? static_cast<float>((to.y() - from.y()) / length) : 0.0F;
        isFlat_ = uy_ < 1e-3F;
        slope_ = isFlat_ ? 0.0 : static_cast<double>(ux_) / static_cast<double>(uy_);
        halfWidth_ = isFlat_ ? 0.0 : reach / static_cast<double>(uy_);
    }

    /// Makes pixels of row y as covered as this pen covers them, unless they are more so already.
    void coverRow(std::uint8_t* row, int y, int left, int right) const {
        const auto dy = static_cast<float>(y + 0.5 - from_.y());
        for (int x = left; x <= right; ++x) {
            const auto dx = static_cast<float>(x + 0.5 - from_.x());
            const float place = dx * ux_ + dy * uy_;  // along the line
            const float aside = dx * uy_ - dy * ux_;
            const float beyond = std::max({-place, place - length_, 0.0F});
            const std::uint8_t share = shareAt(
                beyond > 0.0F ? std::sqrt(aside * aside + beyond * beyond) : std::abs(aside));
            row[x] = std::max(row[x], share);
        }
    }

    /// Of a pixel `dx` beside the middle of the line, far from its ends.
    std::uint8_t shareBeside(double dx) const {
        return shareAt(static_cast<float>(std::abs(dx)) * uy_);
    }

    /// First and last pixel of a row that may be covered.
    std::pair<int, int> reachIn(int y, const QRect& box) const {
        if (isFlat_) {
            return {box.left(), box.right()};
        }
        return {std::max(box.left(), pixel(middle(y) - halfWidth_)),
                std::min(box.right(), pixel(middle(y) + halfWidth_))};
    }

    double middle(int y) const { return from_.x() + (y + 0.5 - from_.y()) * slope_; }
    double slope() const { return slope_; }
    double halfWidth() const { return halfWidth_; }
    bool isFlat() const { return isFlat_; }
    bool isUpright() const { return uy_ > 0.9F; }

    /// All pixels within reach.
    QRect box() const {
        const auto reach = static_cast<double>(reach_);
        return {QPoint(pixel(std::min(from_.x(), to_.x()) - reach), pixel(from_.y() - reach)),
                QPoint(pixel(std::max(from_.x(), to_.x()) + reach), pixel(to_.y() + reach))};
    }

    /// First and last row of a box that the round ends do not reach.
    std::pair<int, int> rowsBetweenEnds(const QRect& box) const {
        const double height = static_cast<double>(reach_ * (1.0F + std::abs(ux_))) + 1.0;
        return {std::max(box.top(), pixel(from_.y() + height) + 1),
                std::min(box.bottom(), pixel(to_.y() - height) - 1)};
    }

  private:
    std::uint8_t shareAt(float distance) const {
        constexpr float kHalf = 0.5F;  // cut off after it is added, a share is rounded
        return static_cast<std::uint8_t>(255.0F * std::clamp(reach_ - distance, 0.0F, 1.0F) +
                                         kHalf);
    }

    QPointF from_;  ///< not below `to_`
    QPointF to_;
    float reach_;
    float length_;
    float ux_;
    float uy_;
    bool isFlat_;
    double slope_;
    double halfWidth_;
};

/// The rows of a steep line, prepared for each of some places within a pixel.
class SteepPen {
  public:
    static constexpr int kWidth = 8;
    using Shares = std::uint8_t __attribute__((vector_size(kWidth)));

    static bool suits(const RoundPen& pen) {
        return !pen.isFlat() && 2.0 * pen.halfWidth() + 1.0 < kWidth;
    }

    explicit SteepPen(const RoundPen& pen)
        : start_(fixed(pen.middle(0) - pen.halfWidth())), step_(fixed(pen.slope())) {
        for (int place = 0; place < kPlaces; ++place) {
            for (int x = 0; x < kWidth; ++x) {
                const double middle = pen.halfWidth() + (place + 0.5) / kPlaces;
                rows_[static_cast<std::size_t>(place)][x] = pen.shareBeside(x + 0.5 - middle);
            }
        }
    }

    /// The first pixel, and what is covered from there on.
    std::pair<int, Shares> row(int y) const {
        const std::int64_t start = start_ + y * step_;
        const std::int64_t place = (start >> (kFractionBits - kPlaceBits)) & (kPlaces - 1);
        return {static_cast<int>(start >> kFractionBits), rows_[static_cast<std::size_t>(place)]};
    }

  private:
    static constexpr int kPlaceBits = 3;
    static constexpr int kPlaces = 1 << kPlaceBits;
    static constexpr int kFractionBits = 32;

    static std::int64_t fixed(double value) {
        return std::llround(value * static_cast<double>(std::int64_t{1} << kFractionBits));
    }

    std::int64_t start_;  ///< of row 0
    std::int64_t step_;   ///< from row to row
    std::array<Shares, kPlaces> rows_;
};

}  // namespace normscope
