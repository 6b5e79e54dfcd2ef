#include "app/chart_actions.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>

#include "ui/chart/chart_csv.h"
#include "ui/chart/chart_picture.h"
#include "ui/chart/metric_chart.h"
#include "ui/status_line.h"
#include "ui/train/inside_panel.h"
#include "ui/train/train_page.h"

namespace normscope {

ChartActions::ChartActions(TrainPage& page, PictureActions& pictures, StatusLine& status)
    : page_(page), pictures_(pictures), status_(status) {
    connect(&page, &TrainPage::exportRequested, this, &ChartActions::showExport);
    connect(&page, &TrainPage::insidePictureRequested, this, &ChartActions::showExportOfInside);
    for (MetricChart* chart : page.charts()) {
        connect(chart, &MetricChart::copyRequested, this,
                [this, chart] { pictures_.copy(chartPicture(*chart), page_.caption()); });
        connect(chart, &MetricChart::dataRequested, this,
                [this, chart] { askWhereToSaveData(*chart); });
    }
}

PagePictures ChartActions::pictures() const {
    PagePictures page = sheet();
    for (const MetricChart* chart : page_.charts()) {
        page.pictures.push_back(chartPicture(*chart));
    }
    if (page_.inside().hasRecords()) {
        page.pictures.push_back(page_.inside().picture());
    }
    return page;
}

PagePictures ChartActions::sheet() const {
    return {{chartSheet(tr("Training charts"), page_.charts())}, page_.caption()};
}

void ChartActions::showExport(const MetricChart* chartOrNull) {
    const std::vector<MetricChart*> charts = page_.charts();
    const auto chosen = std::ranges::find(charts, chartOrNull);
    constexpr int kSheet = 0;
    pictures_.showExport(pictures(), chosen == charts.end()
                                         ? kSheet
                                         : kSheet + 1 + static_cast<int>(chosen - charts.begin()));
}

void ChartActions::showExportOfInside() {
    PagePictures page = pictures();
    const int last = static_cast<int>(page.pictures.size()) - 1;
    pictures_.showExport(std::move(page), last);
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
        status_.showPassing(problem.value_or(tr("Saved %1.").arg(QFileInfo(file).fileName())));
    });
    dialog->open();
}

}  // namespace normscope
