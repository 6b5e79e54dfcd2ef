#pragma once

#include <QWidget>
#include <optional>

#include "core/experiment_duration.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace normscope {

class ProblemLabel;

/// What an experiment is for, and the settings of a new one.
class ExperimentSetup : public QWidget {
    Q_OBJECT

  public:
    explicit ExperimentSetup(QWidget* parent = nullptr);

    void setBase(const TrainingConfig& config);
    /// How fast the last comparison trained, for an estimate; empty if none was measured.
    void setSpeed(const std::optional<MeasuredSpeed>& speed);
    /// While one is under way no other can be started.
    void setStartable(bool startable);

    /// As typed.
    ExperimentSpec spec() const;

  signals:
    void startRequested(const normscope::ExperimentSpec& spec);
    void openRequested();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void makeFields();
    void fitToFont();
    void layOut();
    void refresh();
    ExperimentKind kind() const;
    std::optional<std::vector<int>> sizes() const;
    QString problemOf(const ExperimentSpec& spec) const;
    QString baseText() const;
    QString ratesText(const ExperimentSpec& spec) const;
    QString estimateText(const ExperimentSpec& spec) const;

    TrainingConfig base_;
    std::optional<MeasuredSpeed> speed_;
    bool startable_ = true;

    QFormLayout* form_;
    QLabel* purpose_;
    QLabel* baseLine_;
    QComboBox* kind_;
    QSpinBox* seeds_;
    QLineEdit* sizes_;
    QLabel* rates_;
    ProblemLabel* problem_;
    QLabel* estimate_;
    QPushButton* start_;
    QPushButton* open_;
};

}  // namespace normscope
