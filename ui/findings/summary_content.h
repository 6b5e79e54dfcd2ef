#pragma once

#include <QString>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "core/findings.h"
#include "ui/compared_model.h"

namespace normscope {

enum class SummaryKind {
    Wrong,      ///< a bar a model, with its interval
    Digits,     ///< accuracy: a group of bars a digit, a bar a model
    LastEpochs  ///< a box a model, with the values it comes from
};

/// In the place of a value: the test set has no image of this digit.
inline constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();
inline bool hasValue(double value) {
    return !std::isnan(value);
}

struct SummarySeries {
    QString label;
    NormKind kind = NormKind::None;  ///< with the variant: its look
    int variant = 0;
    std::vector<double> values;
    std::optional<Interval> interval;

    friend bool operator==(const SummarySeries&, const SummarySeries&) = default;
};

/// One summary chart, in values. Models of which nothing is measured are not in it.
struct SummaryContent {
    SummaryKind kind = SummaryKind::Wrong;
    QString title;
    QString axis;            ///< what its numbers count
    bool inPercent = false;  ///< or else in images
    std::vector<SummarySeries> series;

    friend bool operator==(const SummaryContent&, const SummaryContent&) = default;
};

SummaryContent wrongSummary(const Comparison& models);
SummaryContent digitSummary(const Comparison& models);
SummaryContent lastEpochsSummary(const Comparison& models);

/// All three, in the order in which a report has them.
std::vector<SummaryContent> summariesOf(const Comparison& models);

/// What its file is called, in every language; without suffix.
const char* fileName(SummaryKind kind);

/// Its values in words, a sentence a model.
QString spokenSummary(const SummaryContent& content);

}  // namespace normscope
