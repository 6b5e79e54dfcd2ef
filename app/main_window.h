#pragma once

#include <QMainWindow>
#include <functional>
#include <memory>
#include <vector>

#include "app/comparison_pages.h"
#include "app/comparison_session.h"
#include "app/findings_session.h"
#include "app/mistakes_session.h"
#include "app/picture_actions.h"
#include "app/run_browser.h"
#include "app/sample_session.h"
#include "app/settings_store.h"
#include "app/sheet_session.h"
#include "app/training_session.h"
#include "ui/shortcuts_panel.h"

class QStackedWidget;

namespace normscope {

class AffinePage;
class ChartActions;
class FindingsPage;
class MisclassifiedPage;
class NavigationRail;
class NormalizePage;
class SidePanel;
class StatusLine;
class TrainPage;

/// The frame of the pages: navigation, menus, side panel and status line.
class MainWindow : public QMainWindow {
    Q_OBJECT

  public:
    struct Environment {
        TrainingSession::Folders folders;
        TrainerFactory factory;
        int cores;  ///< the most threads that a model may be given
        bool desktopDark = false;
    };

    MainWindow(const Environment& environment, const StoredState& state);
    ~MainWindow() override;

    /// What should come back at the next start.
    StoredState state() const;

    void setDesktopDark(bool dark);

    /// Whether a page still waits for what it asked for.
    bool isReading() const;

    Page page() const;
    void showPage(Page page);

    TrainingSession& session() { return *session_; }
    SampleSession& samples() { return *samples_; }
    SheetSession& sheets() { return *sheets_; }
    ComparisonSession& comparison() { return *comparison_; }
    FindingsSession& findings() { return *findings_; }
    TrainPage& trainPage() { return *trainPage_; }
    NormalizePage& normalizePage() { return *normalizePage_; }
    AffinePage& affinePage() { return *affinePage_; }
    MisclassifiedPage& misclassifiedPage() { return *misclassifiedPage_; }
    FindingsPage& findingsPage() { return *findingsPage_; }

  signals:
    void aboutToClose();
    /// Nobody knows when what is being trained will answer and end: the program may go down without
    /// it. Whatever else there was to do is done.
    void stuckWhileClosing();

  protected:
    void closeEvent(QCloseEvent* event) override;

  private:
    void layOut();
    void addPage(QWidget* widget, const QString& icon, const QString& name);
    void connectParts();
    void connectComparison();
    void addFileMenu();
    void addEditMenu();
    void addTrainingMenu();
    void addViewMenu();
    void addHelpMenu();
    QAction* addEntry(QMenu* menu, const QString& text, const QKeySequence& keys,
                      std::function<void()> run);
    /// One whose keys the sheet itself listens to: in the menu they are only told.
    QAction* addSheetEntry(QMenu* menu, const QString& text, const QKeySequence& keys,
                           std::function<void()> run);
    void applySettings();
    void updateActions();
    void takePage(int index);

    PagePictures picturesOfPage() const;
    void printPage();
    void copySheet();
    void toggleSetup();
    void openSheet();
    void openData();
    void openRun();
    void showRuns();
    void showPreferences();
    void showShortcuts();
    void showAbout();
    void copyDiagnostics();
    bool isAtWork() const;
    bool isUnsaved() const;
    void askBeforeClosing();
    void askBeforeLosing();
    void goOnClosing();

    Settings settings_;
    bool desktopDark_;
    const int cores_;
    bool closing_ = false;  ///< once the training has stopped
    std::vector<ShortcutText> shortcuts_;

    NavigationRail* rail_;
    QStackedWidget* pages_;
    SidePanel* panel_ = nullptr;
    TrainPage* trainPage_;
    NormalizePage* normalizePage_;
    AffinePage* affinePage_;
    MisclassifiedPage* misclassifiedPage_;
    FindingsPage* findingsPage_;
    StatusLine* status_;
    /// Destroyed before the pages that they talk to, and the last first.
    std::unique_ptr<TrainingSession> session_;
    std::unique_ptr<SampleSession> samples_;
    std::unique_ptr<SheetSession> sheets_;
    std::unique_ptr<ComparisonSession> comparison_;
    std::unique_ptr<RunBrowser> runs_;
    std::unique_ptr<MistakesSession> mistakes_;
    std::unique_ptr<FindingsSession> findings_;
    std::unique_ptr<ComparisonPages> comparisonPages_;
    std::unique_ptr<PictureActions> pictures_;
    std::unique_ptr<ChartActions> charts_;

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
