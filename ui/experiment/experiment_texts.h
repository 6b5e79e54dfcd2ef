#pragma once

#include <QLocale>
#include <QString>
#include <QStringList>
#include <vector>

#include "core/experiment_results.h"

namespace normscope {

/// "batch, layer, group".
QString modelNames(const TrainingConfig& config);

/// What was measured of one model over the seeds, without its label: "mean 61.2 wrong of 10,000,
/// standard deviation 4.1, 95 % interval of the mean 56.1 to 66.3, from 5 seeds".
QString seedSummary(const SeedModelResults& model, int testTotal, const QLocale& locale = {});

/// What the seeds allow to say about the methods, with the interval that carries it, and what they
/// do not; one sentence each.
QStringList seedClaims(const Experiment& experiment, const SeedResults& results,
                       const QLocale& locale = {});

/// What was measured over the batch sizes, beside what the paper measured; one sentence each.
QStringList sweepFindings(const Experiment& experiment, const SweepResults& results,
                          const QLocale& locale = {});

/// "1.35" for an error in percent.
QString errorText(double percent, const QLocale& locale = {});

/// The sentence on the models that differ in more than their normalization; empty if none do.
QString confoundedBy(const TrainingConfig& config);

}  // namespace normscope
