#pragma once

#include <memory>

#include "app/report/report.h"
#include "core/dataset.h"
#include "ui/compared_model.h"

namespace normscope {

// The sections of a report, in their order.

ReportSection aboutSection(const Comparison& models);
ReportSection networkSection(const Comparison& models);
ReportSection methodsSection(const Comparison& models);
ReportSection curvesSection(const Comparison& models);
ReportSection galleriesSection(const Comparison& models,
                               const std::shared_ptr<const Dataset>& dataset);
ReportSection findingsSection(const Comparison& models);
ReportSection notesSection(const Comparison& models);
ReportSection reproductionSection(const Comparison& models);

/// The runs that the models are of, each once, in the order of the models.
std::vector<std::shared_ptr<const Run>> runsOf(const Comparison& models);
/// What people call the run.
QString runNameOf(const Run& run, const Comparison& models);

}  // namespace normscope
