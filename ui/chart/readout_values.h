#pragma once

#include <QLocale>
#include <QString>
#include <optional>
#include <vector>

#include "ui/chart/chart_content.h"

namespace normscope {

/// The values of one visible curve at the read-out, in shown units.
struct ReadoutRow {
    std::size_t curve;
    std::size_t point;  ///< index of the point that was read
    double raw;
    double smoothed;  ///< the same as raw while smoothing is off
};

struct ReadoutValues {
    double x;
    std::vector<ReadoutRow> rows;
};

/// The point nearest to x of every visible curve that has one no further off than `reach` epochs;
/// x itself becomes that of the nearest point of all. Empty if no curve reaches there.
std::optional<ReadoutValues> valuesAt(const ChartContent& content, double x, double reach);

/// "98.44 %", "0.0312": a value in shown units as people read it.
QString formatValue(const ChartDescription& description, double value, const QLocale& locale);

/// "Epoch 3.42", with a fraction only where there are points within an epoch.
QString formatEpoch(const ChartDescription& description, double x, const QLocale& locale);

/// The read-out in plain words; without one, the latest value of every visible curve.
QString spokenValues(const ChartContent& content, const std::optional<ReadoutValues>& readout,
                     const QLocale& locale);

}  // namespace normscope
