#include "app/main_window.h"

#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/chart_actions.h"
#include "app/components.h"
#include "app/picture_actions.h"
#include "core/versions.h"
#include "ui/about_panel.h"
#include "ui/navigation_rail.h"
#include "ui/preferences_panel.h"
#include "ui/shortcuts_panel.h"
#include "ui/side_panel.h"
#include "ui/status_line.h"
#include "ui/theme.h"
#include "ui/themed_icon.h"
#include "ui/train/train_page.h"

namespace normscope {

MainWindow::MainWindow(const Environment& environment, const StoredState& state)
    : settings_(state.settings),
      cores_(environment.cores),
      rail_(new NavigationRail),
      pages_(new QStackedWidget),
      trainPage_(new TrainPage),
      status_(new StatusLine) {
    setWindowTitle(QGuiApplication::applicationDisplayName());
    setWindowIcon(applicationIcon());
    layOut();
    session_ =
        std::make_unique<TrainingSession>(*trainPage_, environment.folders, environment.factory);
    pictures_ = std::make_unique<PictureActions>(*panel_, *status_);
    charts_ = std::make_unique<ChartActions>(*trainPage_, *pictures_, *status_);
    addFileMenu();
    addTrainingMenu();
    addViewMenu();
    addHelpMenu();
    connectParts();

    TrainingConfig training = state.training;
    training.data.clear();  // chosen once its images are read
    trainPage_->setConfiguration(training);
    applySettings();
    updateActions();
    constexpr QSize kFirstSize(1280, 800);
    if (!restoreGeometry(state.windowGeometry)) {
        resize(kFirstSize);
    }
}

MainWindow::~MainWindow() = default;

void MainWindow::layOut() {
    pages_->addWidget(trainPage_);
    rail_->addPage("train", tr("Train"));

    auto* body = new QWidget;
    auto* columns = new QHBoxLayout;
    columns->setContentsMargins({});
    columns->setSpacing(0);
    columns->addWidget(rail_);
    columns->addWidget(pages_, 1);
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins({});
    rows->setSpacing(0);
    rows->addLayout(columns, 1);
    rows->addWidget(status_);
    constexpr int kMargin = 8;
    status_->setContentsMargins(2 * kMargin, kMargin / 2, 2 * kMargin, kMargin / 2);
    setCentralWidget(body);
    panel_ = new SidePanel(pages_);
}

void MainWindow::connectParts() {
    connect(rail_, &NavigationRail::pageSelected, pages_, &QStackedWidget::setCurrentIndex);
    connect(rail_, &NavigationRail::preferencesRequested, this, &MainWindow::showPreferences);
    connect(rail_, &NavigationRail::helpRequested, this, &MainWindow::showShortcuts);
    connect(trainPage_, &TrainPage::openDataFolderRequested, this, &MainWindow::openData);
    connect(session_.get(), &TrainingSession::changed, this, &MainWindow::updateActions);
    connect(session_.get(), &TrainingSession::statusChanged, status_, &StatusLine::setLasting);
}

QAction* MainWindow::addEntry(QMenu* menu, const QString& text, const QKeySequence& keys,
                              std::function<void()> run) {
    QAction* action = menu->addAction(text);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, std::move(run));
    if (!keys.isEmpty()) {
        shortcuts_.push_back({keys.toString(QKeySequence::NativeText),
                              QString(text).remove('&').remove(QStringLiteral("..."))});
    }
    return action;
}

void MainWindow::addFileMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    addEntry(menu, tr("Open &run..."), QKeySequence::Open, [this] { openRun(); });
    addEntry(menu, tr("Open &data folder..."), tr("Ctrl+D"), [this] { openData(); });
    addEntry(menu, tr("Use bundled &MNIST"), {}, [this] { session_->setData({}); });
    menu->addSeparator();
    addEntry(menu, tr("&Export picture..."), tr("Ctrl+E"),
             [this] { pictures_->showExport(charts_->pictures()); });
    addEntry(menu, tr("&Print page..."), QKeySequence::Print,
             [this] { pictures_->print(charts_->sheet()); });
    menu->addSeparator();
    addEntry(menu, tr("&Quit"), QKeySequence(tr("Ctrl+Q")), [this] { close(); });
}

