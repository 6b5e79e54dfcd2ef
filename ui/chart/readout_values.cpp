#include "ui/chart/readout_values.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

namespace normscope {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ReadoutValues", text);
}

ReadoutRow rowAt(const ChartContent& content, std::size_t curve, std::size_t point) {
    const CurveData& data = content.curves[curve].data;
    return {curve, point, content.shown(data.raw()[point]), content.shown(data.smoothed()[point])};
}

}  // namespace

std::optional<ReadoutValues> valuesAt(const ChartContent& content, double x, double reach) {
    ReadoutValues values{x, {}};
    double nearest = reach;
    for (std::size_t curve = 0; curve < content.curves.size(); ++curve) {
        const CurveData& data = content.curves[curve].data;
        if (!content.curves[curve].visible || data.empty()) {
            continue;
        }
        const std::size_t point = data.nearest(x);
        const double distance = std::abs(data.xs()[point] - x);
        if (distance > reach) {
            continue;
        }
        if (distance <= nearest) {
            nearest = distance;
            values.x = data.xs()[point];
        }
        values.rows.push_back(rowAt(content, curve, point));
    }
    return values.rows.empty() ? std::nullopt : std::optional(values);
}

QString formatValue(const ChartDescription& description, double value, const QLocale& locale) {
    if (!std::isfinite(value)) {
        return tr("not a number");
    }
    if (description.percent) {
        return tr("%1 %").arg(locale.toString(value, 'f', 2));
    }
    const bool tiny = value != 0.0 && std::abs(value) < 1e-3;
    const bool huge = std::abs(value) >= 1e5;
    return locale.toString(value, tiny || huge ? 'e' : 'f', tiny || huge ? 2 : 4);
}

QString formatEpoch(const ChartDescription& description, double x, const QLocale& locale) {
    return tr("Epoch %1").arg(locale.toString(x, 'f', description.onePointAnEpoch ? 0 : 3));
}

QString spokenValues(const ChartContent& content, const std::optional<ReadoutValues>& readout,
                     const QLocale& locale) {
    std::vector<ReadoutRow> rows;
    if (readout) {
        rows = readout->rows;
    } else {
        for (std::size_t curve = 0; curve < content.curves.size(); ++curve) {
            const Curve& candidate = content.curves[curve];
            if (candidate.visible && !candidate.data.empty()) {
                rows.push_back(rowAt(content, curve, candidate.data.size() - 1));
            }
        }
    }
    if (rows.empty()) {
        return tr("No values yet.");
    }
    QStringList parts;
    for (const ReadoutRow& row : rows) {
        const QString& label = content.curves[row.curve].description.label;
        const QString raw = formatValue(content.description, row.raw, locale);
        parts << (content.smoothing > 0.0
                      ? tr("%1: %2, smoothed %3")
                            .arg(label, raw, formatValue(content.description, row.smoothed, locale))
                      : tr("%1: %2").arg(label, raw));
    }
    const double x = readout ? readout->x : content.curves[rows.front().curve].data.xs().back();
    const QString where =
        readout ? formatEpoch(content.description, x, locale) : tr("Latest values");
    return tr("%1. %2.").arg(where, parts.join(QStringLiteral("; ")));
}

}  // namespace normscope
