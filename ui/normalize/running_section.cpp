#include "ui/normalize/running_section.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/normalize/running_model.h"
#include "ui/normalize/sheet_document.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/copyable_table.h"
#include "ui/widgets/named_combo_box.h"
#include "ui/widgets/number_setting.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

enum Mode { kTraining, kEvaluation };

QString feedText() {
    return RunningSection::tr(
        "Takes the next batch of the source, or the same numbers again where "
        "there is no next one, and moves the running statistics towards its own. "
        "Their variance is divided by the count less 1, as PyTorch does.");
}

QString singleValueText() {
    return RunningSection::tr(
        "A batch of one value per channel has no variance: PyTorch refuses to train on it.");
}

}  // namespace

RunningSection::RunningSection(SheetDocument& document, QWidget* parent)
    : QWidget(parent), document_(document) {
    makeFields();
    layOut();
    connect(mode_, &QComboBox::currentIndexChanged, this,
            [this](int mode) { document_.setTraining(mode == kTraining); });
    connect(feed_, &QPushButton::clicked, this, &RunningSection::batchRequested);
    connect(reset_, &QPushButton::clicked, &document_, &SheetDocument::resetRunning);
    connect(&document_, &SheetDocument::changed, this, &RunningSection::display);
    display();
}

void RunningSection::makeFields() {
    mode_ = new NamedComboBox(this);
    mode_->setAccessibleName(tr("Mode"));
    mode_->setToolTip(tr("Batch norm works differently once the training is over."));
    mode_->addItems({tr("Training"), tr("Evaluation")});
    explanation_ = makeRemark({});
    batches_ = new QLabel(this);
    running_ = new RunningModel(this);
    table_ = new CopyableTable(this);
    table_->setAccessibleName(tr("Running statistics"));
    table_->setWideColumn(0);
    table_->setModel(running_);
    momentum_ = new NumberSetting(
        tr("Momentum"), tr("The share of a new batch in the running statistics."),
        [this](double momentum) { return document_.setMomentum(momentum); }, this);
    feed_ = new QPushButton(tr("Feed another batch"), this);
    feed_->setAccessibleName(feed_->text());
    reset_ = new QPushButton(tr("Reset"), this);
    reset_->setAccessibleName(tr("Reset running statistics"));
    reset_->setToolTip(tr("As before the first batch: mean 0, variance 1."));
}

void RunningSection::layOut() {
    QFormLayout* form = makeSettingsForm();
    form->addRow(tr("Mode"), mode_);
    form->addRow(explanation_);
    form->addRow(tr("Momentum"), momentum_);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kSpacing);
    buttons->addWidget(feed_);
    buttons->addWidget(reset_);
    buttons->addStretch();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Running statistics")));
    column->addLayout(form);
    column->addLayout(buttons);
    column->addWidget(batches_);
    column->addWidget(table_);
}

void RunningSection::display() {
    const SheetState& state = document_.state();
    setVisible(state.spec.kind == NormKind::Batch);
    const QSignalBlocker blocker(mode_);
    mode_->setCurrentIndex(state.training ? kTraining : kEvaluation);
    explanation_->setText(state.training ? tr("Mean and variance come from this batch.")
                                         : tr("Mean and variance are the running ones; this batch "
                                              "changes nothing about them."));
    momentum_->display(state.spec.momentum);
    const std::int64_t batches = state.running.batches;
    batches_->setText(
        batches == 1
            ? tr("After 1 batch:")
            : tr("After %1 batches:").arg(QLocale().toString(static_cast<qlonglong>(batches))));
    const Shape4& shape = state.input->shape;
    const bool single = shape.count() == shape.channels;
    feed_->setEnabled(!single);
    feed_->setToolTip(single ? singleValueText() : feedText());
    if (single) {
        explanation_->setText(explanation_->text() + QLatin1Char(' ') + singleValueText());
    }
    reset_->setEnabled(state.running != RunningStatistics::initial(state.input->shape.channels));
    running_->setRunning(state.running);
}

}  // namespace normscope
