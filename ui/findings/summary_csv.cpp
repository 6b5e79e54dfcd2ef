#include "ui/findings/summary_csv.h"

#include <string>

#include "core/csv_field.h"
#include "core/numbers.h"
#include "ui/save_file.h"

namespace normscope {
namespace {

/// What the value at this place is.
std::string itemOf(SummaryKind kind, std::size_t place) {
    switch (kind) {
        case SummaryKind::Wrong:
            return "wrong";
        case SummaryKind::Digits:
            return std::to_string(place);
        case SummaryKind::LastEpochs:
            return std::to_string(place + 1);
    }
    return {};
}

}  // namespace

std::optional<QString> writeSummaryCsv(const QString& path, const SummaryContent& content) {
    std::string lines = "label,item,value\n";
    for (const SummarySeries& series : content.series) {
        const std::string label = csvField(series.label.toStdString());
        const auto add = [&](const std::string& item, double value) {
            lines += label + ',' + item + ',' + formatNumber(value) + '\n';
        };
        for (std::size_t place = 0; place < series.values.size(); ++place) {
            if (hasValue(series.values[place])) {
                add(itemOf(content.kind, place), series.values[place]);
            }
        }
        if (series.interval) {
            add("low", series.interval->low);
            add("high", series.interval->high);
        }
    }
    return saveFile(path, QByteArray::fromStdString(lines));
}

}  // namespace normscope
