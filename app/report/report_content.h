#pragma once

#include <memory>

#include "app/report/report.h"
#include "core/dataset.h"
#include "ui/compared_model.h"

namespace normscope {

/// All that there is to say of the compared models, in the order of the assignment: what it is, the
/// network, how each normalization works, learning curves, misread digits, findings, notes, and how
/// to do it again. `dataset` holds the test images of their runs; null where they are not at hand.
///
/// On the thread of the window, since the plots are widgets; they are drawn here, once, and what
/// remains may be painted on any thread.
Report makeReport(const Comparison& models, const std::shared_ptr<const Dataset>& dataset);

}  // namespace normscope
