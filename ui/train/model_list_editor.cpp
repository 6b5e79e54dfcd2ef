#include "ui/train/model_list_editor.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <functional>

#include "ui/norm_style.h"
#include "ui/theme.h"
#include "ui/train/model_row.h"
#include "ui/train/model_texts.h"

namespace normscope {
namespace {

bool lambdasDiffer(const std::vector<ModelConfig>& models) {
    return std::ranges::adjacent_find(models, std::not_equal_to(), &ModelConfig::l1) !=
           models.end();
}

}  // namespace

ModelListEditor::ModelListEditor(QWidget* parent)
    : QWidget(parent),
      rowLayout_(new QVBoxLayout),
      add_(makeAddButton()),
      remark_(
          new QLabel(tr("The models differ in more than normalization: the L1 penalty is part of "
                        "what some of them learn."),
                     this)) {
    remark_->setWordWrap(true);
    remark_->hide();
    rowLayout_->setSpacing(kSpacing);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(kSpacing);
    layout->addLayout(rowLayout_);
    layout->addWidget(add_, 0, Qt::AlignLeft);
    layout->addWidget(remark_);
}

std::vector<ModelConfig> ModelListEditor::models() const {
    std::vector<ModelConfig> models;
    std::ranges::transform(rows_, std::back_inserter(models), &ModelRow::model);
    return models;
}

void ModelListEditor::setModels(const std::vector<ModelConfig>& models) {
    while (rows_.size() > models.size()) {
        delete rows_.back();
        rows_.pop_back();
    }
    for (std::size_t i = 0; i < models.size(); ++i) {
        if (i < rows_.size()) {
            rows_[i]->setModel(models[i]);
        } else {
            appendRow(models[i]);
        }
    }
    rowsChanged();
}

QString ModelListEditor::problem() const {
    for (const ModelRow* row : rows_) {
        if (const QString problem = row->problem(); !problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

void ModelListEditor::setTabPredecessor(QWidget* widget) {
    tabPredecessor_ = widget;
    updateTabOrder();
}

QPushButton* ModelListEditor::makeAddButton() {
    auto* button = new QPushButton(tr("Add model"), this);
    button->setAccessibleName(tr("Add model"));
    button->setToolTip(tr("Adds a network; the same normalization may run several times."));
    auto* menu = new QMenu(button);
    for (const NormKind kind : kNormKinds) {
        menu->addAction(displayName(kind), this, [this, kind] { addModel(kind); });
    }
    button->setMenu(menu);
    return button;
}

ModelRow* ModelListEditor::appendRow(const ModelConfig& model) {
    auto* row = new ModelRow(model, this);
    connect(row, &ModelRow::kindChanged, this,
            [this, row](NormKind before) { renameAfterKind(row, before); });
    connect(row, &ModelRow::removeRequested, this, [this, row] { remove(row); });
    connect(row, &ModelRow::edited, this, [this] {
        rowsChanged();
        emit edited();
    });
    rows_.push_back(row);
    rowLayout_->addWidget(row);
    row->show();
    return row;
}

void ModelListEditor::addModel(NormKind kind) {
    ModelConfig model{.label = freeLabel(kind, labelsExcept(nullptr)).toStdString(),
                      .network = {.kind = kind}};
    ModelRow* row = appendRow(model);
    rowsChanged();
    row->tabOrder().front()->setFocus();
    emit edited();
}

void ModelListEditor::remove(ModelRow* row) {
    std::erase(rows_, row);
    add_->setFocus();
    row->hide();
    row->deleteLater();
    rowsChanged();
    emit edited();
}

/// A label that only named the old normalization would lie about the new one.
void ModelListEditor::renameAfterKind(ModelRow* row, NormKind before) {
    const QStringList others = labelsExcept(row);
    const QString label = QString::fromStdString(row->model().label);
    const QString generic = freeLabel(before, {});
    const bool isGeneric = label == generic || (label.startsWith(generic + ' ') &&
                                                label.mid(generic.size() + 1).toInt() > 0);
    if (isGeneric) {
        row->setLabel(freeLabel(row->model().network.kind, others));
    }
}

QStringList ModelListEditor::labelsExcept(const ModelRow* excluded) const {
    QStringList labels;
    for (const ModelRow* row : rows_) {
        if (row != excluded) {
            labels << QString::fromStdString(row->model().label);
        }
    }
    return labels;
}

void ModelListEditor::rowsChanged() {
    std::vector<NormKind> kinds;
    for (const ModelRow* row : rows_) {
        kinds.push_back(row->model().network.kind);
    }
    const std::vector<int> variants = styleVariants(kinds);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        rows_[i]->setVariant(variants[i]);
    }
    updateRemark();
    updateTabOrder();
}

void ModelListEditor::updateRemark() {
    remark_->setVisible(lambdasDiffer(models()));
}

void ModelListEditor::updateTabOrder() {
    QWidget* last = tabPredecessor_;
    if (last == nullptr) {
        return;
    }
    for (const ModelRow* row : rows_) {
        for (QWidget* field : row->tabOrder()) {
            setTabOrder(last, field);
            last = field;
        }
    }
    setTabOrder(last, add_);
}

}  // namespace normscope
