#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace normscope {

struct CurvePoint {
    double x;
    double y;

    bool isGap() const;  ///< y is NaN or infinite: the line is broken here
};

/// Where a stretch of values is lowest and highest.
struct Extremes {
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::size_t lowest = kNone;  ///< index of the first lowest finite value
    std::size_t highest = kNone;

    bool empty() const { return lowest == kNone; }
};

/// Values that only grow at the end, and the extremes of any stretch of them in O(log n): above the
/// values lies a pyramid in which each node keeps the extremes of kFanOut nodes below it. Appending
/// is amortised O(1), for only complete nodes are ever built.
class ValuePyramid {
  public:
    void append(double value);
    void reserve(std::size_t size) { values_.reserve(size); }
    void clear();

    std::size_t size() const { return values_.size(); }
    double operator[](std::size_t index) const { return values_[index]; }

    /// Over [first, last); NaN and infinite values count for nothing.
    Extremes extremes(std::size_t first, std::size_t last) const;

  private:
    static constexpr std::size_t kFanOut = 16;

    /// The values beside their places: whoever compares nodes need not look them up.
    struct Node {
        Extremes places;
        double low = std::numeric_limits<double>::infinity();
        double high = -std::numeric_limits<double>::infinity();

        void merge(const Node& other);
    };

    void mergeLevel(Node& into, std::size_t level, std::size_t first, std::size_t last) const;

    std::vector<double> values_;
    std::vector<std::vector<Node>> levels_;  ///< a node of [0] covers kFanOut values
};

/// TensorBoard's smoothing: an exponential moving average, divided by the weight it has seen so far
/// so that it does not start near zero. With weight w, after values y_1..y_n,
///   s_n = sum_i w^(n-i) (1-w) y_i / (1 - w^n).
/// Gaps are passed on and leave the average alone.
class DebiasedAverage {
  public:
    explicit DebiasedAverage(double weight = 0.0) : weight_(weight) {}
    double add(double value);

  private:
    double weight_;
    double sum_ = 0.0;
    double seen_ = 0.0;  ///< 1 - w^n
};

/// The points of one curve in order of x, raw and smoothed.
class CurveData {
  public:
    /// x must not be smaller than the last one's; a smaller, NaN or infinite x is ignored.
    void append(double x, double y);
    /// Weight 0..0.999; costs O(n) if it changes. 0 switches smoothing off.
    void setSmoothing(double weight);

    /// The same bit by bit, for whoever has no time to do a million points at once: what has been
    /// prepared is shown from applySmoothing() on, which does what is left to do.
    void prepareSmoothing(double weight);
    /// Prepares up to so many of the points; returns how many it did, 0: all are prepared.
    std::size_t prepareSome(std::size_t points);
    void applySmoothing();

    std::size_t size() const { return xs_.size(); }
    bool empty() const { return xs_.empty(); }
    const std::vector<double>& xs() const { return xs_; }
    const ValuePyramid& raw() const { return raw_; }
    /// The smoothed values; the raw ones while smoothing is off.
    const ValuePyramid& smoothed() const {
        return smoothed_.weight > 0.0 ? smoothed_.values : raw_;
    }

    /// Two numbers that are never 0, for whoever keeps what follows from the values: another one
    /// says that more has changed than points being appended. Copies share theirs.
    std::uint64_t rawRevision() const { return rawRevision_; }
    std::uint64_t smoothedRevision() const { return smoothedRevision_; }

    /// Index of the point nearest to x; the curve must not be empty.
    std::size_t nearest(double x) const;

  private:
    struct Smoothed {
        double weight = 0.0;
        DebiasedAverage average;
        ValuePyramid values;  ///< none while the weight is 0
    };

    static std::uint64_t nextRevision();

    std::uint64_t rawRevision_ = nextRevision();
    std::uint64_t smoothedRevision_ = rawRevision_;
    std::vector<double> xs_;
    ValuePyramid raw_;
    Smoothed smoothed_;
    std::optional<Smoothed> prepared_;
};

}  // namespace normscope
