#pragma once

#include <QObject>
#include <QString>

#include "app/experiment_session.h"
#include "app/task_thread.h"

namespace normscope {

class ComparisonSession;
class FindingsPage;
class TrainingSession;

/// What page Findings asks for: notes kept with their run, reports, and experiments, which share
/// the processor with no training.
class FindingsSession : public QObject {
    Q_OBJECT

  public:
    FindingsSession(FindingsPage& page, ComparisonSession& comparison, TrainingSession& training,
                    const TrainerFactory& factory, QObject* parent = nullptr);

    ExperimentSession& experiments() { return experiments_; }

    /// The page is turned to: a new experiment starts from what page Train is set to by now.
    void enter(const TrainingConfig& base);

    void askWhereToSaveReport();
    /// As HTML, PDF or Markdown, which the ending of the name says.
    void saveReport(const QString& path);

  signals:
    void told(const QString& sentence);

  private:
    void keepApart();
    void showSpeed();

    FindingsPage& page_;
    ComparisonSession& comparison_;
    TrainingSession& training_;
    ExperimentSession experiments_;
    QString folder_;     ///< where the last report went
    TaskThread thread_;  ///< dies first: its tasks refer to the above
};

}  // namespace normscope
