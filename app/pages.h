#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <vector>

#include "app/closing.h"
#include "app/comparison_pages.h"
#include "app/comparison_session.h"
#include "app/findings_session.h"
#include "app/main_window.h"
#include "app/mistakes_session.h"
#include "app/picture_actions.h"
#include "app/run_browser.h"
#include "app/sample_session.h"
#include "app/sheet_session.h"
#include "app/task_watch.h"
#include "ui/shortcuts_panel.h"

class QAction;
class QKeySequence;
class QMenu;

namespace normscope {

class ChartActions;
class SidePanel;

/// The pages of a window, with their sessions, menus and the side panel. Page Train and what all
/// pages share is there from the beginning; Normalize and Gamma and beta, and Misclassified and
/// Findings, are built two by two.
class Pages final : public QObject, public WindowContent {
    Q_OBJECT

  public:
    Pages(MainWindow& window, const MainWindow::Environment& environment,
          const StoredState& stored);
    ~Pages() override;

    bool buildMore() override;
    void turnTo(Page page) override;
    void take(const Settings& settings) override;
    void showPreferences() override;
    void showShortcuts() override;
    bool isReading() const override;
    bool mayClose() override;
    bool finishTasks() override;
    TrainingConfig training() const override;
    const std::vector<std::filesystem::path>& openedRuns() const override;

    TrainingSession& session() override { return *session_; }
    SampleSession& samples() override { return *normalizing().samples; }
    SheetSession& sheets() override { return *normalizing().sheets; }
    ComparisonSession& comparison() override { return *comparison_; }
    FindingsSession& findings() override { return *comparing().findings; }
    TrainPage& trainPage() override { return *trainPage_; }
    NormalizePage& normalizePage() override { return *normalizing().normalizePage; }
    AffinePage& affinePage() override { return *normalizing().affinePage; }
    MisclassifiedPage& misclassifiedPage() override { return *comparing().misclassifiedPage; }
    FindingsPage& findingsPage() override { return *comparing().findingsPage; }

  private:
    // The sessions are destroyed before the pages that they talk to, and the last first.
    struct Normalizing {
        NormalizePage* normalizePage;
        AffinePage* affinePage;
        std::unique_ptr<SampleSession> samples;
        std::unique_ptr<SheetSession> sheets;
    };
    struct Comparing {
        MisclassifiedPage* misclassifiedPage;
        FindingsPage* findingsPage;
        std::unique_ptr<MistakesSession> mistakes;
        std::unique_ptr<FindingsSession> findings;
        std::unique_ptr<ComparisonPages> pages;
    };

    Normalizing& normalizing();
    Comparing& comparing();
    void buildNormalizing();
    void buildComparing();
    void connectParts();
    void connectComparing();
    void addFileMenu();
    void addEditMenu();
    void addTrainingMenu();
    void addViewMenu();
    void addHelpMenu();
    QAction* addEntry(QMenu& menu, const QString& text, const QKeySequence& keys,
                      std::function<void()> run);
    /// One whose keys the sheet itself listens to: in the menu they are only told.
    QAction* addSheetEntry(QMenu& menu, const QString& text, const QKeySequence& keys,
                           std::function<void()> run);
    void updateActions();

    PagePictures picturesOfPage();
    void exportPage();
    void printPage();
    void copySheet();
    void showSheetOf(SampleRequest request);
    void toggleSetup();
    void openSheet();
    void openData();
    void openRun();
    void showRuns();
    void showAbout();
    void copyDiagnostics();
    void tellStall();
    void offerExperiment(const InterruptedExperiment& experiment, const QString& sentence);

    MainWindow& window_;
    const MainWindow::Environment environment_;
    const std::filesystem::path storedData_;
    std::vector<ShortcutText> shortcuts_;

    TrainPage* trainPage_;
    SidePanel* panel_;
    MessageStrip* stall_ = nullptr;  ///< null before anything has stalled
    TaskWatch tasks_;
    std::unique_ptr<TrainingSession> session_;
    std::unique_ptr<ComparisonSession> comparison_;
    std::unique_ptr<RunBrowser> runs_;
    std::unique_ptr<PictureActions> pictures_;
    std::unique_ptr<ChartActions> charts_;
    std::unique_ptr<Closing> closing_;
    std::unique_ptr<Normalizing> normalizing_;  ///< null until they are built, as is comparing_
    std::unique_ptr<Comparing> comparing_;

    QAction* start_ = nullptr;
    QAction* pause_ = nullptr;
    QAction* step_ = nullptr;
    QAction* stop_ = nullptr;
    QAction* continue_ = nullptr;
    QAction* save_ = nullptr;
    QAction* setup_ = nullptr;
    std::vector<QAction*> ofSheet_;  ///< what only page Normalize has a use for
};

}  // namespace normscope
