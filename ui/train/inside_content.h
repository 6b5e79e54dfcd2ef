#pragma once

#include <QString>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/histogram.h"
#include "core/layer_percentiles.h"
#include "ui/chart/chart_content.h"

namespace normscope {

/// One channel of a norm layer in one model, over its training so far.
struct ChannelCourse {
    CurveDescription model;
    std::vector<double> epochs;               ///< of each sampled mini-batch, growing
    std::vector<ChannelPercentiles> values;   ///< one per entry of `epochs`
    std::optional<ChannelHistograms> moment;  ///< of the last of them; empty once it is not known
};

/// What the panel shows: the same channel of every visible model.
struct InsideContent {
    int normLayer = 0;  ///< 0..5
    int channel = 0;    ///< from 0
    int plannedEpochs = 0;
    std::vector<ChannelCourse> models;

    bool isEmpty() const;
    bool hasMoment() const;
};

/// The two sides of a norm layer.
enum class LayerSide { Input, Output };

const Percentiles& percentilesAt(const ChannelPercentiles& values, LayerSide side);
const ActivationHistogram& histogramAt(const ChannelHistograms& histograms, LayerSide side);

/// Which values the plots of one side show, the same in all models, so that equal heights are equal
/// values: all bands, and around them a part of what lies outside. Never empty.
ValueRange valueRangeOf(const InsideContent& content, LayerSide side);

/// The last epoch of the axis: a round number that leaves little room after the last sample and
/// goes no further than the training will.
double lastEpochOf(const InsideContent& content);

/// The sampled mini-batch nearest to an epoch; empty if there is none.
std::optional<std::size_t> sampleNear(const ChannelCourse& course, double epoch);

/// The shares of the values of the moment below and above what the plots show.
struct OutsideShares {
    double below = 0.0;
    double above = 0.0;
};
OutsideShares outsideShares(const ActivationHistogram& histogram, const ValueRange& shown);

/// "Norm layer 2, channel 5": counted from 1, as people do.
QString insideTitle(const InsideContent& content);

/// "0.02 · 0.41 · 1.30".
QString percentilesText(const Percentiles& percentiles);

/// The percentiles of all models at this epoch, else the latest, in plain words.
QString spokenInside(const InsideContent& content, const std::optional<double>& epoch);

}  // namespace normscope
