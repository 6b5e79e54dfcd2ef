#pragma once

#include <QWidget>
#include <vector>

#include "core/training_config.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace normscope {

class CurveSwatch;
class NumberField;
class ProblemLabel;

/// The settings of one model: label, normalization, L1 lambda and, under group norm, its groups.
class ModelRow : public QWidget {
    Q_OBJECT

  public:
    explicit ModelRow(const ModelConfig& model, QWidget* parent = nullptr);

    /// As typed; where the text cannot be read, the last value that could.
    const ModelConfig& model() const { return model_; }
    /// Why a field of this row cannot be trained with; empty if all can.
    QString problem() const;

    void setModel(const ModelConfig& model);
    void setLabel(const QString& label);
    /// How the model's curves will look: the k-th model of the same norm differs from the others.
    void setVariant(int variant);

    /// What Tab goes through, in this order.
    std::vector<QWidget*> tabOrder() const;

  signals:
    void edited();
    void kindChanged(normscope::NormKind before);
    void removeRequested();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    void fitToFont();
    void connectFields();
    void nameForAccessibility();
    void takeText();
    void takeKind();
    void showGroups();

    ModelConfig model_;
    CurveSwatch* swatch_;
    QLineEdit* label_;
    QComboBox* kind_;
    QToolButton* remove_;
    NumberField* l1_;
    QLabel* l1Label_;
    QLabel* groupsLabel_;
    QLineEdit* groups_;
    ProblemLabel* problem_;
};

}  // namespace normscope
