#include "ui/experiment/experiment_results_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/experiment/band_chart.h"
#include "ui/experiment/experiment_table_model.h"
#include "ui/experiment/experiment_texts.h"
#include "ui/experiment/seed_dots.h"
#include "ui/experiment/sweep_chart.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/copyable_table.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

std::vector<FigureModel> modelsOf(const Experiment& experiment) {
    std::vector<QString> labels;
    std::vector<NormKind> kinds;
    for (const ModelConfig& model : experiment.spec.base.models) {
        labels.push_back(QString::fromStdString(model.label));
        kinds.push_back(model.network.kind);
    }
    return figureModels(labels, kinds);
}

}  // namespace

ExperimentResultsView::ExperimentResultsView(QWidget* parent) : QWidget(parent) {
    charts_ = new QStackedWidget(this);
    charts_->addWidget(makeSeedCharts());
    charts_->addWidget(makeSweepCharts());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridUnit(this));
    column->addWidget(charts_, 3);
    column->addWidget(makeNumbers(), 2);
}

QWidget* ExperimentResultsView::makeSeedCharts() {
    auto* charts = new QWidget(this);
    bands_ = new BandChart(charts);
    dots_ = new SeedDots(charts);
    metric_ = makeChoiceField(charts);
    for (const BandMetric metric : {BandMetric::TestAccuracy, BandMetric::TestLoss,
                                    BandMetric::TrainAccuracy, BandMetric::TrainLoss}) {
        metric_->addItem(displayName(metric), static_cast<int>(metric));
    }
    describeField(metric_, tr("Curves"), tr("What the curves over the epochs show."));
    connect(metric_, &QComboBox::currentIndexChanged, this,
            [this] { bands_->setMetric(static_cast<BandMetric>(metric_->currentData().toInt())); });
    auto* left = new QVBoxLayout;
    left->setSpacing(gridUnit(this));
    left->addWidget(metric_, 0, Qt::AlignLeft);
    left->addWidget(bands_, 1);
    auto* row = new QHBoxLayout(charts);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gridUnit(this));
    row->addLayout(left, 3);
    row->addWidget(dots_, 2);
    return charts;
}

QWidget* ExperimentResultsView::makeSweepCharts() {
    auto* charts = new QWidget(this);
    measured_ =
        new SweepChart(tr("This experiment"), tr("Batch size"), tr("Test error (%)"), charts);
    published_ = new SweepChart(tr("Group Normalization paper: ResNet-50, ImageNet"),
                                tr("Images per worker"), tr("Validation error (%)"), charts);
    published_->setCurves(paperCurves(), paperSizes());
    auto* row = new QHBoxLayout(charts);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gridUnit(this));
    row->addWidget(measured_, 1);
    row->addWidget(published_, 1);
    return charts;
}

QWidget* ExperimentResultsView::makeNumbers() {
    auto* numbers = new QWidget(this);
    table_ = new ExperimentTableModel(this);
    tableView_ = new CopyableTable(numbers);
    tableView_->setModel(table_);
    tableView_->setAccessibleName(tr("Numbers of the experiment"));
    findings_ = makeParagraph({});
    findings_->setTextFormat(Qt::RichText);
    findings_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    findings_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* scroll = new QScrollArea(numbers);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(findings_);
    scroll->setAccessibleName(tr("What may be claimed"));
    auto* right = new QVBoxLayout;
    right->setSpacing(gridUnit(this) / 2);
    right->addWidget(makeHeading(tr("What may be claimed")));
    right->addWidget(scroll, 1);
    auto* row = new QHBoxLayout(numbers);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * gridUnit(this));
    row->addWidget(tableView_, 1);
    row->addLayout(right, 1);
    return numbers;
}

void ExperimentResultsView::display(const Experiment& experiment) {
    shown_ = true;
    charts_->setCurrentIndex(experiment.spec.kind == ExperimentKind::Seeds ? 0 : 1);
    if (experiment.spec.kind == ExperimentKind::Seeds) {
        showSeeds(experiment);
    } else {
        showSweep(experiment);
    }
}

void ExperimentResultsView::showSeeds(const Experiment& experiment) {
    const SeedResults results = seedResults(experiment);
    bands_->setResults(modelsOf(experiment), results);
    dots_->setResults(modelsOf(experiment), results);
    table_->showSeeds(experiment, results);
    tableView_->setWideColumn(3);  // its title is the widest: no label gives way to it
    say(seedClaims(experiment, results));
}

void ExperimentResultsView::showSweep(const Experiment& experiment) {
    const SweepResults results = sweepResults(experiment);
    measured_->setTitle(tr("This experiment: median of the last %1 epochs")
                            .arg(QLocale().toString(results.epochs)));
    measured_->setCurves(sweepCurves(modelsOf(experiment), results), results.sizes);
    table_->showSweep(experiment, results);
    tableView_->setWideColumn(0);
    say(sweepFindings(experiment, results));
}

void ExperimentResultsView::say(const QStringList& sentences) {
    QString text;
    for (const QString& sentence : sentences) {
        text += QStringLiteral("<p style='margin-top:0; margin-bottom:6px'>%1</p>")
                    .arg(sentence.toHtmlEscaped());
    }
    if (findings_->text() != text) {  // what is selected in it stays so
        findings_->setText(text);
    }
}

std::vector<Picture> ExperimentResultsView::pictures() const {
    if (!shown_) {
        return {};
    }
    if (charts_->currentIndex() == 0) {
        return {bands_->picture(), dots_->picture()};
    }
    return {measured_->picture(), published_->picture(),
            figureSheet(tr("Error against batch size, beside the paper"), {measured_, published_})};
}

}  // namespace normscope
