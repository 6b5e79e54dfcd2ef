#pragma once

#include <QWidget>
#include <vector>

#include "core/training_config.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace normscope {

class ModelRow;

/// The models of a comparison: a row each, one button that adds, and a remark when the comparison
/// is not fair.
class ModelListEditor : public QWidget {
    Q_OBJECT

  public:
    explicit ModelListEditor(QWidget* parent = nullptr);

    std::vector<ModelConfig> models() const;
    void setModels(const std::vector<ModelConfig>& models);

    /// Why a row cannot be trained with; empty if all can.
    QString problem() const;

    /// Rows come and go; Tab is to reach them after this widget.
    void setTabPredecessor(QWidget* widget);

  signals:
    void edited();

  private:
    QPushButton* makeAddButton();
    ModelRow* appendRow(const ModelConfig& model);
    void addModel(NormKind kind);
    void remove(ModelRow* row);
    void renameAfterKind(ModelRow* row, NormKind before);
    QStringList labelsExcept(const ModelRow* excluded) const;
    void rowsChanged();
    void updateRemark();
    void updateTabOrder();

    std::vector<ModelRow*> rows_;
    QVBoxLayout* rowLayout_;
    QPushButton* add_;
    QLabel* remark_;
    QWidget* tabPredecessor_ = nullptr;
};

}  // namespace normscope
