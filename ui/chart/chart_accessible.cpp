#include "ui/chart/chart_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include "ui/chart/metric_chart.h"

namespace normscope {
namespace {

class ChartAccessible : public QAccessibleWidget {
  public:
    explicit ChartAccessible(MetricChart* chart) : QAccessibleWidget(chart, QAccessible::Chart) {}

    QString text(QAccessible::Text kind) const override {
        const auto* chart = static_cast<const MetricChart*>(widget());
        switch (kind) {
            case QAccessible::Name:
                return chart->content().description.title;
            case QAccessible::Value:
            case QAccessible::Description:
                return chart->spokenValues();
            case QAccessible::Help:
                return MetricChart::tr(
                    "Left and Right read out the values, Up and Down zoom, Home shows everything, "
                    "Escape ends the read-out.");
            default:
                return QAccessibleWidget::text(kind);
        }
    }
};

QAccessibleInterface* chartInterface(const QString&, QObject* object) {
    auto* chart = qobject_cast<MetricChart*>(object);
    return chart ? new ChartAccessible(chart) : nullptr;
}

}  // namespace

void installChartAccessibility() {
    QAccessible::installFactory(chartInterface);  // installs the same factory only once
}

}  // namespace normscope
