#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/runs.h"
#include "core/training_config.h"
#include "core/training_records.h"
#include "ui/chart/metric_chart.h"
#include "ui/train/model_progress.h"
#include "ui/train/run_phase.h"
#include "ui/train/run_view.h"

class QSplitter;

namespace normscope {

class ActionBar;
class ChartGrid;
class InsidePanel;
class MessageStrip;
class ModelCards;
struct Message;
class NetworkPanel;
class ResultsTableModel;
class SetupPanel;
class TablesDrawer;

/// The page on which networks that differ in their normalization learn side by side: settings on
/// the left, and how each model does as cards, four charts and tables. It owns no training; it asks
/// for things by signals and shows what it is given.
class TrainPage : public QWidget {
    Q_OBJECT

  public:
    explicit TrainPage(QWidget* parent = nullptr);

    /// What the setup panel says.
    TrainingConfig configuration() const;
    void setConfiguration(const TrainingConfig& config);

    /// The data the next training uses; `folder` is empty for the bundled set.
    void setData(const std::filesystem::path& folder, const QString& name);

    /// What to know of LibTorch as an engine; empty: nothing.
    void setEngineRemark(const QString& sentence);

    void setPhase(RunPhase phase);
    /// Whether the comparison shown lacks epochs that it was meant to have.
    void setContinuable(bool continuable);

    /// What pressing Start training does: nothing while the settings cannot be trained with.
    void requestStart();

    /// Clears charts, cards and table for a new comparison.
    void beginRun(const RunView& view);
    /// The same comparison goes on for more epochs: what was drawn stays.
    void extendRun(const RunView& view);
    /// Takes in what a worker reports; many times a second. Drawing follows at the frame rate.
    void apply(const TrainingSnapshot& snapshot);
    /// A comparison that is not in training: a run read from disk, or models of several.
    /// `histories` has one entry per model.
    void showRun(const RunView& view, const std::vector<ModelHistory>& histories);

    /// Where the run shown is saved by now; empty if it is no longer.
    void setRunFolder(const QString& folder);

    /// One sentence in a strip above the charts, until it is closed; an empty one hides the strip.
    void setMessage(const QString& sentence);
    void showMessage(const Message& message);
    /// The same for what lasts as long as it is true: that the run is not saved.
    void setUnsaved(const Message& message);

    /// The settings of the comparison shown, in one or two lines, for exported pictures.
    QString caption() const;

    /// Training loss, test loss, training accuracy, test accuracy; up to date even while hidden,
    /// for pictures are made of them.
    std::vector<MetricChart*> charts() const;
    /// What happens inside the networks.
    const InsidePanel& inside() const { return *inside_; }

    bool isSetupShown() const;
    void setSetupShown(bool shown);

  signals:
    void startRequested(const normscope::TrainingConfig& config);
    void pauseRequested();
    void resumeRequested();
    void stepRequested();
    void stopRequested();
    void continueRequested();
    void moreEpochsRequested(int epochs);
    void openDataFolderRequested();
    void exportRequested(normscope::MetricChart* chartOrNull);
    void insidePictureRequested();

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    void layOut();
    QWidget* makeDashboard();
    void fillTables();
    void showResults();
    void giveTablesRoom();
    void giveTablesAllRoom(bool all);
    void connectActions();
    void connectCurves();
    void takeSetup();

    void showView(const RunView& view);
    void showFolder();
    void setCurveVisible(std::size_t curve, bool visible);
    void refreshSoon();
    void refresh();
    void refreshFigures();

    SetupPanel* setup_;
    ActionBar* actions_;
    MessageStrip* message_;
    MessageStrip* unsaved_;
    ModelCards* cards_;
    ChartGrid* charts_;
    ResultsTableModel* results_;
    NetworkPanel* network_;
    InsidePanel* inside_;
    QSplitter* splitter_;
    TablesDrawer* tables_;

    std::optional<RunView> view_;  ///< empty until there is a comparison to show
    std::vector<ModelProgress> progress_;

    QTimer frame_;  ///< runs only while something waits to be painted
    bool curvesChanged_ = false;
    bool figuresChanged_ = false;
    bool figuresUrgent_ = false;
    QElapsedTimer sinceFigures_;
};

}  // namespace normscope
