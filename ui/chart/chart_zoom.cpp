#include "ui/chart/chart_zoom.h"

#include <algorithm>
#include <cmath>

namespace normscope {
namespace {

AxisRange zoomedRange(const AxisRange& range, double factor, double centre, double smallest) {
    const double allowed = std::max(factor, std::min(1.0, smallest / range.size()));
    return {centre - (centre - range.lower) * allowed, centre + (range.upper - centre) * allowed};
}

AxisRange zoomedLogarithmic(const AxisRange& range, double factor, double centre) {
    const AxisRange decades{std::log10(range.lower), std::log10(range.upper)};
    // Thirty decades either way are more than any loss needs and keep the powers finite.
    const AxisRange closer = zoomedRange(decades, factor, std::log10(centre), 0.01);
    return {std::pow(10.0, std::max(closer.lower, -30.0)),
            std::pow(10.0, std::min(closer.upper, 30.0))};
}

}  // namespace

ChartView zoomed(const ChartContent& content, const ChartView& view, double factor, QPointF centre,
                 ZoomAxes axes) {
    ChartView result = view;
    if (axes != ZoomAxes::Y) {
        result.x = zoomedRange(view.x, factor, centre.x(),
                               content.description.onePointAnEpoch ? 0.05 : 0.001);
    }
    if (axes != ZoomAxes::X) {
        result.y = content.logarithmic ? zoomedLogarithmic(view.y, factor, centre.y())
                                       : zoomedRange(view.y, factor, centre.y(), 1e-6);
    }
    return result;
}

bool covers(const ChartView& view, const ChartView& other) {
    return view.x.lower <= other.x.lower && view.x.upper >= other.x.upper &&
           view.y.lower <= other.y.lower && view.y.upper >= other.y.upper;
}

ChartView scrolledTo(const ChartView& view, double x) {
    ChartView result = view;
    const double shift = x < view.x.lower   ? x - view.x.lower
                         : x > view.x.upper ? x - view.x.upper
                                            : 0.0;
    result.x.lower += shift;
    result.x.upper += shift;
    return result;
}

}  // namespace normscope
