#pragma once

#include <QWidget>
#include <vector>

#include "ui/compared_model.h"
#include "ui/reading_source.h"

class QComboBox;

namespace normscope {

class ActivationMaps;

/// The activation maps of the model and norm layer that are chosen above them.
class MapsView : public QWidget {
    Q_OBJECT

  public:
    explicit MapsView(QWidget* parent = nullptr);

    void setModels(const Comparison& models);
    /// One per model; empty for none.
    void setReadings(const std::vector<ModelReading>& readings);

    std::size_t model() const;
    int normLayer() const;

  private:
    void show();

    std::vector<NormKind> kinds_;
    std::vector<ModelReading> readings_;
    QComboBox* model_;
    QComboBox* layer_;
    ActivationMaps* maps_;
};

/// Why models gave no answer, a sentence each; empty where all did.
QString problemsOf(const std::vector<ModelReading>& readings);

}  // namespace normscope
