#pragma once

#include <QMainWindow>
#include <array>
#include <chrono>
#include <memory>

#include "app/pulse.h"
#include "app/settings_store.h"
#include "app/training_session.h"
#include "app/window_content.h"

class QMenu;
class QStackedWidget;

namespace normscope {

class NavigationRail;
class StatusLine;

/// The frame of the pages: navigation, titles of the menus, status line. It is on the screen before
/// there are any pages. They are built right afterwards, that which is looked at first, or at once
/// when somebody asks for one, presses a key or opens a menu.
class MainWindow : public QMainWindow {
    Q_OBJECT

  public:
    struct Environment {
        TrainingSession::Folders folders;
        TrainerFactory factory;
        int cores;  ///< the most threads that a model may be given
        bool desktopDark = false;
        std::chrono::milliseconds patience = kPatience;  ///< with files that do not answer
    };

    MainWindow(Environment environment, StoredState state);
    ~MainWindow() override;

    /// What should come back at the next start.
    StoredState state() const;

    const Settings& settings() const { return stored_.settings; }
    void setSettings(const Settings& settings);
    void setDesktopDark(bool dark);

    Page page() const;
    void showPage(Page page);

    /// Whether the pages are there yet.
    bool hasContent() const { return content_ != nullptr; }
    WindowContent& content();

    bool isReading() { return content().isReading(); }
    TrainingSession& session() { return content().session(); }
    SampleSession& samples() { return content().samples(); }
    SheetSession& sheets() { return content().sheets(); }
    ComparisonSession& comparison() { return content().comparison(); }
    FindingsSession& findings() { return content().findings(); }
    TrainPage& trainPage() { return content().trainPage(); }
    NormalizePage& normalizePage() { return content().normalizePage(); }
    AffinePage& affinePage() { return content().affinePage(); }
    MisclassifiedPage& misclassifiedPage() { return content().misclassifiedPage(); }
    FindingsPage& findingsPage() { return content().findingsPage(); }

    // What the content is put into.
    enum class Menu { File, Edit, Training, View, Help };
    QMenu& menu(Menu menu) { return *menus_[static_cast<std::size_t>(menu)]; }
    StatusLine& status() { return *status_; }
    QStackedWidget& pageArea() { return *pages_; }
    void setPage(Page page, QWidget* widget);
    /// Above all pages.
    void putOnTop(QWidget* widget);

  signals:
    /// The page that is looked at is on the screen.
    void pageShown();
    void aboutToClose();
    /// Part of state() that should outlive the program even if that is killed.
    void stateChanged();
    /// Nobody knows when what is being trained will answer and end: the program may go down without
    /// it. Whatever else there was to do is done.
    void stuckWhileClosing();

  protected:
    void closeEvent(QCloseEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void layOut();
    void addMenus();
    void takeFirstFrame();
    void takePage();
    void awaitPage();
    void takePageFrame();
    void buildMore();
    void applySettings();

    const Environment environment_;
    StoredState stored_;
    bool desktopDark_;
    bool framed_ = false;     ///< the frame has been painted
    bool pageShown_ = false;  ///< the page that was looked at first, too

    NavigationRail* rail_;
    QStackedWidget* pages_;
    StatusLine* status_;
    std::array<QMenu*, 5> menus_{};
    std::unique_ptr<WindowContent> content_;  ///< null until it is built
};

}  // namespace normscope
