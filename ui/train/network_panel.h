#pragma once

#include <QWidget>

#include "core/training_config.h"

class QComboBox;

namespace normscope {

class LayerTableModel;

/// The layers of one model of the comparison, which is chosen here.
class NetworkPanel : public QWidget {
    Q_OBJECT

  public:
    explicit NetworkPanel(QWidget* parent = nullptr);

    void setConfiguration(const TrainingConfig& config);

  private:
    void showChosen();

    TrainingConfig config_;
    QComboBox* model_;
    LayerTableModel* layers_;
};

}  // namespace normscope
