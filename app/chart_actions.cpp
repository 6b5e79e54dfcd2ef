#include "app/chart_actions.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QPrintDialog>
#include <QPrinter>
#include <QStandardPaths>
#include <algorithm>

#include "ui/chart/chart_export.h"
#include "ui/chart/export_panel.h"
#include "ui/chart/metric_chart.h"
#include "ui/side_panel.h"
#include "ui/status_line.h"
#include "ui/train/train_page.h"

namespace normscope {
namespace {

PictureChart pictureOf(const MetricChart& chart) {
    return {&chart.content(), chart.view()};
}

}  // namespace

ChartActions::ChartActions(TrainPage& page, SidePanel& panel, StatusLine& status)
    : page_(page), panel_(panel), status_(status) {
    connect(&page, &TrainPage::exportRequested, this, &ChartActions::showExport);
    for (MetricChart* chart : page.charts()) {
        connect(chart, &MetricChart::copyRequested, this, [this, chart] { copyPicture(*chart); });
        connect(chart, &MetricChart::dataRequested, this,
                [this, chart] { askWhereToSaveData(*chart); });
    }
}

void ChartActions::showExport(MetricChart* chart) {
    const std::vector<MetricChart*> charts = page_.charts();
    const auto chosen = std::ranges::find(charts, chart);
    auto* content = new ExportPanel;
    content->setCharts(charts);
    content->setCaption(page_.caption());
    content->choose(chosen == charts.end() ? ExportPanel::kAllCharts
                                           : static_cast<int>(chosen - charts.begin()));
    panel_.present(tr("Export picture"), content);
}

void ChartActions::copyPicture(const MetricChart& chart) {
    const std::array pictures{pictureOf(chart)};
    constexpr PictureOptions kOptions{.size = QSize(900, 600), .scale = 2.0};
    QGuiApplication::clipboard()->setImage(chartImage(pictures, page_.caption(), kOptions));
    status_.showPassing(tr("The picture is in the clipboard."));
}

void ChartActions::askWhereToSaveData(const MetricChart& chart) {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto* dialog = new QFileDialog(&page_, tr("Save the data of the chart"), folder,
                                   tr("Comma-separated values (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("csv");
    dialog->selectFile(chart.content().description.title + ".csv");
    connect(dialog, &QFileDialog::fileSelected, this, [this, &chart](const QString& file) {
        const auto problem = writeChartCsv(file, chart.content());
        status_.showPassing(problem.value_or(tr("Saved %1").arg(QDir::toNativeSeparators(file))));
    });
    dialog->open();
}

void ChartActions::print() {
    auto* dialog = new QPrintDialog(&page_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->printer()->setPageOrientation(QPageLayout::Landscape);
    connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), this, [this](QPrinter* printer) {
        std::vector<PictureChart> pictures;
        for (const MetricChart* chart : page_.charts()) {
            pictures.push_back(pictureOf(*chart));
        }
        const bool printed = printCharts(*printer, pictures, page_.caption());
        status_.showPassing(printed ? tr("The page was sent to the printer.")
                                    : tr("The printer did not take the page."));
    });
    dialog->open();
}

}  // namespace normscope
