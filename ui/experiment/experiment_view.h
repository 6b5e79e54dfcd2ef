#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/experiment.h"
#include "core/experiment_duration.h"
#include "ui/picture/picture.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace normscope {

class ElidedLabel;
class ExperimentResultsView;
class ExperimentSetup;
class MessageStrip;
struct Message;

/// Experiments over seeds and batch sizes: what they measured, what may be claimed about methods,
/// and how to run one.
class ExperimentView : public QWidget {
    Q_OBJECT

  public:
    explicit ExperimentView(QWidget* parent = nullptr);

    /// What page Train is set to, for a new experiment.
    void setBase(const TrainingConfig& config);
    /// How fast the comparison of page Train trained last, for an estimate; empty: not known.
    void setSpeed(const std::optional<MeasuredSpeed>& speed);
    /// As far as it has come; null: none is open.
    void setExperiment(std::shared_ptr<const Experiment> experiment);
    /// Of the experiment under way: `done` of `total` mini-batches, and what it does in one line;
    /// `running` false once it has ended.
    void setProgress(bool running, qint64 done, qint64 total, const QString& line);
    void setMessage(const QString& sentence);
    void showMessage(const Message& message);

    std::vector<Picture> pictures() const;
    /// What stands below them in a file.
    QString caption() const;

  signals:
    void startRequested(const normscope::ExperimentSpec& spec);
    void stopRequested();
    void resumeRequested();
    void openRequested();

  private:
    QLayout* makeHead();
    QWidget* makeProgress();
    void showSetup();
    void showResults();
    void updateControls();

    std::shared_ptr<const Experiment> experiment_;
    bool running_ = false;

    MessageStrip* message_;
    ElidedLabel* title_;
    QPushButton* new_;
    QPushButton* results_;
    QPushButton* open_;
    QPushButton* resume_;
    QWidget* progress_;
    QProgressBar* bar_;
    ElidedLabel* line_;
    QPushButton* stop_;
    QStackedWidget* pages_;
    ExperimentSetup* setup_;
    ExperimentResultsView* measured_;
};

}  // namespace normscope
