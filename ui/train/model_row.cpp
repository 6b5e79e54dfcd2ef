#include "ui/train/model_row.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include "ui/theme.h"
#include "ui/themed_icon.h"
#include "ui/train/curve_swatch.h"
#include "ui/train/model_texts.h"
#include "ui/widgets/named_combo_box.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/problem_label.h"

namespace normscope {
namespace {

QString sentenceOf(const ConfigError& error) {
    return QString::fromUtf8(error.what());
}

QString groupsProblem(const QString& text) {
    try {
        parseGroups(text.toStdString());
        return {};
    } catch (const ConfigError& error) {
        return sentenceOf(error);
    }
}

/// The ranges of a model are those of a comparison that has only this one.
QString rangeProblem(const ModelConfig& model) {
    TrainingConfig alone;
    alone.models = {model};
    try {
        validate(alone);
        return {};
    } catch (const ConfigError& error) {
        return sentenceOf(error);
    }
}

}  // namespace

ModelRow::ModelRow(const ModelConfig& model, QWidget* parent)
    : QWidget(parent),
      swatch_(new CurveSwatch(this)),
      label_(new QLineEdit(this)),
      kind_(new NamedComboBox(this)),
      remove_(new QToolButton(this)),
      l1_(new NumberField(this)),
      l1Label_(new QLabel(tr("L1"), this)),
      groupsLabel_(new QLabel(tr("Groups"), this)),
      groups_(new QLineEdit(this)),
      problem_(new ProblemLabel(this)) {
    for (const NormKind kind : kNormKinds) {
        kind_->addItem(normTitle(kind), static_cast<int>(kind));
    }
    remove_->setIcon(themedIcon("remove", palette()));
    remove_->setAutoRaise(true);
    remove_->setFocusPolicy(Qt::StrongFocus);
    remove_->setToolTip(tr("Takes this model out of the comparison."));
    label_->setToolTip(tr("The name of this model in charts, tables and on disk."));
    kind_->setToolTip(tr("Which activations share one mean and one variance in this model."));
    l1_->setToolTip(
        tr("λ of the penalty λ · Σ|p| over all parameters, added to the training loss; "
           "0 switches it off."));
    groups_->setToolTip(
        tr("Groups of channels in each of the six norm layers, which have 8, 12, 12, "
           "16, 15 and 15 channels: six numbers, or one for all."));
    layOut();
    setModel(model);
    connectFields();
}

QString ModelRow::problem() const {
    if (const QString l1 = l1_->problem(); !l1.isEmpty()) {
        return l1;
    }
    if (model_.network.kind == NormKind::Group) {
        if (const QString groups = groupsProblem(groups_->text()); !groups.isEmpty()) {
            return groups;
        }
    }
    return rangeProblem(model_);
}

void ModelRow::setModel(const ModelConfig& model) {
    const QSignalBlocker blocker(this);
    model_ = model;
    label_->setText(QString::fromStdString(model.label));
    kind_->setCurrentIndex(kind_->findData(static_cast<int>(model.network.kind)));
    l1_->setNumber(model.l1);
    groups_->setText(groupsText(model.network.groups));
    showGroups();
    takeText();
}

void ModelRow::setLabel(const QString& label) {
    label_->setText(label);
}

void ModelRow::setVariant(int variant) {
    swatch_->setCurve(model_.network.kind, variant);
}

std::vector<QWidget*> ModelRow::tabOrder() const {
    return {label_, kind_, l1_, groups_, remove_};
}

void ModelRow::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        remove_->setIcon(themedIcon("remove", palette()));
    }
    if (event->type() == QEvent::FontChange) {
        fitToFont();
    }
}

void ModelRow::layOut() {
    l1Label_->setBuddy(l1_);
    groupsLabel_->setBuddy(groups_);
    fitToFont();

    auto* values = new QHBoxLayout;
    values->setSpacing(kSpacing);
    values->addWidget(l1_, /*stretch=*/2);
    values->addWidget(groupsLabel_);
    values->addWidget(groups_, /*stretch=*/3);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(kSpacing);
    grid->setVerticalSpacing(kSpacing / 2);
    grid->setColumnStretch(1, 1);
    grid->addWidget(swatch_, 0, 0);
    grid->addWidget(label_, 0, 1);
    grid->addWidget(kind_, 0, 2);
    grid->addWidget(remove_, 0, 3);
    grid->addWidget(l1Label_, 1, 0, Qt::AlignRight | Qt::AlignVCenter);
    grid->addLayout(values, 1, 1, 1, 3);
    grid->addWidget(problem_, 2, 1, 1, 3);
}

/// Each field is as wide as what is usually typed into it.
void ModelRow::fitToFont() {
    const QFontMetrics metrics = fontMetrics();
    const int frame = 2 * metrics.height();
    label_->setMinimumWidth(metrics.horizontalAdvance("instance") + frame);
    l1_->setMinimumWidth(metrics.horizontalAdvance(shortNumber(0.0001)) + frame / 2);
    groups_->setMinimumWidth(metrics.horizontalAdvance(groupsText(kReferenceGroups)) + frame / 2);
}

void ModelRow::connectFields() {
    for (QLineEdit* field : {label_, static_cast<QLineEdit*>(l1_), groups_}) {
        connect(field, &QLineEdit::textChanged, this, [this] {
            takeText();
            emit edited();
        });
    }
    connect(kind_, &QComboBox::currentIndexChanged, this, &ModelRow::takeKind);
    connect(remove_, &QToolButton::clicked, this, &ModelRow::removeRequested);
}

void ModelRow::nameForAccessibility() {
    const QString label = QString::fromStdString(model_.label);
    label_->setAccessibleName(tr("Label of %1").arg(label));
    kind_->setAccessibleName(tr("Normalization of %1").arg(label));
    l1_->setAccessibleName(tr("L1 %1").arg(label));
    groups_->setAccessibleName(tr("Groups of %1").arg(label));
    remove_->setAccessibleName(tr("Remove %1").arg(label));
}

void ModelRow::takeText() {
    model_.label = label_->text().toStdString();
    model_.l1 = l1_->number().value_or(model_.l1);
    if (groupsProblem(groups_->text()).isEmpty()) {
        model_.network.groups = parseGroups(groups_->text().toStdString());
    }
    nameForAccessibility();
    problem_->setProblem(problem());
}

void ModelRow::takeKind() {
    const NormKind before = model_.network.kind;
    model_.network.kind = static_cast<NormKind>(kind_->currentData().toInt());
    showGroups();
    takeText();
    emit kindChanged(before);
    emit edited();
}

void ModelRow::showGroups() {
    const bool grouped = model_.network.kind == NormKind::Group;
    groupsLabel_->setVisible(grouped);
    groups_->setVisible(grouped);
}

}  // namespace normscope
