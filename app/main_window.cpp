#include "app/main_window.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/chart_actions.h"
#include "app/components.h"
#include "app/diagnostics.h"
#include "core/versions.h"
#include "ui/about_panel.h"
#include "ui/affine/affine_page.h"
#include "ui/findings/findings_page.h"
#include "ui/misclassified/misclassified_page.h"
#include "ui/navigation_rail.h"
#include "ui/normalize/normalize_page.h"
#include "ui/preferences_panel.h"
#include "ui/runs/runs_panel.h"
#include "ui/side_panel.h"
#include "ui/status_line.h"
#include "ui/theme.h"
#include "ui/themed_icon.h"
#include "ui/train/train_page.h"

namespace normscope {

MainWindow::MainWindow(const Environment& environment, const StoredState& state)
    : settings_(state.settings),
      desktopDark_(environment.desktopDark),
      cores_(environment.cores),
      rail_(new NavigationRail),
      pages_(new QStackedWidget),
      trainPage_(new TrainPage),
      normalizePage_(new NormalizePage),
      affinePage_(new AffinePage),
      misclassifiedPage_(new MisclassifiedPage),
      findingsPage_(new FindingsPage),
      status_(new StatusLine) {
    setWindowTitle(QGuiApplication::applicationDisplayName());
    setWindowIcon(applicationIcon());
    layOut();
    session_ =
        std::make_unique<TrainingSession>(*trainPage_, environment.folders, environment.factory);
    samples_ = std::make_unique<SampleSession>(*normalizePage_, *affinePage_, *session_);
    sheets_ = std::make_unique<SheetSession>(*normalizePage_);
    session_->library().setOpened(state.openedRuns);
    comparison_ = std::make_unique<ComparisonSession>(*session_);
    runs_ = std::make_unique<RunBrowser>(*session_, *comparison_);
    mistakes_ = std::make_unique<MistakesSession>(*misclassifiedPage_, *comparison_);
    findings_ = std::make_unique<FindingsSession>(*findingsPage_, *comparison_, *session_,
                                                  environment.factory);
    findingsPage_->setShippedRuns(environment.folders.bundledRuns);
    comparisonPages_ =
        std::make_unique<ComparisonPages>(*misclassifiedPage_, *findingsPage_, *comparison_);
    pictures_ = std::make_unique<PictureActions>(*panel_, *status_);
    charts_ = std::make_unique<ChartActions>(*trainPage_, *pictures_, *status_);
    addFileMenu();
    addEditMenu();
    addTrainingMenu();
    addViewMenu();
    addHelpMenu();
    connectParts();
    connectComparison();

    TrainingConfig training = state.training;
    training.data.clear();  // chosen once its images are read
    trainPage_->setConfiguration(training);
    applySettings();
    updateActions();
    showPage(state.page);
    takePage(pages_->currentIndex());
    constexpr QSize kFirstSize(1280, 800);
    if (!restoreGeometry(state.windowGeometry)) {
        resize(kFirstSize);
    }
}

MainWindow::~MainWindow() = default;

void MainWindow::layOut() {
    addPage(trainPage_, "train", tr("Train"));
    addPage(normalizePage_, "normalize", tr("Normalize"));
    addPage(affinePage_, "affine", tr("Gamma and beta"));
    addPage(misclassifiedPage_, "misclassified", tr("Misclassified"));
    addPage(findingsPage_, "findings", tr("Findings"));

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

void MainWindow::addPage(QWidget* widget, const QString& icon, const QString& name) {
    pages_->addWidget(widget);
    rail_->addPage(icon, name);
}

void MainWindow::connectParts() {
    connect(rail_, &NavigationRail::pageSelected, pages_, &QStackedWidget::setCurrentIndex);
    connect(pages_, &QStackedWidget::currentChanged, this, &MainWindow::takePage);
    connect(rail_, &NavigationRail::preferencesRequested, this, &MainWindow::showPreferences);
    connect(rail_, &NavigationRail::helpRequested, this, &MainWindow::showShortcuts);
    connect(trainPage_, &TrainPage::openDataFolderRequested, this, &MainWindow::openData);
    connect(session_.get(), &TrainingSession::changed, this, &MainWindow::updateActions);
    connect(session_.get(), &TrainingSession::statusChanged, status_, &StatusLine::setLasting);
    connect(sheets_.get(), &SheetSession::told, status_, &StatusLine::showPassing);
    const auto exportPage = [this] { pictures_->showExport(picturesOfPage()); };
    connect(normalizePage_, &NormalizePage::exportRequested, this, exportPage);
    connect(normalizePage_, &NormalizePage::copyPictureRequested, this, &MainWindow::copySheet);
    connect(affinePage_, &AffinePage::exportRequested, this, exportPage);
    connect(misclassifiedPage_, &MisclassifiedPage::exportRequested, this, exportPage);
    connect(findingsPage_, &FindingsPage::exportRequested, this, exportPage);
}

void MainWindow::connectComparison() {
    connect(misclassifiedPage_, &MisclassifiedPage::chooseModelsRequested, this,
            &MainWindow::showRuns);
    connect(findingsPage_, &FindingsPage::chooseModelsRequested, this, &MainWindow::showRuns);
    connect(misclassifiedPage_, &MisclassifiedPage::sheetRequested, this,
            [this](SampleRequest request) {
                const std::string underWay =
                    session_->underWay() ? session_->shownFolder().string() : std::string();
                if (request.run.toStdString() == underWay) {
                    request.run.clear();  // as it is now, and not as it was last saved
                }
                showPage(Page::Normalize);
                normalizePage_->choose(request);
            });
    connect(&session_->library(), &RunLibrary::failed, findingsPage_,
            [this](const std::filesystem::path&, const QString& sentence) {
                findingsPage_->setMessage(sentence);
            });
    connect(mistakes_.get(), &MistakesSession::told, status_, &StatusLine::showPassing);
    connect(findings_.get(), &FindingsSession::told, status_, &StatusLine::showPassing);
    connect(&findings_->experiments(), &ExperimentSession::runningChanged, this,
            &MainWindow::updateActions);
}

bool MainWindow::isReading() const {
    return session_->library().isBusy() || samples_->isBusy() || comparison_->isBusy() ||
           mistakes_->isBusy();
}

Page MainWindow::page() const {
    return kPages.at(static_cast<std::size_t>(pages_->currentIndex()));
}

void MainWindow::showPage(Page page) {
    rail_->setCurrentPage(static_cast<int>(page));
    pages_->setCurrentIndex(static_cast<int>(page));
}

/// Runs are looked for when a page may want them, and not before.
void MainWindow::takePage(int index) {
    const Page page = kPages.at(static_cast<std::size_t>(index));
    for (QAction* action : ofSheet_) {
        action->setEnabled(page == Page::Normalize);
    }
    setup_->setEnabled(page == Page::Train || page == Page::Normalize);
    if (page == Page::Normalize || page == Page::Affine) {
        samples_->listRuns();
    }
    session_->library().refresh();
    comparisonPages_->turnTo(page);
    if (page == Page::Findings) {
        findings_->enter(trainPage_->configuration());
    }
}

PagePictures MainWindow::picturesOfPage() const {
    switch (page()) {
        case Page::Train:
            return charts_->pictures();
        case Page::Normalize:
            return {normalizePage_->pictures(), normalizePage_->caption()};
        case Page::Affine:
            return {affinePage_->pictures(), affinePage_->caption()};
        case Page::Misclassified:
            return {misclassifiedPage_->pictures(), misclassifiedPage_->caption()};
        case Page::Findings:
            return {findingsPage_->pictures(), findingsPage_->caption()};
    }
    Q_UNREACHABLE();
}

void MainWindow::printPage() {
    pictures_->print(page() == Page::Train ? charts_->sheet() : picturesOfPage());
}

void MainWindow::copySheet() {
    pictures_->copy(normalizePage_->pictures().front(), normalizePage_->caption());
}

void MainWindow::toggleSetup() {
    if (page() == Page::Normalize) {
        normalizePage_->setSetupShown(!normalizePage_->isSetupShown());
    } else if (page() == Page::Train) {
        trainPage_->setSetupShown(!trainPage_->isSetupShown());
    }
}

void MainWindow::openSheet() {
    showPage(Page::Normalize);
    sheets_->askWhichToOpen();
}

void MainWindow::updateActions() {
    const RunPhase phase = session_->phase();
    start_->setEnabled(!isUnderWay(phase));
    pause_->setEnabled(phase == RunPhase::Training || phase == RunPhase::Paused);
    step_->setEnabled(phase == RunPhase::Paused);
    stop_->setEnabled(isUnderWay(phase) && phase != RunPhase::Stopping);
    continue_->setEnabled(session_->canContinue());
    save_->setEnabled(session_->keeper().isUnsaved());
    if (closing_) {
        goOnClosing();
    }
}

void MainWindow::goOnClosing() {
    const ExperimentSession& experiments = findings_->experiments();
    if (!isAtWork()) {
        close();
    } else if ((!isUnderWay(session_->phase()) || session_->isStuck()) &&
               (!experiments.isRunning() || experiments.isStuck())) {
        emit aboutToClose();
        emit stuckWhileClosing();
    }
}

bool MainWindow::isUnsaved() const {
    return session_->keeper().isUnsaved() || findings_->experiments().isUnsaved();
}

bool MainWindow::isAtWork() const {
    return isUnderWay(session_->phase()) || findings_->experiments().isRunning();
}

void MainWindow::setDesktopDark(bool dark) {
    desktopDark_ = dark;
    applySettings();
}

void MainWindow::applySettings() {
    applyTheme(*qApp, settings_.isDark(desktopDark_), settings_.textScale);
    panel_->setMotion(settings_.motion);
    normalizePage_->setMotion(settings_.motion);
    session_->setThreads(settings_.threads);
    findings_->experiments().setThreads(settings_.threads);
}

StoredState MainWindow::state() const {
    return {.settings = settings_,
            .windowGeometry = saveGeometry(),
            .page = page(),
            .training = trainPage_->configuration(),
            .openedRuns = session_->library().opened()};
}

void MainWindow::openData() {
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Open a folder with the four IDX files"), QDir::homePath());
    if (!folder.isEmpty()) {
        session_->setData(folder.toStdString());
    }
}

void MainWindow::openRun() {
    if (page() == Page::Normalize) {
        emit normalizePage_->openRunRequested();
        return;
    }
    if (page() == Page::Affine) {
        emit affinePage_->openRunRequested();
        return;
    }
    const QString folder = QFileDialog::getExistingDirectory(
        this, tr("Open a run folder"), QString::fromStdString(session_->runsFolder().string()));
    if (!folder.isEmpty()) {
        session_->openRun(folder.toStdString());
    }
}

void MainWindow::showRuns() {
    auto* content = new RunsPanel;
    runs_->serve(*content);
    panel_->present(tr("Runs"), content);
}

void MainWindow::showPreferences() {
    auto* content = new PreferencesPanel(settings_, cores_);
    connect(content, &PreferencesPanel::settingsChanged, this, [this](const Settings& settings) {
        settings_ = settings;
        applySettings();
    });
    panel_->present(tr("Preferences"), content);
}

void MainWindow::copyDiagnostics() {
    QGuiApplication::clipboard()->setText(diagnostics(session_->images()));
    status_->showPassing(tr("Copied: versions, computer and images, for whoever is to help."));
}

void MainWindow::showAbout() {
    panel_->present(tr("About Normscope"),
                    new AboutPanel(QString::fromStdString(programVersion()), components()));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!isAtWork() && !isUnsaved()) {
        emit aboutToClose();
        event->accept();
        return;
    }
    event->ignore();
    if (isAtWork() && !closing_) {
        askBeforeClosing();
    } else if (!isAtWork()) {
        closing_ = false;
        askBeforeLosing();
    }
}

/// The disk took no more of what was trained.
void MainWindow::askBeforeLosing() {
    auto* question =
        new QMessageBox(QMessageBox::Warning, windowTitle(),
                        tr("What was trained is not saved.\nSave it elsewhere, or lose it."),
                        QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton* save = question->addButton(tr("Save elsewhere..."), QMessageBox::AcceptRole);
    const QPushButton* lose =
        question->addButton(tr("Quit without saving"), QMessageBox::DestructiveRole);
    connect(save, &QPushButton::clicked, this, [this] { session_->keeper().askWhereToSave(); });
    connect(lose, &QPushButton::clicked, this, [this] {
        session_->keeper().discard();
        findings_->experiments().discard();
        close();
    });
    question->open();
}

void MainWindow::askBeforeClosing() {
    auto* question = new QMessageBox(
        QMessageBox::Question, windowTitle(),
        tr("Stop what is being trained and quit?\nWhat was finished is kept; it can be continued "
           "from the last finished epoch."),
        QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->addButton(tr("Stop and quit"), QMessageBox::AcceptRole);
    connect(question, &QMessageBox::accepted, this, [this] {
        closing_ = true;
        session_->stop();
        findings_->experiments().stop();
        updateActions();  // it may have ended while the question stood there
    });
    question->open();
}

}  // namespace normscope
