#include "ui/chart/chart_csv.h"

#include "core/numbers.h"
#include "ui/save_file.h"

namespace normscope {
namespace {

/// RFC 4180: quoted where it has to be, quotes within doubled.
QByteArray quoted(const QString& text) {
    QString field = text;
    const bool plain = !field.contains(u',') && !field.contains(u'"') && !field.contains(u'\n') &&
                       !field.contains(u'\r');
    if (!plain) {
        field = u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"';
    }
    return field.toUtf8();
}

}  // namespace

std::optional<QString> writeChartCsv(const QString& path, const ChartContent& content) {
    QByteArray lines("label,epoch,value\n");
    for (const Curve& curve : content.curves) {
        const QByteArray label = quoted(curve.description.label);
        for (std::size_t point = 0; point < curve.data.size(); ++point) {
            lines += label;
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