void MainWindow::addTrainingMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Training"));
    start_ =
        addEntry(menu, tr("&Start training"), tr("F5"), [this] { trainPage_->requestStart(); });
    pause_ =
        addEntry(menu, tr("&Pause or resume"), tr("F6"), [this] { session_->pauseOrResume(); });
    step_ = addEntry(menu, tr("Step: one &mini-batch"), tr("F7"), [this] { session_->stepOnce(); });
    stop_ = addEntry(menu, tr("S&top"), tr("F8"), [this] { session_->stop(); });
    menu->addSeparator();
    continue_ = addEntry(menu, tr("&Continue the stopped run"), tr("Shift+F5"),
                         [this] { session_->continueRun(/*moreEpochs=*/0); });
}

void MainWindow::addViewMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    addEntry(menu, tr("Show or hide set&up"), tr("F9"),
             [this] { trainPage_->setSetupShown(!trainPage_->isSetupShown()); });
    addEntry(menu, tr("&Full screen"), tr("F11"),
             [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    menu->addSeparator();
    addEntry(menu, tr("&Preferences"), tr("Ctrl+,"), [this] { showPreferences(); });
}

void MainWindow::addHelpMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    addEntry(menu, tr("&Shortcuts"), tr("F1"), [this] { showShortcuts(); });
    addEntry(menu, tr("&About Normscope"), {}, [this] { showAbout(); });
}

void MainWindow::updateActions() {
    const RunPhase phase = session_->phase();
    start_->setEnabled(!isUnderWay(phase));
    pause_->setEnabled(phase == RunPhase::Training || phase == RunPhase::Paused);
    step_->setEnabled(phase == RunPhase::Paused);
    stop_->setEnabled(isUnderWay(phase) && phase != RunPhase::Stopping);
    continue_->setEnabled(session_->canContinue());
    if (closing_ && !isUnderWay(phase)) {
        close();
    }
}

void MainWindow::setDesktopDark(bool dark) {
    desktopDark_ = dark;
    applySettings();
}

void MainWindow::applySettings() {
    const bool dark = settings_.theme == Settings::Theme::Dark ||
                      (settings_.theme == Settings::Theme::System && desktopDark_);
    applyTheme(*qApp, dark, settings_.textScale);
    panel_->setMotion(settings_.motion);
    session_->setThreads(settings_.threads);
}

StoredState MainWindow::state() const {
    return {.settings = settings_,
            .windowGeometry = saveGeometry(),
            .training = trainPage_->configuration()};
}

void MainWindow::openData() {
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Open a folder with the four IDX files"), QDir::homePath());
    if (!folder.isEmpty()) {
        session_->setData(folder.toStdString());
    }
}

void MainWindow::openRun() {
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Open a run folder"), QString::fromStdString(session_->runsFolder().string()));
    if (!folder.isEmpty()) {
        session_->openRun(folder.toStdString());
    }
}

void MainWindow::showPreferences() {
    auto* content = new PreferencesPanel(settings_, cores_);
    connect(content, &PreferencesPanel::settingsChanged, this, [this](const Settings& settings) {
        settings_ = settings;
        applySettings();
    });
    panel_->present(tr("Preferences"), content);
}

void MainWindow::showShortcuts() {
    std::vector<ShortcutText> shortcuts = shortcuts_;
    shortcuts.push_back({tr("Left, Right"), tr("In a chart: read out point by point")});
    shortcuts.push_back({tr("Up, Down"), tr("In a chart: zoom in and out")});
    shortcuts.push_back({tr("Home"), tr("In a chart: show everything")});
    panel_->present(tr("Shortcuts"), new ShortcutsPanel(shortcuts));
}

void MainWindow::showAbout() {
    panel_->present(tr("About Normscope"),
                    new AboutPanel(QString::fromStdString(programVersion()), components()));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!isUnderWay(session_->phase())) {
        emit aboutToClose();
        event->accept();
        return;
    }
    event->ignore();
    if (!closing_) {
        askBeforeClosing();
    }
}

void MainWindow::askBeforeClosing() {
    auto* question = new QMessageBox(
        QMessageBox::Question, windowTitle(),
        tr("Stop the training and quit?\nWhat was finished is kept; the training can be continued "
           "from the last finished epoch."),
        QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->addButton(tr("Stop and quit"), QMessageBox::AcceptRole);
    connect(question, &QMessageBox::accepted, this, [this] {
        closing_ = true;
        session_->stop();
        updateActions();  // it may have ended while the question stood there
    });
    question->open();
}

}  // namespace normscope
