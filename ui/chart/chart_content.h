#pragma once

#include <QString>
#include <vector>

#include "core/norm_spec.h"
#include "ui/chart/curve_data.h"

namespace normscope {

/// Who a curve is.
struct CurveDescription {
    QString label;
    NormKind kind = NormKind::None;
    int variant = 0;  ///< see styleVariants()
};

/// What a chart shows.
struct ChartDescription {
    QString title;
    QString yTitle;  ///< with its unit: "Loss (nats)", "Accuracy (%)"
    QString xTitle;
    bool percent = false;          ///< values 0..1 are shown as 0..100
    bool onePointAnEpoch = false;  ///< every point gets its marker and the line is wide
    bool canBeLogarithmic = false;
};

struct Curve {
    CurveDescription description;
    CurveData data;
    bool visible = true;
};

/// Everything a chart shows, without a window: what the screen and every export draw from.
struct ChartContent {
    ChartDescription description;
    std::vector<Curve> curves;
    double smoothing = 0.0;
    bool logarithmic = false;
    int plannedEpochs = 0;  ///< 0: not known

    /// From a value as stored to the number on the axis.
    double shown(double y) const { return description.percent ? 100.0 * y : y; }
};

}  // namespace normscope
