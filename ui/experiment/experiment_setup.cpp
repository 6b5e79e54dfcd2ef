#include "ui/experiment/experiment_setup.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <cmath>

#include "ui/experiment/experiment_texts.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/problem_label.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

constexpr int kMostSeeds = 100;
constexpr int kColumns = 72;  ///< width of the column in average characters

QString sizesText(const std::vector<int>& sizes) {
    QStringList texts;
    for (const int size : sizes) {
        texts << QString::number(size);
    }
    return texts.join(QStringLiteral(", "));
}

QString durationText(double seconds) {
    const QLocale locale;
    const double minutes = seconds / 60.0;
    if (minutes < 1.5) {
        return ExperimentSetup::tr("a minute");
    }
    if (minutes < 90.0) {
        return ExperimentSetup::tr("%1 minutes").arg(locale.toString(std::round(minutes), 'f', 0));
    }
    return ExperimentSetup::tr("%1 hours").arg(locale.toString(minutes / 60.0, 'f', 1));
}

}  // namespace

ExperimentSetup::ExperimentSetup(QWidget* parent) : QWidget(parent) {
    makeFields();
    layOut();
    refresh();
}

void ExperimentSetup::makeFields() {
    const ExperimentSpec defaults;
    kind_ = makeChoiceField(this);
    kind_->addItem(tr("Several seeds"), static_cast<int>(ExperimentKind::Seeds));
    kind_->addItem(tr("Several batch sizes"), static_cast<int>(ExperimentKind::BatchSize));
    describeField(kind_, tr("Experiment"), tr("What the trainings of the experiment differ in."));
    seeds_ = makeCountField(2, kMostSeeds, this);
    seeds_->setKeyboardTracking(true);
    seeds_->setValue(defaults.seeds);
    describeField(seeds_, tr("Seeds"),
                  tr("How often the comparison is trained, each time from another seed. The more, "
                     "the smaller are the differences that can be told from chance."));
    sizes_ = new QLineEdit(sizesText(defaults.sizes), this);
    describeField(sizes_, tr("Batch sizes"),
                  tr("Whole numbers separated by commas. The comparison is trained once with "
                     "each."));
    purpose_ = makeParagraph({});
    baseLine_ = makeParagraph({});
    rates_ = makeRemark({});
    estimate_ = makeRemark({});
    problem_ = new ProblemLabel(this);
    start_ = new QPushButton(tr("Start experiment"), this);
    start_->setAccessibleName(start_->text());
    open_ = new QPushButton(tr("Open experiment folder..."), this);
    open_->setAccessibleName(open_->text());
    connect(kind_, &QComboBox::currentIndexChanged, this, &ExperimentSetup::refresh);
    connect(seeds_, &QSpinBox::valueChanged, this, &ExperimentSetup::refresh);
    connect(sizes_, &QLineEdit::textChanged, this, &ExperimentSetup::refresh);
    connect(start_, &QPushButton::clicked, this, [this] { emit startRequested(spec()); });
    connect(open_, &QPushButton::clicked, this, &ExperimentSetup::openRequested);
}

void ExperimentSetup::layOut() {
    const int unit = gridUnit(this);
    form_ = makeSettingsForm();
    form_->addRow(tr("Experiment"), kind_);
    form_->addRow(tr("Seeds"), seeds_);
    form_->addRow(tr("Batch sizes"), sizes_);
    form_->addRow(problem_);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(unit);
    buttons->addWidget(start_);
    buttons->addWidget(open_);
    buttons->addStretch();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, unit, 0);
    column->setSpacing(unit);
    column->addWidget(makeHeading(tr("From two networks to two methods")));
    column->addWidget(makeParagraph(
        tr("Two trained networks that differ may differ by chance: another seed gives other "
           "weights and another order of the images. An experiment trains the comparison of page "
           "Train again and again, and only what shows every time may be said of the methods.")));
    column->addSpacing(unit);
    column->addLayout(form_);
    column->addWidget(purpose_);
    column->addWidget(rates_);
    column->addSpacing(unit);
    column->addWidget(makeHeading(tr("What is trained")));
    column->addWidget(baseLine_);
    column->addWidget(estimate_);
    column->addSpacing(unit);
    column->addLayout(buttons);
    column->addStretch();
    fitToFont();
}

void ExperimentSetup::fitToFont() {
    setMaximumWidth(kColumns * fontMetrics().averageCharWidth());
}

