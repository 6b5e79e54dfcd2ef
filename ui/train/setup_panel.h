#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "core/training_config.h"
#include "ui/widgets/settings_column.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace normscope {

class ModelListEditor;
class NumberField;
class ProblemLabel;

/// Everything that decides the numbers of the next comparison. Wrong input is refused beside its
/// field, and problem() says why nothing can be started meanwhile.
class SetupPanel : public SettingsColumn {
    Q_OBJECT

  public:
    explicit SetupPanel(QWidget* parent = nullptr);

    /// As typed; where a text cannot be read, its last value that could.
    TrainingConfig configuration() const;
    void setConfiguration(const TrainingConfig& config);
    void setData(const std::filesystem::path& folder, const QString& name);
    QString dataName() const;
    /// What to know of LibTorch as an engine; empty: nothing.
    void setEngineRemark(const QString& sentence);

    /// One sentence on the first wrong value; empty if training can start.
    QString problem() const { return problem_; }

    /// While a comparison is under way its settings can be read, not changed.
    void setEditable(bool editable);

  signals:
    void changed();
    void openDataFolderRequested();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void makeFields();
    void layOut();
    void addTrainingRows(QFormLayout* form);
    void connectFields();
    void describeFields();

    void takePreset(int index);
    void fill();
    void takeEdit();
    void check();
    void remark();
    void showPreset();
    void fitToFont();
    std::optional<std::uint64_t> seed() const;

    TrainingConfig config_;
    QString problem_;
    bool filling_ = false;

    QComboBox* preset_;
    QLabel* reason_;
    ModelListEditor* models_;
    ProblemLabel* modelsProblem_;
    QLabel* modelsRemark_;
    QSpinBox* epochs_;
    QSpinBox* batchSize_;
    NumberField* learningRate_;
    ProblemLabel* learningRateProblem_;
    QLineEdit* seed_;
    ProblemLabel* seedProblem_;
    QComboBox* augmentation_;
    QSpinBox* trainingImages_;
    QComboBox* engine_;
    QLabel* engineRemark_;
    QLabel* dataName_;
    QPushButton* openData_;
};

}  // namespace normscope
