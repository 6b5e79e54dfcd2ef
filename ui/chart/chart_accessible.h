#pragma once

namespace normscope {

/// Lets screen readers see every MetricChart as a chart that reads out its values. Idempotent.
void installChartAccessibility();

}  // namespace normscope