void ExperimentSetup::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitToFont();
    }
}

void ExperimentSetup::setBase(const TrainingConfig& config) {
    base_ = config;
    base_.cycles = {std::max(1, config.epochs())};
    refresh();
}

void ExperimentSetup::setSpeed(const std::optional<MeasuredSpeed>& speed) {
    speed_ = speed;
    refresh();
}

void ExperimentSetup::setStartable(bool startable) {
    startable_ = startable;
    refresh();
}

ExperimentKind ExperimentSetup::kind() const {
    return static_cast<ExperimentKind>(kind_->currentData().toInt());
}

std::optional<std::vector<int>> ExperimentSetup::sizes() const {
    std::vector<int> sizes;
    for (const QString& piece : sizes_->text().split(QLatin1Char(','))) {
        bool isNumber = false;
        sizes.push_back(piece.trimmed().toInt(&isNumber));
        if (!isNumber) {
            return std::nullopt;
        }
    }
    return sizes;
}

ExperimentSpec ExperimentSetup::spec() const {
    ExperimentSpec spec;
    spec.kind = kind();
    spec.base = base_;
    spec.seeds = seeds_->value();
    spec.sizes = sizes().value_or(std::vector<int>{});
    return spec;
}

QString ExperimentSetup::problemOf(const ExperimentSpec& spec) const {
    if (spec.kind == ExperimentKind::BatchSize && !sizes()) {
        return tr("Batch sizes are whole numbers separated by commas, such as 32, 16, 8.");
    }
    try {
        planRuns(spec);
    } catch (const ConfigError& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

QString ExperimentSetup::baseText() const {
    const QLocale locale;
    const QString images = base_.trainLimit
                               ? tr("the first %1 images").arg(locale.toString(*base_.trainLimit))
                               : tr("all training images");
    const QString batch =
        kind() == ExperimentKind::Seeds
            ? tr("batches of %1, learning rate %2")
                  .arg(locale.toString(base_.batchSize), shortNumber(base_.learningRate))
            : tr("seed %1").arg(base_.seed);
    return tr("As page Train is set: %1; %2 epochs of %3; %4.")
        .arg(modelNames(base_), locale.toString(base_.epochs()), images, batch);
}

QString ExperimentSetup::ratesText(const ExperimentSpec& spec) const {
    QStringList rates;
    for (const ExperimentRun& run : planRuns(spec)) {
        rates << tr("%1 with batches of %2")
                     .arg(QLocale().toString(run.config.learningRate, 'g', 3),
                          QLocale().toString(run.config.batchSize));
    }
    return tr("Learning rates, scaled with the batch: %1.").arg(rates.join(QStringLiteral(", ")));
}

QString ExperimentSetup::estimateText(const ExperimentSpec& spec) const {
    const auto seconds = speed_ ? expectedSeconds(spec, *speed_) : std::nullopt;
    if (!seconds) {
        return {};
    }
    return spec.kind == ExperimentKind::Seeds
               ? tr("At the speed measured last this takes about %1.").arg(durationText(*seconds))
               : tr("At the speed measured last this takes %1 and more: small batches are slower.")
                     .arg(durationText(*seconds));
}

void ExperimentSetup::refresh() {
    const bool overSeeds = kind() == ExperimentKind::Seeds;
    form_->setRowVisible(seeds_, overSeeds);
    form_->setRowVisible(sizes_, !overSeeds);
    purpose_->setText(
        overSeeds
            ? tr("The same models from several seeds: mean and standard deviation of every curve, "
                 "and whether the methods differ by more than chance.")
            : tr("The sweep of the Group Normalization paper: the smaller the batch, the noisier "
                 "are the statistics of batch norm, while layer and group norm do not notice."));
    baseLine_->setText(base_.models.empty() ? tr("Page Train has no model to train.") : baseText());
    const ExperimentSpec chosen = spec();
    const QString problem = base_.models.empty() ? QString() : problemOf(chosen);
    problem_->setProblem(problem);
    const bool sensible = problem.isEmpty() && !base_.models.empty();
    rates_->setText(sensible && !overSeeds ? ratesText(chosen) : QString());
    rates_->setVisible(!rates_->text().isEmpty());
    estimate_->setText(sensible ? estimateText(chosen) : QString());
    estimate_->setVisible(!estimate_->text().isEmpty());
    start_->setEnabled(sensible && startable_);
    open_->setEnabled(startable_);
}

}  // namespace normscope
