#include "ui/chart/chart_csv.h"

#include "core/csv_field.h"
#include "core/numbers.h"
#include "ui/save_file.h"

namespace normscope {
std::optional<QString> writeChartCsv(const QString& path, const ChartContent& content) {
    QByteArray lines("label,epoch,value\n");
    for (const Curve& curve : content.curves) {
        const std::string label = csvField(curve.description.label.toStdString());
        for (std::size_t point = 0; point < curve.data.size(); ++point) {
            lines += label.c_str();
            lines += ',';
            lines += formatNumber(curve.data.xs()[point]).c_str();
            lines += ',';
            lines += formatNumber(curve.data.raw()[point]).c_str();
            lines += '\n';
        }
    }
    return saveFile(path, lines);
}

}  // namespace normscope
