#pragma once

#include "ui/chart/chart_content.h"

namespace normscope {

struct AxisRange {
    double lower = 0.0;
    double upper = 1.0;

    double size() const { return upper - lower; }
    bool contains(double value) const { return lower <= value && value <= upper; }
    friend bool operator==(const AxisRange&, const AxisRange&) = default;
};

/// The part of a chart that is shown: epochs, and the y axis in shown units.
struct ChartView {
    AxisRange x;
    AxisRange y;
    friend bool operator==(const ChartView&, const ChartView&) = default;
};

/// The view that shows all epochs of the visible curves. `previous` is the fitted view before,
/// which is kept as long as it still fits well, so that live data never make the axes flicker.
ChartView fittedView(const ChartContent& content, const ChartView* previous = nullptr);

}  // namespace normscope
