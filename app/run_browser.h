#pragma once

#include <QObject>
#include <filesystem>
#include <vector>

#include "ui/runs/run_entry.h"

namespace normscope {

class ComparisonSession;
class RunsPanel;
class TrainingSession;

/// What the run browser shows, and what it asks for.
class RunBrowser : public QObject {
    Q_OBJECT

  public:
    RunBrowser(TrainingSession& training, ComparisonSession& comparison, QObject* parent = nullptr);

    /// Keeps the panel up to date for as long as it lives.
    void serve(RunsPanel& panel);

    std::vector<RunEntry> entries() const;

  signals:
    void entriesChanged();

  private:
    void askWhichToOpen(RunsPanel& panel);

    TrainingSession& training_;
    ComparisonSession& comparison_;
};

}  // namespace normscope
