#pragma once

#include <array>
#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/compared_model.h"

namespace normscope {

/// Titles and axes of the charts that are followed while networks learn: training loss, test loss,
/// training accuracy, test accuracy.
std::array<ChartDescription, 4> trainingChartDescriptions();

/// How much the curves over mini-batches are smoothed until somebody chooses otherwise, and in
/// every file.
inline constexpr double kDefaultSmoothing = 0.9;

/// What their files are called, in every language.
inline constexpr std::array kTrainingChartFiles{"training-loss", "test-loss", "training-accuracy",
                                                "test-accuracy"};

/// These charts with a curve for each of the models, their mini-batches smoothed as on the screen.
std::vector<ChartContent> trainingCharts(const Comparison& models);

}  // namespace normscope
