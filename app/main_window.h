#pragma once

#include <QMainWindow>
#include <functional>
#include <memory>
#include <vector>

#include "app/settings_store.h"
#include "app/training_session.h"
#include "ui/shortcuts_panel.h"

class QStackedWidget;

namespace normscope {

class ChartActions;
class NavigationRail;
class PictureActions;
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
    };

    MainWindow(const Environment& environment, const StoredState& state);
    ~MainWindow() override;

    /// What should come back at the next start.
    StoredState state() const;

    void setDesktopDark(bool dark);

    TrainingSession& session() { return *session_; }

  signals:
    void aboutToClose();

  protected:
    void closeEvent(QCloseEvent* event) override;

  private:
    void layOut();
    void connectParts();
    void addFileMenu();
    void addTrainingMenu();
    void addViewMenu();
    void addHelpMenu();
    QAction* addEntry(QMenu* menu, const QString& text, const QKeySequence& keys,
                      std::function<void()> run);
    void applySettings();
    void updateActions();

    void openData();
    void openRun();
    void showPreferences();
    void showShortcuts();
    void showAbout();
    void askBeforeClosing();

    Settings settings_;
    bool desktopDark_ = false;
    const int cores_;
    bool closing_ = false;  ///< once the training has stopped
    std::vector<ShortcutText> shortcuts_;

    NavigationRail* rail_;
    QStackedWidget* pages_;
    SidePanel* panel_ = nullptr;
    TrainPage* trainPage_;
    StatusLine* status_;
    /// Destroyed before the page that it talks to.
    std::unique_ptr<TrainingSession> session_;
    std::unique_ptr<PictureActions> pictures_;
    std::unique_ptr<ChartActions> charts_;

    QAction* start_ = nullptr;
    QAction* pause_ = nullptr;
    QAction* step_ = nullptr;
    QAction* stop_ = nullptr;
    QAction* continue_ = nullptr;
};

}  // namespace normscope
